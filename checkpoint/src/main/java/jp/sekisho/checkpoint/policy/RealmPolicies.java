package jp.sekisho.checkpoint.policy;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds a realm's policy. A realm without the component, {@code master} included, is untouched. */
public final class RealmPolicies {

    private RealmPolicies() {}

    @SuppressWarnings("deprecation")
    public static Optional<RealmPolicy> of(KeycloakSession session, RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), PolicyProvider.class.getName())
                .findFirst()
                // The component is handed over: while a realm is imported it is not the session's yet.
                .map(component ->
                        session.getProvider(PolicyProvider.class, component).policy());
    }
}
