package jp.sekisho.checkpoint.notice;

/** A notice could not be delivered. The message is kept with the notice: it names no person. */
public final class UndeliverableException extends Exception {

    private static final long serialVersionUID = 1L;

    private enum Kind {
        CHANNEL,
        RECIPIENT,
        FOR_EVER
    }

    private final Kind kind;

    private UndeliverableException(String message, Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    /** The receiver is not there at present. */
    public static UndeliverableException atPresent(String why, Throwable cause) {
        return new UndeliverableException(why, cause, Kind.CHANNEL);
    }

    /** The receiver is there, but takes nothing for this customer's address at present: others need not wait. */
    public static UndeliverableException toThisOneAtPresent(String why, Throwable cause) {
        return new UndeliverableException(why, cause, Kind.RECIPIENT);
    }

    /** This notice will never be accepted, later ones may. */
    public static UndeliverableException forEver(String why, Throwable cause) {
        return new UndeliverableException(why, cause, Kind.FOR_EVER);
    }

    public boolean isForEver() {
        return kind == Kind.FOR_EVER;
    }

    public boolean isOfThisOne() {
        return kind == Kind.RECIPIENT;
    }
}
