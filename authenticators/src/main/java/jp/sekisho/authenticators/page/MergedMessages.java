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

/** The messages of themes by realm and language, merged anew only where the realm's own texts are other ones. Nobody may change what comes from here. */
final class MergedMessages {

    /** A theme goes when Keycloak forgets it. */
    private final Map<Theme, Map<Key, Merged>> themes = Collections.synchronizedMap(new WeakHashMap<>());

    Properties of(Theme theme, RealmModel realm, Locale locale) throws IOException {
        Map<Key, Merged> known = themes.computeIfAbsent(theme, any -> new ConcurrentHashMap<>());
        Key key = Key.of(realm, locale);
        Map<String, Map<String, String>> texts = realm.getRealmLocalizationTexts();
        Merged merged = known.get(key);
        if (merged == null || !merged.texts.equals(texts)) {
            merged = new Merged(copy(texts), theme.getEnhancedMessages(realm, locale));
            known.put(key, merged);
        }
        return merged.messages;
    }

    private static Map<String, Map<String, String>> copy(Map<String, Map<String, String>> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, of -> Map.copyOf(of.getValue())));
    }

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
