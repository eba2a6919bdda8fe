package jp.sekisho.checkpoint.operation;

/** What an app says of an operation cannot be meant; the message names no value. */
public final class UnreadableDetails extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    UnreadableDetails(String pointer, String why) {
        super(why);
        this.pointer = pointer;
    }

    /** JSON pointer (RFC 6901) within the details. */
    public String pointer() {
        return pointer;
    }
}
