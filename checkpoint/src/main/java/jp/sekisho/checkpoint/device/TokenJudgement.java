package jp.sekisho.checkpoint.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import jp.sekisho.storage.device.Device;

/** What a presented token is to its family (decision 7). */
enum TokenJudgement {
    /** The current token: replaced at login. */
    CURRENT,
    /** The one before, and nothing tells that the current one ever arrived: replaced at login. */
    PREVIOUS,
    /** The one before, from a tab that was on its way: accepted, and the browser keeps the newer one. */
    ON_ITS_WAY,
    /** Replaced, and the browser had the newer one: somebody holds a copy. */
    REUSED,
    /** Of a family whose trust ended before. */
    ENDED;

    /**
     * @param presentedHash SHA-256 of the presented secret, hex
     * @param now the database's clock
     * @param grace how long after its replacement a token may still arrive
     */
    static TokenJudgement judge(Device device, String presentedHash, Instant now, Duration grace) {
        if (device.endedAt().isPresent()) {
            return ENDED;
        }
        if (same(device.tokenHash(), presentedHash)) {
            return CURRENT;
        }
        // Older than the previous one, or never handed out by us: nobody honest presents it.
        if (device.previousHash().filter(hash -> same(hash, presentedHash)).isEmpty()) {
            return REUSED;
        }
        if (now.isBefore(device.rotatedAt().plus(grace))) {
            return ON_ITS_WAY;
        }
        return device.presentedAt().isPresent() ? REUSED : PREVIOUS;
    }

    boolean live() {
        return this == CURRENT || this == PREVIOUS || this == ON_ITS_WAY;
    }

    /**
     * Whether the token vouches for a customer. One that was replaced before he was verified on the browser does not: whoever
     * held it then may have kept a copy.
     *
     * @param trustedSince when the customer's trust in the device began
     */
    boolean vouches(Device device, Instant trustedSince) {
        return this == CURRENT || live() && trustedSince.isBefore(device.rotatedAt());
    }

    private static boolean same(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
