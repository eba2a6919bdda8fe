package jp.sekisho.checkpoint.operation;

/** What an app hears that wants to do an operation now. */
public sealed interface Redemption {

    /** As it stands by now. */
    Known known();

    /** It may, once. */
    record Redeemed(Known known) implements Redemption {}

    /** It may not; the operation's state says why, but for these. */
    record Refused(Why why, Known known) implements Redemption {}

    enum Why {
        STATE,
        /** The app would do something else. */
        DIGEST,
        FROZEN,
        /** The customer switched it off or set a limit since. */
        OWN_LIMIT
    }
}
