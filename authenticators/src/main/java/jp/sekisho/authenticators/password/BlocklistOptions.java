package jp.sekisho.authenticators.password;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.keycloak.Config;

/**
 * The server's options for the blocklist. The file need not be there yet.
 *
 * @param file {@code blocklist-file}: see {@link Blocklist}; goes beside the shipped list
 * @param refreshInterval {@code refresh-interval}: how often the file is looked at, PT1S to P1D, default PT1M
 */
record BlocklistOptions(Optional<Path> file, Duration refreshInterval) {

    static final String FILE = "blocklist-file";
    static final String REFRESH_INTERVAL = "refresh-interval";

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException names the option and says what is wrong with its value */
    static BlocklistOptions from(Config.Scope config) {
        return new BlocklistOptions(
                value(config, FILE).map(BlocklistOptions::path),
                value(config, REFRESH_INTERVAL).map(BlocklistOptions::interval).orElse(DEFAULT_INTERVAL));
    }

    private static Path path(String text) {
        Path file;
        try {
            file = Path.of(text);
        } catch (InvalidPathException noPath) {
            throw absurd(FILE, text, "is not a path");
        }
        if (Files.isDirectory(file)) {
            throw absurd(FILE, text, "is a directory, not a file");
        }
        return file;
    }

    private static Duration interval(String text) {
        Duration interval;
        try {
            interval = Duration.parse(text);
        } catch (DateTimeParseException noDuration) {
            throw absurd(REFRESH_INTERVAL, text, "is not an ISO-8601 duration such as PT1M");
        }
        if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw absurd(REFRESH_INTERVAL, text, "is not between PT1S and P1D");
        }
        return interval;
    }

    private static Optional<String> value(Config.Scope config, String key) {
        return Optional.ofNullable(config.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static IllegalArgumentException absurd(String key, String value, String what) {
        return new IllegalArgumentException(
                "spi-password-policy--%s--%s: '%s' %s".formatted(PasswordRulesProviderFactory.ID, key, value, what));
    }
}
