package jp.sekisho.checkpoint.geo;

/** The file was read and must not be used; reading the same file again would not help. */
final class UnusableFileException extends Exception {

    UnusableFileException(String message) {
        super(message);
    }

    UnusableFileException(String message, Exception cause) {
        super(message, cause);
    }
}
