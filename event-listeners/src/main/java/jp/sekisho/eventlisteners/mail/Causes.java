package jp.sekisho.eventlisteners.mail;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may be told of a failure: a mail server's own words repeat the address. */
public final class Causes {

    private Causes() {}

    /** The kinds of an exception and its causes. */
    public static String kinds(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .map(cause -> cause.getClass().getSimpleName())
                .collect(Collectors.joining(": "));
    }
}
