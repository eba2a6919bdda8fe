package jp.sekisho.checkpoint.secrecy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.keycloak.Config;

/**
 * The server's options for encryption at rest.
 *
 * @param keyFile {@code key-file}: see {@link KeyRing}; where it is named, it must be there and right at the start
 * @param refreshInterval {@code refresh-interval}: how often it is looked at, PT1S to PT1H, default PT1M
 */
record SecrecyOptions(Optional<Path> keyFile, Duration refreshInterval) {

    static final String KEY_FILE = "key-file";
    static final String REFRESH_INTERVAL = "refresh-interval";

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException names the option and says what is wrong with its value */
    static SecrecyOptions from(Config.Scope config) {
        return new SecrecyOptions(
                value(config, KEY_FILE).map(SecrecyOptions::path),
                value(config, REFRESH_INTERVAL).map(SecrecyOptions::interval).orElse(DEFAULT_INTERVAL));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw absurd(KEY_FILE, text, "is not a path");
        }
    }

    private static Duration interval(String text) {
        Duration interval;
        try {
            interval = Duration.parse(text);
        } catch (DateTimeParseException noDuration) {
            throw absurd(REFRESH_INTERVAL, text, "is not an ISO-8601 duration such as " + DEFAULT_INTERVAL);
        }
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw absurd(REFRESH_INTERVAL, text, "is not between " + SHORTEST + " and " + LONGEST);
        }
        return interval;
    }

    private static Optional<String> value(Config.Scope config, String key) {
        return Optional.ofNullable(config.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    static IllegalArgumentException absurd(String key, String value, String what) {
        return new IllegalArgumentException(
                "spi-%s--%s--%s: '%s' %s".formatted(SecrecySpi.NAME, AesSecrecyFactory.ID, key, value, what));
    }
}
