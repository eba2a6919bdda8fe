package jp.sekisho.policies.session;

/** What follows where a session is not held as it was when it began; the later, the harder. */
public enum Answer {
    /** It goes on, and the record says so. */
    NOTE,
    /** The customer has to log in again; the session stays for him who does. */
    REAUTHENTICATE,
    /** The session is over. */
    END
}
