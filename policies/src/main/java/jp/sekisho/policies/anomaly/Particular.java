package jp.sekisho.policies.anomaly;

/** What a firm's apps say of an operation; one that they do not say is judged as the worst that it could be. */
public enum Particular {
    AMOUNT,
    PAYEE,
    AVAILABLE,
    INSTRUMENT,
    QUANTITY,
    HOLDINGS_SHARE,
    DAILY_TURNOVER
}
