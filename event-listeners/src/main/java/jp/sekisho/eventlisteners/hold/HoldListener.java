package jp.sekisho.eventlisteners.hold;

import jakarta.ws.rs.ForbiddenException;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.transaction.Undoing;
import jp.sekisho.eventlisteners.operation.EventOperations;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes what a held session changes, or a login by cookie that was not judged for it, whichever page or interface it came through: the change is told by an event of the
 * transaction that makes it.
 */
final class HoldListener implements EventListenerProvider {

    private static final Logger LOG = LoggerFactory.getLogger(HoldListener.class);

    private final KeycloakSession session;

    HoldListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (EventOperations.changes(event)) {
            try {
                if (Hold.changesNothing(session)) {
                    undo(event, "the login by cookie began without it");
                } else if (!enrolmentPermitted(event)) {
                    heldUntil(event).ifPresent(until -> undo(event, "the session is held until " + until));
                }
            } catch (RuntimeException trouble) {
                // Keycloak swallows what a listener throws.
                session.getTransactionManager().setRollbackOnly();
                LOG.error(
                        "{}: whether the session is held is not known, the change is undone", event.getType(), trouble);
            }
        }
    }

    /** Keycloak's ways to a credential of this kind are ours, which decided already. */
    private boolean enrolmentPermitted(Event event) {
        return event.getType() == EventType.UPDATE_CREDENTIAL
                && event.getDetails() != null
                && WebAuthnCredentialModel.TYPE_PASSWORDLESS.equals(
                        event.getDetails().get(Details.CREDENTIAL_TYPE))
                && Hold.permitsEnrolment(session);
    }

    private Optional<Instant> heldUntil(Event event) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        return realm == null ? Optional.empty() : Hold.of(session, realm, Optional.ofNullable(event.getSessionId()));
    }

    private void undo(Event event, String why) {
        LOG.warn("{} by user {} is undone: {}", event.getType(), event.getUserId(), why);
        Undoing.with(session, new ForbiddenException("session_held"));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {}

    @Override
    public void close() {}
}
