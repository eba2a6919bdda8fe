package jp.sekisho.checkpoint.decision;

import java.util.Locale;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;

/** Evidence as a customer would say it. */
final class Words {

    private Words() {}

    static String device(UserAgent agent) {
        return agent.browser() + " (" + agent.os() + ")";
    }

    /** The country in the customer's language, the city as the database spells it; empty where unknown. */
    static String place(Place place, Locale language) {
        if (place.country().equals(Place.UNKNOWN_COUNTRY)) {
            return "";
        }
        String country = new Locale.Builder().setRegion(place.country()).build().getDisplayCountry(language);
        return place.city().map(city -> country + " (" + city + ")").orElse(country);
    }
}
