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
    UNUSUAL_AMOUNT("unusual-amount"),
    FEW_OPERATIONS("few-operations"),
    UNUSUAL_SIZE("unusual-size"),
    WHOLE_BALANCE("whole-balance"),
    SOLD_OUT("sold-out"),
    NEW_PAYEE("new-payee"),
    PAYEE_CHANGED("payee-changed"),
    SHARED_PAYEE("shared-payee"),
    CREDENTIAL_CHANGED("credential-changed"),
    CONTACT_CHANGED("contact-changed"),
    PHONE_CHANGED("phone-changed"),
    DEVICE_ADDED("device-added"),
    NEW_INSTRUMENT("new-instrument"),
    THIN_INSTRUMENT("thin-instrument"),
    ORDER_RATE("order-rate"),
    SKIPPED_PAGES("skipped-pages"),
    SCRIPTED_INPUT("scripted-input"),
    AUTOMATED_BROWSER("automated-browser"),
    RIGHT_AFTER_LOGIN("right-after-login"),
    SESSION_DEVICE_CHANGED("session-device-changed"),
    SESSION_NETWORK_CHANGED("session-network-changed"),
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
