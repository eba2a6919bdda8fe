package jp.sekisho.checkpoint.secrecy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.Config;

/**
 * The server's options for encryption at rest.
 *
 * @param keyFile {@code key-file}: see {@link KeyRing}; where it is named, it must be there and right at the start
 * @param vaultEntry {@code vault-entry}: the same, as entries of Keycloak's vault, see {@link RealmVault}; not beside a file
 * @param refreshInterval {@code refresh-interval}: how often it is looked at, PT1S to PT1H, default PT1M
 */
record SecrecyOptions(Optional<Path> keyFile, Optional<String> vaultEntry, Duration refreshInterval) {

    static final String KEY_FILE = "key-file";
    static final String VAULT_ENTRY = "vault-entry";
    static final String REFRESH_INTERVAL = "refresh-interval";

    /** An underscore that it began with would be read as one that the name of a realm ends with. */
    private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9.-][A-Za-z0-9_.-]{0,199}");

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException names the option and says what is wrong with its value */
    static SecrecyOptions from(Config.Scope config) {
        Optional<Path> keyFile = value(config, KEY_FILE).map(SecrecyOptions::path);
        Optional<String> vaultEntry = value(config, VAULT_ENTRY).map(SecrecyOptions::entry);
        if (keyFile.isPresent() && vaultEntry.isPresent()) {
            throw absurd(VAULT_ENTRY, vaultEntry.get(), "is a second source of keys beside " + KEY_FILE);
        }
        return new SecrecyOptions(
                keyFile,
                vaultEntry,
                value(config, REFRESH_INTERVAL).map(SecrecyOptions::interval).orElse(DEFAULT_INTERVAL));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw absurd(KEY_FILE, text, "is not a path");
        }
    }

    private static String entry(String name) {
        if (!ENTRY.matcher(name).matches()) {
            throw absurd(VAULT_ENTRY, name, "is no name of an entry");
        }
        return name;
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
