package jp.sekisho.policies.identity;

/** How a customer's identity was verified. Names are in records for ever. */
// FFAJ-1.1-S1, FFAJ-1.1-S2, FFAJ-1.1-B1
public enum VerificationMethod {
    /** By an eKYC vendor. */
    EKYC,
    /** By the public certificate of the Individual Number Card. */
    JPKI,
    /** By reading the chip of an identity document. */
    IC_CHIP,
    /** By a one-time code sent to the registered address, non-forwarding. */
    POSTAL_CODE,
    /** In person. */
    BRANCH;

    /** Whether an officer may enter it: a postal code is verified by nobody but who typed it. */
    public boolean byOfficer() {
        return this != POSTAL_CODE;
    }
}
