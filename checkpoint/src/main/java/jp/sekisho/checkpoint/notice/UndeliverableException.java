package jp.sekisho.checkpoint.notice;

/** A notice could not be delivered. The message is kept with the notice: it names no person. */
public final class UndeliverableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean forEver;

    private UndeliverableException(String message, Throwable cause, boolean forEver) {
        super(message, cause);
        this.forEver = forEver;
    }

    /** The receiver is not there at present. */
    public static UndeliverableException atPresent(String why, Throwable cause) {
        return new UndeliverableException(why, cause, false);
    }

    /** This notice will never be accepted, later ones may. */
    public static UndeliverableException forEver(String why, Throwable cause) {
        return new UndeliverableException(why, cause, true);
    }

    public boolean isForEver() {
        return forEver;
    }
}
