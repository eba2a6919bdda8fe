package jp.sekisho.policies.risk;

/** How unusual an operation is, for its policy. */
public enum Level {
    LOW,
    MEDIUM,
    HIGH
}
