package jp.sekisho.policies.notice;

/** What a customer is told about. Codes are in records and message keys for ever. */
// FFAJ-1.2-S2, JP25-9
public enum Notice {
    LOGIN("login"),
    NEW_DEVICE("new-device"),
    STEP_UP_PASSED("step-up-passed"),
    LOGIN_REFUSED("login-refused"),
    STRANGER_LOCK("stranger-lock"),
    LOCK("lock"),
    UNLOCK("unlock"),
    DEVICE_TOKEN_REUSED("device-token-reused"),
    PASSWORD_CHANGED("password-changed"),
    AUTHENTICATOR_CHANGED("authenticator-changed");

    private final String code;

    Notice(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
