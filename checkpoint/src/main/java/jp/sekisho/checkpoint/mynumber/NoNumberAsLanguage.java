package jp.sekisho.checkpoint.mynumber;

import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.mynumber.IndividualNumber;
import org.keycloak.locale.DefaultLocaleUpdaterProvider;
import org.keycloak.locale.DefaultLocaleUpdaterProviderFactory;
import org.keycloak.locale.LocaleUpdaterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Keycloak keeps whatever a login's address names as its language with the user. What is a My Number is none. */
// FFAJ-2.2-S4
public final class NoNumberAsLanguage extends DefaultLocaleUpdaterProvider {

    private final KeycloakSession session;

    private NoNumberAsLanguage(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public void updateUsersLocale(UserModel user, String locale) {
        if (!IndividualNumber.in(locale)
                || !RealmPolicies.in(session.getContext().getRealm())) {
            super.updateUsersLocale(user, locale);
        }
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends DefaultLocaleUpdaterProviderFactory {

        @Override
        public LocaleUpdaterProvider create(KeycloakSession session) {
            return new NoNumberAsLanguage(session);
        }
    }
}
