package jp.sekisho.policies.anomaly;

/** What an app may say of an operation. */
public enum Particular {
    AMOUNT,
    PAYEE,
    AVAILABLE,
    INSTRUMENT,
    QUANTITY,
    HOLDINGS_SHARE,
    DAILY_TURNOVER
}
