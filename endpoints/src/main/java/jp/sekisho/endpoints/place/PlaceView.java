package jp.sekisho.endpoints.place;

import java.util.Optional;
import jp.sekisho.policies.evidence.Place;

/**
 * A place as a customer is shown it: no finer than a city.
 *
 * @param country ISO 3166-1 alpha-2
 * @param city as the database spells it; left out where it does not know
 */
public record PlaceView(String country, String city) {

    /** @return null where the place is not known */
    public static PlaceView of(Optional<Place> place) {
        return place.filter(known -> !known.country().equals(Place.UNKNOWN_COUNTRY))
                .map(known -> new PlaceView(known.country(), known.city().orElse(null)))
                .orElse(null);
    }
}
