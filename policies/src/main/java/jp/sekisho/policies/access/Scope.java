package jp.sekisho.policies.access;

/**
 * Whose logins a rule is about.
 *
 * @param of the client's id or the customer's pseudonym; empty for the other kinds
 */
public record Scope(Kind kind, String of) {

    /** Stored by name: never rename. */
    public enum Kind {
        REALM,
        CLIENT,
        /** Officers and administrators, whatever client they log in to. */
        OFFICERS,
        CUSTOMER
    }

    public static final Scope REALM = new Scope(Kind.REALM, "");
    public static final Scope OFFICERS = new Scope(Kind.OFFICERS, "");

    public Scope {
        boolean named = kind == Kind.CLIENT || kind == Kind.CUSTOMER;
        if (named == of.isEmpty()) {
            throw new IllegalArgumentException("a rule for a client or a customer says for which, others do not");
        }
    }

    public static Scope client(String clientId) {
        return new Scope(Kind.CLIENT, clientId);
    }

    public static Scope customer(String pseudonym) {
        return new Scope(Kind.CUSTOMER, pseudonym);
    }
}
