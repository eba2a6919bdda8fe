package jp.sekisho.policies.decision;

/** What the customer must still show, least first. */
public enum Requirement {
    NOTHING,
    /** The strongest factor that he holds beyond the password, and only that one. */
    STRONGEST_FACTOR,
    /** A passkey passes, anything else is refused. */
    PHISHING_RESISTANT,
    REFUSED;

    public static Requirement max(Requirement one, Requirement other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
