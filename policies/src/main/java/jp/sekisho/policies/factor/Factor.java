package jp.sekisho.policies.factor;

/**
 * The factors a customer can show. Declared weakest first: of two that he holds, the later one is asked.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8176">RFC 8176, authentication method reference values</a>
 */
public enum Factor {
    PASSWORD(FactorClass.KNOWLEDGE, "pwd"),
    /** The second password of operations: knowledge, whatever it is called. */
    // JP25-3
    TRADING_PASSWORD(FactorClass.KNOWLEDGE, "pwd"),
    /** A code sent to the verified address: good for this session only, nothing is remembered or learned of it. */
    MAIL_CODE(FactorClass.OTP, "otp"),
    RECOVERY_CODE(FactorClass.OTP, "otp"),
    TOTP(FactorClass.OTP, "otp"),
    /**
     * An X.509 client certificate (PKI). Where its key is kept is not to be seen from here: claimed is the lesser of the two
     * values, a software-secured key (RFC 8176, section 2).
     */
    // JP25-1
    CERTIFICATE(FactorClass.PHISHING_RESISTANT, "swk"),
    PASSKEY(FactorClass.PHISHING_RESISTANT, "hwk");

    private final FactorClass factorClass;
    private final String amr;

    Factor(FactorClass factorClass, String amr) {
        this.factorClass = factorClass;
        this.amr = amr;
    }

    public FactorClass factorClass() {
        return factorClass;
    }

    /** The value in the token's {@code amr} claim. */
    public String amr() {
        return amr;
    }
}
