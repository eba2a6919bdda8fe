package jp.sekisho.checkpoint.notice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import jp.sekisho.policies.notice.Notice;

/**
 * The keys under which two notices are one.
 *
 * @param key unique in a realm and channel
 * @param before the key an equal notice had in the window before this one; empty where time plays no part
 */
record Deduplication(String key, Optional<String> before) {

    /** A login is told once for each decision, any other fact once a window. */
    static Deduplication of(Notice notice, String userId, NoticeValues values, Duration window) {
        String fact = notice.code() + ':' + digest(userId + '\n' + values.subject());
        boolean onceEver = notice == Notice.LOGIN && !values.subject().isEmpty();
        if (onceEver) {
            return new Deduplication(fact, Optional.empty());
        }
        if (window.isZero()) {
            return new Deduplication(fact + ':' + values.occurredAt().toEpochMilli(), Optional.empty());
        }
        long bucket = bucket(values.occurredAt(), window);
        return new Deduplication(fact + ':' + bucket, Optional.of(fact + ':' + (bucket - 1)));
    }

    private static long bucket(Instant at, Duration window) {
        return Math.floorDiv(at.toEpochMilli(), window.toMillis());
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
