package jp.sekisho.eventlisteners.session;

import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.session.SessionEnd;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Who is removed takes his sessions along: the apps that keep one of their own are told of it, like of any end. */
// JP25-11
public final class SessionsOfRemoved implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserModel.UserPreRemovedEvent removed) {
            KeycloakSession session = removed.getKeycloakSession();
            if (RealmPolicies.of(session, removed.getRealm()).isPresent()) {
                SessionEnd.ofAll(session, removed.getRealm(), removed.getUser());
            }
        }
    }
}
