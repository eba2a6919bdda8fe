package jp.sekisho.endpoints.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** The words of the login theme in one language. What the firm wrote for its realm goes before them. */
public final class FirmsWords {

    private static final Pattern MESSAGE_KEY = Pattern.compile("\\$\\{([^}]+)}");

    private final Theme theme;
    private final RealmModel realm;
    private final Locale language;

    private FirmsWords(Theme theme, RealmModel realm, Locale language) {
        this.theme = theme;
        this.realm = realm;
        this.language = language;
    }

    public static FirmsWords of(KeycloakSession session, RealmModel realm, String language) {
        try {
            return new FirmsWords(session.theme().getTheme(Theme.Type.LOGIN), realm, Locale.forLanguageTag(language));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A name as the realm has it: words, or the key of a message. */
    public String say(String name) {
        Matcher key = MESSAGE_KEY.matcher(name == null ? "" : name);
        return key.matches() ? messages().getProperty(key.group(1), key.group(1)) : name;
    }

    /** All of a bundle, and of the theme's messages those with a prefix that the bundle is allowed to speak of. */
    public Map<String, String> bundle(String name, String prefix, Pattern alsoOfMessages) {
        Map<String, String> words = new TreeMap<>();
        Properties messages = messages();
        messages.stringPropertyNames().stream()
                .filter(key ->
                        key.startsWith(prefix) || alsoOfMessages.matcher(key).matches())
                .forEach(key -> words.put(key, messages.getProperty(key)));
        Properties ofBundle = read(() -> theme.getMessages(name, language));
        Map<String, String> firms = realm.getRealmLocalizationTextsByLocale(language.toLanguageTag());
        ofBundle.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> words.put(key, firms.getOrDefault(key, ofBundle.getProperty(key))));
        return words;
    }

    private Properties messages() {
        return read(() -> theme.getEnhancedMessages(realm, language));
    }

    private interface Reading {
        Properties read() throws IOException;
    }

    private static Properties read(Reading reading) {
        try {
            return reading.read();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
