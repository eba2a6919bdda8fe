package jp.sekisho.authenticators.page;

import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeResources;
import org.keycloak.theme.ThemeResourcesParser;

/**
 * What pages take from a theme, made once for as long as Keycloak keeps the theme. Messages are merged by realm and language, and anew only where the
 * realm's own texts are other ones. Nobody may change what comes from here.
 */
final class ThemeCache {

    private final Map<Theme, Known> themes = Collections.synchronizedMap(new WeakHashMap<>());

    Properties messages(Theme theme, RealmModel realm, Locale locale) throws IOException {
        Map<Key, Merged> known = known(theme).messages;
        Key key = Key.of(realm, locale);
        Map<String, Map<String, String>> texts = realm.getRealmLocalizationTexts();
        Merged merged = known.get(key);
        if (merged == null || !merged.texts.equals(texts)) {
            merged = new Merged(copy(texts), theme.getEnhancedMessages(realm, locale));
            known.put(key, merged);
        }
        return merged.messages;
    }

    ThemeResources resources(Theme theme) throws IOException {
        return known(theme).resources;
    }

    private Known known(Theme theme) throws IOException {
        Known known = themes.get(theme);
        if (known == null) {
            known = new Known(new ConcurrentHashMap<>(), ThemeResourcesParser.parse(theme.getProperties()));
            themes.put(theme, known);
        }
        return known;
    }

    private static Map<String, Map<String, String>> copy(Map<String, Map<String, String>> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, of -> Map.copyOf(of.getValue())));
    }

    private record Known(Map<Key, Merged> messages, ThemeResources resources) {}

    /** @param fallback language of what a language does not say */
    private record Key(String realmId, Locale locale, Optional<String> fallback) {

        static Key of(RealmModel realm, Locale locale) {
            return new Key(
                    realm.getId(),
                    locale,
                    Optional.ofNullable(realm.getDefaultLocale()).filter(any -> realm.isInternationalizationEnabled()));
        }
    }

    /** @param texts of the realm, with which the messages were merged */
    private record Merged(Map<String, Map<String, String>> texts, Properties messages) {}
}
