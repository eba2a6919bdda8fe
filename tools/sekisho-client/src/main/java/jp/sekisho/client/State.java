package jp.sekisho.client;

/** Where an operation stands. */
public enum State {
    PROPOSED,
    ALLOWED,
    STEP_UP,
    HELD,
    DENIED,
    CONFIRMED,
    REDEEMED,
    EXECUTED,
    REJECTED,
    CANCELLED,
    EXPIRED,
    VOIDED
}
