package jp.sekisho.checkpoint.passkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * What customers call their passkeys. Keycloak's page proposes one and the same name for all of them, in the page's language
 * (our theme none): whoever takes it has given none, and a second passkey of that name would be refused.
 */
public final class PasskeyNames {

    private static final String PROPOSED = "webauthn-registration-init-label";
    private static final String KEYCLOAKS_OWN = "base";

    private final KeycloakSession session;
    private final RealmModel realm;

    private PasskeyNames(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    public static PasskeyNames of(KeycloakSession session, RealmModel realm) {
        return new PasskeyNames(session, realm);
    }

    /** Empty where the customer gave none. */
    public Optional<String> given(String label) {
        return Optional.ofNullable(label)
                .filter(name -> !name.isBlank())
                .filter(name -> proposed().noneMatch(name::equals));
    }

    private Stream<String> proposed() {
        return Stream.concat(Stream.of(Locale.ENGLISH.toLanguageTag()), realm.getSupportedLocalesStream())
                .map(Locale::forLanguageTag)
                .flatMap(this::proposed);
    }

    private Stream<String> proposed(Locale locale) {
        try {
            Theme keycloaksOwn = session.theme().getTheme(KEYCLOAKS_OWN, Theme.Type.LOGIN);
            return Stream.ofNullable(keycloaksOwn.getMessages(locale).getProperty(PROPOSED));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
