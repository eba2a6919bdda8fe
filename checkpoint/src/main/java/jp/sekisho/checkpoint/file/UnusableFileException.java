package jp.sekisho.checkpoint.file;

/** The file was read and must not be used; reading the same file again would not help. */
public final class UnusableFileException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusableFileException(String message) {
        super(message);
    }

    public UnusableFileException(String message, Exception cause) {
        super(message, cause);
    }
}
