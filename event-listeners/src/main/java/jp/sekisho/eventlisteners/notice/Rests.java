package jp.sekisho.eventlisteners.notice;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** Realms whose channel rests on this node, so that one realm's dead mail server does not hold up another realm's mail. */
final class Rests {

    private static final int TOLERATED = 2;

    private record Trouble(int failures, Instant until) {}

    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final Clock clock;
    private final DoubleSupplier random;

    Rests(Clock clock, DoubleSupplier random) {
        this.clock = clock;
        this.random = random;
    }

    void failed(String realmId) {
        Instant now = clock.instant();
        troubles.compute(realmId, (id, before) -> {
            boolean resting = before != null && now.isBefore(before.until());
            if (resting) {
                return before;
            }
            int failures = before == null ? 1 : before.failures() + 1;
            Instant until = failures <= TOLERATED
                    ? Instant.EPOCH
                    : now.plus(Backoff.OF_REALMS.after(failures - TOLERATED, random.getAsDouble()));
            return new Trouble(failures, until);
        });
    }

    void succeeded(String realmId) {
        troubles.remove(realmId);
    }

    boolean rests(String realmId) {
        Trouble trouble = troubles.get(realmId);
        return trouble != null && clock.instant().isBefore(trouble.until());
    }

    Set<String> resting() {
        return troubles.keySet().stream().filter(this::rests).collect(Collectors.toUnmodifiableSet());
    }
}
