package jp.sekisho.checkpoint.policy;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds a realm's policy. A realm without the component, {@code master} included, is untouched. */
public final class RealmPolicies {

    private RealmPolicies() {}

    public static Optional<RealmPolicy> of(KeycloakSession session, RealmModel realm) {
        // By the component at hand: looked up by its id, one that is just being imported is not found yet.
        return realm.getComponentsStream(realm.getId(), PolicyProvider.class.getName())
                .findFirst()
                .map(component ->
                        session.getProvider(PolicyProvider.class, component).policy());
    }
}
