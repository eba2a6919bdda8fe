package jp.sekisho.eventlisteners.eventstore;

import jakarta.persistence.EntityManager;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.jpa.JpaEventStoreProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's own log of events, without what its readers need not read: listeners are told everything, the table is not. */
// FFAJ-1.5-S1, FFAJ-2.2-S4
final class MaskedEvents extends JpaEventStoreProvider {

    private final KeycloakSession session;

    MaskedEvents(KeycloakSession session, EntityManager em) {
        super(session, em);
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (ours(event)) {
            decided(event);
            super.onEvent(KeptDetails.masked(event));
        } else {
            super.onEvent(event);
        }
    }

    /** After a required action or a consent Keycloak begins the login's event anew. Listeners hear of it after this. */
    private void decided(Event event) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (event.getType() == EventType.LOGIN && event.getDetails() != null && login != null) {
            Carried.in(login).ifPresent(decision -> decision.details().forEach(event.getDetails()::putIfAbsent));
        }
    }

    private boolean ours(Event event) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        return realm != null && RealmPolicies.of(session, realm).isPresent();
    }
}
