package jp.sekisho.checkpoint.secrecy;

/** A value cannot be sealed or opened. Says where and why, never what. */
public class NoKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoKeyException(String message) {
        super(message);
    }
}
