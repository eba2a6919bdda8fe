package jp.sekisho.endpoints.signal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How often one app tells of signals, on this node: nothing is decided by it, so that nodes need not agree. */
public final class Pace {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Map<String, Minute> minutes = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    public Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Minute(long begun, int taken) {}

    /** @param app its id @return how long the app must wait; empty where it need not */
    Optional<Duration> request(String app, int most) {
        long now = nanos.getAsLong();
        Minute minute = minutes.compute(
                app,
                (id, before) -> before == null || now - before.begun() >= MINUTE
                        ? new Minute(now, 1)
                        : new Minute(before.begun(), Math.min(most, before.taken()) + 1));
        return minute.taken() <= most ? Optional.empty() : Optional.of(Duration.ofNanos(minute.begun() + MINUTE - now));
    }
}
