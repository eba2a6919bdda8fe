package jp.sekisho.checkpoint.geo;

import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.AsnResponse;
import com.maxmind.geoip2.record.City;
import com.maxmind.geoip2.record.Country;
import com.maxmind.geoip2.record.Location;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import jp.sekisho.policies.evidence.Place;

/** What is asked of GeoIP2 and GeoLite2 databases. */
final class GeoQuestions {

    /** The widest radius that the databases state; stands in where they state none. */
    private static final int WIDEST_RADIUS_KM = 1000;

    /** The operator of a network, as the database names it. */
    record Operator(long asn, String organisation) {}

    private GeoQuestions() {}

    /** Of a City (or Enterprise) database, or of a Country database, which knows no city and no position. */
    static Optional<Place> place(DatabaseReader reader, InetAddress address) throws IOException, GeoIp2Exception {
        if (reader.metadata().databaseType().contains("Country")) {
            return reader.tryCountry(address)
                    .map(found -> new Place(code(found.country()), Optional.empty(), Optional.empty()));
        }
        return reader.tryCity(address)
                .map(found -> new Place(code(found.country()), name(found.city()), position(found.location())));
    }

    /** Of an ASN database. */
    static Optional<Operator> operator(DatabaseReader reader, InetAddress address) throws IOException, GeoIp2Exception {
        return reader.tryAsn(address).map(GeoQuestions::operator);
    }

    private static Operator operator(AsnResponse found) {
        return new Operator(
                Optional.ofNullable(found.autonomousSystemNumber()).orElse(0L),
                Optional.ofNullable(found.autonomousSystemOrganization()).orElse(""));
    }

    private static String code(Country country) {
        return Optional.ofNullable(country).map(Country::isoCode).orElse(Place.UNKNOWN_COUNTRY);
    }

    private static Optional<String> name(City city) {
        return Optional.ofNullable(city).map(known -> known.names().get("en"));
    }

    // A place without coordinates is a value like any other: many addresses have none.
    private static Optional<Place.Position> position(Location location) {
        if (location == null || location.latitude() == null || location.longitude() == null) {
            return Optional.empty();
        }
        int radius = Optional.ofNullable(location.accuracyRadius()).orElse(WIDEST_RADIUS_KM);
        return Optional.of(new Place.Position(location.latitude(), location.longitude(), radius));
    }
}
