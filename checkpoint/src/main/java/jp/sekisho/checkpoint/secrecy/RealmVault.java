package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;
import java.util.function.BiFunction;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.vault.VaultStringSecret;

/**
 * Keycloak's vault, read in the name of the server's own realm, an entry for each realm: who edits a realm can have Keycloak
 * send what a {@code ${vault.…}} of his own realm names to a host of his, as the password of a mail server. Read in a
 * session of its own: the one of a request keeps the vault of the realm that it met first.
 *
 * @param name what all entries begin with
 */
// FFAJ-2.2-S1
record RealmVault(KeycloakSessionFactory factory, String name) implements Vault {

    @Override
    public Optional<String> entry(String realmId) {
        return inRealm(realmId, (session, realm) -> {
            session.getContext().setRealm(session.realms().getRealmByName(Config.getAdminRealm()));
            String entry = "${vault." + name + '.' + realm.getName() + '}';
            try (VaultStringSecret secret = session.vault().getStringSecret(entry)) {
                return secret.get();
            }
        });
    }

    @Override
    public boolean knows(String realmId) {
        return inRealm(realmId, (session, realm) -> Optional.of(realm)).isPresent();
    }

    private <T> Optional<T> inRealm(String realmId, BiFunction<KeycloakSession, RealmModel, Optional<T>> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> Optional.ofNullable(session.realms().getRealm(realmId))
                        .flatMap(realm -> work.apply(session, realm)));
    }
}
