package jp.sekisho.policies.factor;

/** What a factor is worth, weakest first. Fixed here, never configured. */
// JP25-3: an OTP, a mail code or a second password is not phishing-resistant, whatever it is called.
public enum FactorClass {
    KNOWLEDGE,
    OTP,
    PHISHING_RESISTANT;

    /** Whether a factor of this class satisfies a requirement for {@code required}. */
    public boolean satisfies(FactorClass required) {
        return compareTo(required) >= 0;
    }
}
