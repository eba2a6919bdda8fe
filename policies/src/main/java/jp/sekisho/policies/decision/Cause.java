package jp.sekisho.policies.decision;

/** Why an operation is held or denied, where it is not the risk alone. Codes are in records and in the API for ever. */
public enum Cause {
    FROZEN("frozen"),
    /** The customer himself switched it off, or set a limit. */
    OWN_LIMIT("own-limit"),
    /** After failures; officers lift it. */
    LOCKED("locked"),
    ACCESS_RULE("access-rule"),
    /** The profile refuses it, at this risk or at all. */
    REFUSED("refused"),
    /** The session or the account is held. */
    HELD("held"),
    PAYEE_WAIT("payee-wait"),
    /** An officer looks at whose account it is. */
    PAYEE_REVIEW("payee-review");

    private final String code;

    Cause(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** Whether it is no judgement of a risk, so that it keeps the customer out in monitor mode as well. */
    // JP25-7
    public boolean certain() {
        return this == FROZEN || this == LOCKED;
    }
}
