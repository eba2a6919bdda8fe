package jp.sekisho.eventlisteners.hold;

import jakarta.ws.rs.ForbiddenException;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.admission.Admission;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
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
 * Undoes changes that are not for who makes them: in a session that is held, in a login by cookie that was not judged for it,
 * in a login of somebody whom the checkpoint did not let in, and by a token whose customer has not just shown himself.
 * Whichever page or interface it came through, it is told by an event of the transaction that makes it.
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
                RealmModel realm = session.realms().getRealm(event.getRealmId());
                if (realm != null) {
                    refusal(realm, event).ifPresent(why -> undo(event, why));
                }
            } catch (RuntimeException trouble) {
                // Keycloak swallows what a listener throws.
                session.getTransactionManager().setRollbackOnly();
                LOG.error(
                        "{}: whether the session is held is not known, the change is undone", event.getType(), trouble);
            }
        }
    }

    private Optional<String> refusal(RealmModel realm, Event event) {
        if (Hold.changesNothing(session)) {
            return Optional.of("the login by cookie began without it");
        }
        if (EventOperations.afterAdmission(event) && enforced(realm).isPresent() && !letIn(event)) {
            return Optional.of("the checkpoint let somebody else in, or nobody");
        }
        if (!enrolmentPermitted(event)) {
            Optional<Instant> held = Hold.of(session, realm, Optional.ofNullable(event.getSessionId()));
            if (held.isPresent()) {
                return Optional.of("the session is held until " + held.get());
            }
        }
        return enforced(realm)
                .filter(policy ->
                        EventOperations.ofCredentials(event) && new ByToken(session, realm, policy).unshown(event))
                .map(policy -> "its customer has not shown himself lately");
    }

    private Optional<RealmPolicy> enforced(RealmModel realm) {
        return RealmPolicies.of(session, realm).filter(policy -> !policy.monitor());
    }

    /** Of a login that is under way. */
    private boolean letIn(Event event) {
        return Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(login -> Admission.granted(login, event.getUserId()))
                .orElse(true);
    }

    /** Keycloak's ways to a credential of this kind are ours, which decided already. */
    private boolean enrolmentPermitted(Event event) {
        return event.getType() == EventType.UPDATE_CREDENTIAL
                && event.getDetails() != null
                && WebAuthnCredentialModel.TYPE_PASSWORDLESS.equals(
                        event.getDetails().get(Details.CREDENTIAL_TYPE))
                && Hold.permitsEnrolment(session);
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
