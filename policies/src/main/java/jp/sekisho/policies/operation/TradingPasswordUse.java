package jp.sekisho.policies.operation;

/** When an operation is confirmed with the trading password. */
public enum TradingPasswordUse {
    /** By who confirms with less than a passkey. */
    WITHOUT_PASSKEY,
    /** By everybody. */
    ALWAYS
}
