package jp.sekisho.checkpoint.signal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalBatch;
import jp.sekisho.policies.signal.SignalPolicy;
import jp.sekisho.storage.signal.SignalPart;

/** What this node heard of sessions, in memory: so much of a session, of so many sessions, and no more. */
final class HeardSignals {

    /** In half a minute a person notices less than a tenth of it. */
    static final int EVENTS_A_MINUTE = 600;

    static final int MOST_SESSIONS = 50_000;

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long IDLE = TimeUnit.MINUTES.toNanos(5);

    /** A row is no longer written then, so that what is old may be deleted. */
    private static final long LONGEST_PART = TimeUnit.HOURS.toNanos(24);

    private final ConcurrentMap<String, Heard> sessions = new ConcurrentHashMap<>();

    /** By session: what is not written yet. */
    private final Set<String> unwritten = ConcurrentHashMap.newKeySet();

    private final int mostSessions;
    private final LongSupplier nanos;

    HeardSignals(int mostSessions, LongSupplier nanos) {
        this.mostSessions = mostSessions;
        this.nanos = nanos;
    }

    /**
     * @param part of the session
     * @param begun when it was
     * @param last when the last batch came
     * @param minute when the minute began of which events are counted
     * @param counted events of the minute
     */
    private record Heard(SignalPart part, long begun, long last, long minute, int counted) {

        static Heard begin(String realmId, String sessionId, long now) {
            return new Heard(
                    new SignalPart(UUID.randomUUID().toString(), realmId, sessionId, SessionSignals.NONE),
                    now,
                    now,
                    now,
                    0);
        }

        Heard at(long now) {
            return now - minute < MINUTE ? this : new Heard(part, begun, last, now, 0);
        }

        int left() {
            return EVENTS_A_MINUTE - counted;
        }

        Heard and(SignalBatch batch, SignalPolicy policy, long now) {
            return new Heard(
                    part.with(part.heard().and(batch, policy)),
                    begun,
                    now,
                    minute,
                    counted + batch.events().size());
        }
    }

    /** @return how many events were left out */
    int add(String realmId, String sessionId, SignalBatch batch, SignalPolicy policy) {
        long now = nanos.getAsLong();
        AtomicInteger out = new AtomicInteger(batch.events().size());
        Heard heard = sessions.compute(sessionId, (id, before) -> {
            if (before == null && sessions.size() >= mostSessions) {
                return null;
            }
            Heard known = before == null || now - before.begun() > LONGEST_PART
                    ? Heard.begin(realmId, id, now)
                    : before.at(now);
            SignalBatch taken = within(batch, known.left());
            out.set(batch.events().size() - taken.events().size());
            return known.and(taken, policy, now);
        });
        if (heard != null) {
            unwritten.add(sessionId);
        }
        return out.get();
    }

    private static SignalBatch within(SignalBatch batch, int most) {
        int size = batch.events().size();
        return size <= most
                ? batch
                : new SignalBatch(batch.events().subList(0, most), (int)
                        Math.min(Integer.MAX_VALUE, (long) batch.dropped() + size - most));
    }

    /** As this node has it now, which may be more than what is written. */
    Optional<SignalPart> of(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId)).map(Heard::part);
    }

    /**
     * Hands over what was not written yet; where that fails, it is handed over the next time.
     *
     * @param most of one call
     */
    void write(int most, Consumer<List<SignalPart>> store) {
        List<String> ids = unwritten.stream().limit(most).toList();
        ids.forEach(unwritten::remove);
        List<SignalPart> parts = ids.stream().flatMap(id -> of(id).stream()).toList();
        if (parts.isEmpty()) {
            return;
        }
        try {
            store.accept(parts);
        } catch (RuntimeException notNow) {
            unwritten.addAll(ids);
            throw notNow;
        }
    }

    /** Those of which nothing comes any more are in the database. */
    void forgetIdle() {
        long now = nanos.getAsLong();
        sessions.entrySet()
                .removeIf(entry -> now - entry.getValue().last() > IDLE && !unwritten.contains(entry.getKey()));
    }

    int size() {
        return sessions.size();
    }

    boolean allWritten() {
        return unwritten.isEmpty();
    }
}
