package jp.sekisho.storage.counter;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.lockout.Counter;

/** Counters of credentials at which somebody failed. */
public final class Failed {

    private Failed() {}

    /** On a device that nobody knows. */
    public static List<Counter> once(Instant at, String... credentials) {
        return Stream.of(credentials)
                .map(credential -> new Counter(
                        new Counter.Key(credential, Counter.Key.UNKNOWN_DEVICES),
                        1,
                        at,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        0))
                .toList();
    }
}
