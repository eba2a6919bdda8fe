package jp.sekisho.policies.password;

/** Why a password is refused. Codes are in message keys ({@code sekisho-password-<code>}): never rename. */
public enum Fault {
    TOO_SHORT("too-short"),
    TOO_LONG("too-long"),
    NO_CAPITAL("no-capital"),
    NO_SMALL("no-small"),
    NO_DIGIT("no-digit"),
    OWN_NAME("own-name"),
    OWN_BIRTHDAY("own-birthday"),
    OWN_PHONE("own-phone"),
    OWN_ADDRESS("own-address"),
    OWN_NUMBER("own-number"),
    FIRM_WORD("firm-word"),
    REPEAT("repeat"),
    RUN("run"),
    KEYBOARD("keyboard"),
    /** The login password and the trading password, where both are known. */
    LIKE_ANOTHER("like-another"),
    BLOCKED("blocked"),
    WEAK("weak");

    private final String code;

    Fault(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
