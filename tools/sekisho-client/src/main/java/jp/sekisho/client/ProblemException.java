package jp.sekisho.client;

import java.time.Duration;
import java.util.Optional;

/** The server refused a request, by a problem document (RFC 9457). Nothing may be executed. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String title;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<Answer> operation;

    ProblemException(
            int status,
            String type,
            String title,
            String detail,
            Optional<Duration> retryAfter,
            Optional<Answer> operation) {
        super(status + " " + type + ": " + detail);
        this.status = status;
        this.type = type;
        this.title = title;
        this.retryAfter = retryAfter;
        this.operation = operation;
    }

    public int status() {
        return status;
    }

    /** Such as {@code urn:sekisho:problem:digest}. */
    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    /** How long to wait, where the app asked too often. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** How the operation stands that was not redeemed. */
    public Optional<Answer> operation() {
        return operation;
    }
}
