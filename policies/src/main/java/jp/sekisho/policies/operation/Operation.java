package jp.sekisho.policies.operation;

/** What a customer does that passes the checkpoint. A login and a withdrawal differ in data, not in code path. */
public enum Operation {
    LOGIN,
    TRADE,
    WITHDRAWAL,
    BANK_ACCOUNT_CHANGE,
    PROFILE_CHANGE,
    CREDENTIAL_CHANGE;

    /** Whether money leaves by it, now or later. */
    public boolean paysOut() {
        return this == WITHDRAWAL || this == BANK_ACCOUNT_CHANGE;
    }

    /** What a trading app asks about before it does it. */
    public boolean ofApps() {
        return this == TRADE || this == WITHDRAWAL || this == BANK_ACCOUNT_CHANGE || this == PROFILE_CHANGE;
    }
}
