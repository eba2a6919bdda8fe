package jp.sekisho.checkpoint.decision;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;

/** Evidence as a customer would say it. */
public final class Words {

    /** The name of a client may be the key of a message. */
    private static final Pattern MESSAGE_KEY = Pattern.compile("\\$\\{([^}]+)}");

    private Words() {}

    /** The browser and its system: Firefox (Windows). */
    public static String device(UserAgent agent) {
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

    /**
     * An app's name as the customer knows it.
     *
     * @param name as the realm has it: words, a message key, or nothing
     * @param messages in the customer's language
     * @param id what is said where there is no name
     */
    static String client(String name, Function<String, Optional<String>> messages, String id) {
        String known = Optional.ofNullable(name).orElse("");
        Matcher key = MESSAGE_KEY.matcher(known);
        String said = key.matches() ? messages.apply(key.group(1)).orElse("") : known;
        return said.isBlank() ? id : said;
    }
}
