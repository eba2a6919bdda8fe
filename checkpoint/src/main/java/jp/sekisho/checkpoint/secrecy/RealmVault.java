package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;
import java.util.function.BiFunction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.vault.VaultStringSecret;

/**
 * Keycloak's vault, read in a session of the realm's own: the one of a request keeps the vault of the realm that it met
 * first, which for an administrator is another one.
 */
record RealmVault(KeycloakSessionFactory factory, String name) implements Vault {

    @Override
    public Optional<String> entry(String realmId) {
        return inRealm(realmId, (session, realm) -> {
            session.getContext().setRealm(realm);
            try (VaultStringSecret secret = session.vault().getStringSecret("${vault." + name + '}')) {
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
