package jp.sekisho.policies.decision;

/** What was decided. */
public enum Outcome {
    ALLOW,
    STEP_UP,
    HOLD,
    DENY
}
