package jp.sekisho.checkpoint.language;

import jp.sekisho.checkpoint.policy.RealmPolicies;
import org.keycloak.locale.DefaultLocaleUpdaterProvider;
import org.keycloak.locale.DefaultLocaleUpdaterProviderFactory;
import org.keycloak.locale.LocaleUpdaterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Keycloak keeps whatever a login's address names as its language with the user, a My Number too. Here it keeps what the realm speaks. */
// FFAJ-2.2-S4
public final class SpokenLanguage extends DefaultLocaleUpdaterProvider {

    private final KeycloakSession session;

    private SpokenLanguage(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public void updateUsersLocale(UserModel user, String locale) {
        RealmModel realm = session.getContext().getRealm();
        if (!RealmPolicies.in(realm) || realm.getSupportedLocalesStream().anyMatch(locale::equals)) {
            super.updateUsersLocale(user, locale);
        }
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends DefaultLocaleUpdaterProviderFactory {

        @Override
        public LocaleUpdaterProvider create(KeycloakSession session) {
            return new SpokenLanguage(session);
        }
    }
}
