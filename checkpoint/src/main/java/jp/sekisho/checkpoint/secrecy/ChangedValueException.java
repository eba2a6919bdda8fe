package jp.sekisho.checkpoint.secrecy;

/** The key is there, and what it should open is not what it sealed there: it was changed, or brought from another place. */
public final class ChangedValueException extends NoKeyException {

    private static final long serialVersionUID = 1L;

    ChangedValueException(String message) {
        super(message);
    }
}
