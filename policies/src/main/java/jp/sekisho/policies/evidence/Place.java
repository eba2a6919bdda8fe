package jp.sekisho.policies.evidence;

import java.util.Optional;

/**
 * Where an address is, as far as the GeoIP database knows.
 *
 * @param country ISO 3166-1 alpha-2, or {@code ZZ} where the database does not know
 * @param city the city's English name, where known
 * @param position where known
 */
public record Place(String country, Optional<String> city, Optional<Position> position) {

    public static final String UNKNOWN_COUNTRY = "ZZ";

    /**
     * @param latitude degrees, WGS 84
     * @param longitude degrees, WGS 84
     * @param accuracyRadiusKm kilometres
     */
    public record Position(double latitude, double longitude, int accuracyRadiusKm) {}
}
