package jp.sekisho.checkpoint.policy;

import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds a realm's policy. A realm without the component, {@code master} included, is untouched. */
public final class RealmPolicies {

    private RealmPolicies() {}

    public static Optional<RealmPolicy> of(KeycloakSession session, RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), PolicyProvider.class.getName())
                .findFirst()
                .map(component -> policy(session, component));
    }

    /** While a realm is imported it is not the session's yet, so the component is handed over, not looked up by its id. */
    private static RealmPolicy policy(KeycloakSession session, ComponentModel component) {
        return session.getComponentProvider(PolicyProvider.class, component.getId(), factory -> component)
                .policy();
    }
}
