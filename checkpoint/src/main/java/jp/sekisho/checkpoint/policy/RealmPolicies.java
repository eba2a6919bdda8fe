package jp.sekisho.checkpoint.policy;

import java.util.Optional;
import jp.sekisho.policies.profile.Profile;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds a realm's policy. A realm without the component, {@code master} included, is untouched. */
public final class RealmPolicies {

    private RealmPolicies() {}

    @SuppressWarnings("deprecation")
    public static Optional<RealmPolicy> of(KeycloakSession session, RealmModel realm) {
        return component(realm).map(component -> policy(session, component));
    }

    static Optional<ComponentModel> component(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), PolicyProvider.class.getName())
                .findFirst();
    }

    /** Whether the realm has one. */
    public static boolean in(RealmModel realm) {
        return component(realm).isPresent();
    }

    /** The profile as it is shipped: for what outlives its realm or the realm's policy. */
    public static Profile shipped() {
        return PolicyDocuments.read(new MultivaluedHashMap<>()).profile();
    }

    /** From the component at hand: looked up by its id, one that is just being imported would not be found. */
    private static RealmPolicy policy(KeycloakSession session, ComponentModel component) {
        PolicyProviderFactory factory = (PolicyProviderFactory)
                session.getKeycloakSessionFactory().getProviderFactory(PolicyProvider.class, PolicyProviderFactory.ID);
        return factory.create(session, component).policy();
    }
}
