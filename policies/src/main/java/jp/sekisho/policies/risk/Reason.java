package jp.sekisho.policies.risk;

/** Why: one code for each judgement. Codes are in records and messages for ever: never rename, never reuse. */
public enum Reason {
    NEW_COUNTRY("new-country"),
    NEW_NETWORK("new-network"),
    NEW_PREFIX("new-prefix"),
    NEW_ADDRESS("new-address"),
    USUAL_PLACE("usual-place"),
    IMPOSSIBLE_TRAVEL("impossible-travel"),
    NEW_CLIENT("new-client"),
    USUAL_CLIENT("usual-client"),
    CLIENT_FAMILY_CHANGED("client-family-changed"),
    NEW_DEVICE("new-device"),
    KNOWN_DEVICE("known-device"),
    REUSED_DEVICE_TOKEN("reused-device-token"),
    HOSTING_NETWORK("hosting-network"),
    ANONYMISER_NETWORK("anonymiser-network"),
    UNUSUAL_HOUR("unusual-hour"),
    RECENT_FAILURES("recent-failures"),
    SOURCE_FAILING("source-failing"),
    DISOWNED("disowned"),
    DORMANT_ACCOUNT("dormant-account"),
    WITHHELD_EVIDENCE("withheld-evidence"),
    LITTLE_HISTORY("little-history"),
    /** An access rule denies: no weight, a refusal. */
    ACCESS_RULE("access-rule");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The code in records, events and message keys ({@code sekisho-reason-<code>}). */
    public String code() {
        return code;
    }
}
