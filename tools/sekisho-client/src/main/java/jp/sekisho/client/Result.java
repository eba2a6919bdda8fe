package jp.sekisho.client;

/** What became of an operation. */
public enum Result {
    EXECUTED,
    /** By the market or the bank. */
    REJECTED,
    /** By the customer, before anything came of it. */
    CANCELLED
}
