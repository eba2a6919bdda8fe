package jp.sekisho.eventlisteners.notice;

import java.time.Duration;

/**
 * When a message is tried again: doubling from {@code first} to {@code longest}, the later half of it at random, so that a
 * receiver that comes back is not hit by all at once.
 */
record Backoff(Duration first, Duration longest) {

    static final Backoff OF_MESSAGES = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(2));
    static final Backoff OF_REALMS = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30));

    private static final int MOST_DOUBLINGS = 30;

    /**
     * @param failures from 1
     * @param random from 0 to 1
     */
    Duration after(int failures, double random) {
        long doubled = first.toMillis() << Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS);
        long limited = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(limited / 2 + (long) (limited / 2 * random));
    }
}
