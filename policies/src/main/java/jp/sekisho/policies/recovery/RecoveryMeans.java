package jp.sekisho.policies.recovery;

/**
 * What somebody shows who lost his passkey, and where it comes from: a thief who has one thing of a source has all that comes
 * from there.
 */
public enum RecoveryMeans {
    /** Saved, or printed, when it was made. */
    RECOVERY_CODE(Source.SAVED),
    SECOND_PASSKEY(Source.OTHER_AUTHENTICATOR),
    CERTIFICATE(Source.CERTIFICATE),
    /** Of a letter to the registered address, not forwarded. */
    POSTAL_CODE(Source.REGISTERED_ADDRESS),
    /** Newer than the request, and entered for it: a record of the account alone says nothing of who sits there. */
    IDENTITY_RECORD(Source.IDENTIFICATION),
    PASSWORD(Source.PHISHED),
    MAIL_CODE(Source.PHISHED),
    SMS(Source.PHISHED),
    TOTP(Source.PHISHED);

    private final Source source;

    RecoveryMeans(Source source) {
        this.source = source;
    }

    Source source() {
        return source;
    }

    enum Source {
        SAVED,
        OTHER_AUTHENTICATOR,
        CERTIFICATE,
        REGISTERED_ADDRESS,
        IDENTIFICATION,
        /** Lies on one telephone, and is told to whoever asks well: never counts. */
        PHISHED
    }
}
