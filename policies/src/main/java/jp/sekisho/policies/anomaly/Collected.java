package jp.sekisho.policies.anomaly;

/** How a firm's apps say something of an operation. */
public enum Collected {
    /** Where one leaves it out, it is judged as the worst that it could be. */
    ALWAYS,
    /** Leaving it out weighs nothing: some app of the firm cannot know it. */
    WHERE_KNOWN
}
