package jp.sekisho.client;

/**
 * Nobody answered, or not in time, or nothing that can be understood. Whether the request did its work is not known: ask
 * {@link SekishoClient#find} before anything else is done.
 */
public final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
