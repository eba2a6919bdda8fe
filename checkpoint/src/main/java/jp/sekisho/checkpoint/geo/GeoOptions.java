package jp.sekisho.checkpoint.geo;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.keycloak.Config;

/**
 * The server's options for geo look-up. Files need not be there yet.
 *
 * @param cityFile {@code city-file}: MMDB of type City or Country
 * @param countryFile {@code country-file}: MMDB of type Country, asked where the first does not know
 * @param asnFile {@code asn-file}: MMDB of type ASN
 * @param networkListFile {@code network-list-file}: see {@link NetworkList}; goes before the shipped list
 * @param refreshInterval {@code refresh-interval}: how often the files are looked at, PT1S to P1D, default PT1M
 * @param maxAge {@code max-age}: from which age on a database must not lower the risk, P1D to P60D, default P60D
 * @param exemptFromAge {@code exempt-from-age}: no database is too old; for demo and tests only
 */
record GeoOptions(
        Optional<Path> cityFile,
        Optional<Path> countryFile,
        Optional<Path> asnFile,
        Optional<Path> networkListFile,
        Duration refreshInterval,
        Duration maxAge,
        boolean exemptFromAge) {

    static final String CITY_FILE = "city-file";
    static final String COUNTRY_FILE = "country-file";
    static final String ASN_FILE = "asn-file";
    static final String NETWORK_LIST_FILE = "network-list-file";
    static final String REFRESH_INTERVAL = "refresh-interval";
    static final String MAX_AGE = "max-age";
    static final String EXEMPT_FROM_AGE = "exempt-from-age";

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_AGE = Duration.ofDays(60);

    /** @throws IllegalArgumentException names the option and says what is wrong with its value */
    static GeoOptions from(Config.Scope config) {
        return new GeoOptions(
                file(config, CITY_FILE),
                file(config, COUNTRY_FILE),
                file(config, ASN_FILE),
                file(config, NETWORK_LIST_FILE),
                duration(config, REFRESH_INTERVAL, DEFAULT_INTERVAL, Duration.ofSeconds(1), Duration.ofDays(1)),
                duration(config, MAX_AGE, LONGEST_AGE, Duration.ofDays(1), LONGEST_AGE),
                flag(config, EXEMPT_FROM_AGE));
    }

    private static Optional<Path> file(Config.Scope config, String key) {
        return value(config, key).map(text -> {
            Path file;
            try {
                file = Path.of(text);
            } catch (InvalidPathException noPath) {
                throw absurd(key, text, "is not a path");
            }
            if (Files.isDirectory(file)) {
                throw absurd(key, text, "is a directory, not a file");
            }
            return file;
        });
    }

    private static Duration duration(
            Config.Scope config, String key, Duration otherwise, Duration shortest, Duration longest) {
        return value(config, key)
                .map(text -> {
                    Duration duration;
                    try {
                        duration = Duration.parse(text);
                    } catch (DateTimeParseException noDuration) {
                        throw absurd(key, text, "is not an ISO-8601 duration such as " + otherwise);
                    }
                    if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
                        throw absurd(key, text, "is not between " + shortest + " and " + longest);
                    }
                    return duration;
                })
                .orElse(otherwise);
    }

    private static boolean flag(Config.Scope config, String key) {
        return value(config, key)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw absurd(key, text, "is neither true nor false");
                })
                .orElse(false);
    }

    private static Optional<String> value(Config.Scope config, String key) {
        return Optional.ofNullable(config.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static IllegalArgumentException absurd(String key, String value, String what) {
        return new IllegalArgumentException(
                "spi-%s--%s--%s: '%s' %s".formatted(GeoSpi.NAME, MmdbGeoProviderFactory.ID, key, value, what));
    }
}
