package jp.sekisho.checkpoint.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.notice.Notice;

/**
 * The keys under which two notices are one.
 *
 * @param key unique in a realm and channel
 * @param before the key an equal notice had in the window before this one; empty where time plays no part
 */
record Deduplication(String key, Optional<String> before) {

    /** Notices of one decision each: two of them are never equal. */
    private static final Set<Notice> OF_A_DECISION = Set.of(Notice.LOGIN, Notice.NEW_DEVICE, Notice.STEP_UP_PASSED);

    /**
     * What was let in is told once for each decision, any other fact once a window.
     *
     * @param userId empty where it is about nobody
     */
    static Deduplication of(Notice notice, String userId, NoticeValues values, Duration window) {
        boolean ofADecision =
                OF_A_DECISION.contains(notice) && !values.subject().isEmpty();
        if (ofADecision) {
            return new Deduplication(fact(notice, userId, values.subject()), Optional.empty());
        }
        // Refusals can be had for nothing: ten of them in a window are one notice, whatever decision each was.
        String subject = notice == Notice.LOGIN_REFUSED ? "" : values.subject();
        String fact = fact(notice, userId, subject);
        if (window.isZero()) {
            return new Deduplication(fact + ':' + values.occurredAt().toEpochMilli(), Optional.empty());
        }
        long bucket = bucket(values.occurredAt(), window);
        return new Deduplication(fact + ':' + bucket, Optional.of(fact + ':' + (bucket - 1)));
    }

    private static String fact(Notice notice, String userId, String subject) {
        return notice.code() + ':' + Sha256.hex(userId + '\n' + subject);
    }

    private static long bucket(Instant at, Duration window) {
        return Math.floorDiv(at.toEpochMilli(), window.toMillis());
    }
}
