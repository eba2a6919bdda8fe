package jp.sekisho.policies.session;

/** What speaks against going on in a session. Stored by name: never rename, never reuse. */
public enum Change {
    /** The checkpoint never let anybody into it. */
    UNADMITTED,
    DEVICE,
    COUNTRY,
    USER_AGENT,
    /** An access rule keeps the customer away from where he comes from now. */
    ACCESS_RULE,
    /** Not used for longer than the profile allows. */
    IDLE,
    /** Older than the profile allows. */
    AGE
}
