package jp.sekisho.policies.anomaly;

/** What of a customer may have changed before money leaves. */
public enum Change {
    /** A password, passkey or authenticator that is new. */
    CREDENTIAL,
    /** An address that notices go to. */
    CONTACT,
    PHONE,
    /** The device of the session became his. */
    DEVICE
}
