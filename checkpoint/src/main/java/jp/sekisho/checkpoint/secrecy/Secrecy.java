package jp.sekisho.checkpoint.secrecy;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Encrypts personal values before they are stored, with keys that the database never sees. */
// FFAJ-2.2-S1
public interface Secrecy extends Provider {

    /** The seal of a realm, with its keys of the moment. */
    Seal of(String realmId);

    static Seal of(KeycloakSession session, RealmModel realm) {
        return session.getProvider(Secrecy.class).of(realm.getId());
    }

    @Override
    default void close() {}
}
