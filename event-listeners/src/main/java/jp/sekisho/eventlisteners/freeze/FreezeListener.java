package jp.sekisho.eventlisteners.freeze;

import io.micrometer.core.instrument.Metrics;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.freeze.Freezing;
import jp.sekisho.checkpoint.freeze.Reopening;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.Undoing;
import jp.sekisho.eventlisteners.operation.EventOperations;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.dossier.Dossier;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes what a frozen customer must not do, whichever flow, grant or page it came through, also where Keycloak's user is
 * enabled: the row is the truth. To enable the user thaws nobody, nor to make him anew.
 */
// JP25-8
final class FreezeListener implements EventListenerProvider {

    private static final Logger LOG = LoggerFactory.getLogger(FreezeListener.class);

    /** Of an import that overwrites users the realm is said to be the resource. */
    private static final Set<ResourceType> RESOURCES = EnumSet.of(ResourceType.USER, ResourceType.REALM);

    private static final Set<OperationType> MADE = EnumSet.of(OperationType.CREATE, OperationType.UPDATE);

    private static final Pattern USER = Pattern.compile("users/([^/]+)");

    private final KeycloakSession session;

    FreezeListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        Set<Operation> operations = EventOperations.of(event);
        if (operations.isEmpty() || event.getUserId() == null) {
            return;
        }
        try {
            if (frozen(event, operations)) {
                LOG.warn("{} by user {} is undone: frozen", event.getType(), event.getUserId());
                Undoing.with(session, refusal(event.getType()));
            }
        } catch (RuntimeException trouble) {
            // Keycloak swallows what a listener throws.
            session.getTransactionManager().setRollbackOnly();
            LOG.error("{}: whether the customer is frozen is not known, it is undone", event.getType(), trouble);
        }
    }

    /** A login has the file open; anything else costs one statement. Who deletes his account is none of the users any more. */
    private boolean frozen(Event event, Set<Operation> operations) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        if (realm == null || RealmPolicies.of(session, realm).isEmpty()) {
            return false;
        }
        Dossier dossier = CustomerFile.of(session, realm, Customers.pseudonym(session, realm, event.getUserId()))
                .latest();
        return operations.stream().anyMatch(dossier::frozen)
                && !(bindsAnew(event.getType(), operations) && reopening(realm, event.getUserId()));
    }

    /** What somebody may have to do before he comes in: never the coming in itself, nor anything with a token. */
    private static boolean bindsAnew(EventType type, Set<Operation> operations) {
        return !operations.contains(Operation.LOGIN) || type == EventType.VERIFY_EMAIL;
    }

    private boolean reopening(RealmModel realm, String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        return user != null && Reopening.underWay(session, realm, user);
    }

    private static ClientErrorException refusal(EventType type) {
        return switch (type) {
            case REFRESH_TOKEN -> new ClientErrorException("invalid_grant", Status.BAD_REQUEST);
            case USER_INFO_REQUEST -> new ClientErrorException("invalid_token", Status.UNAUTHORIZED);
            default -> new ClientErrorException("account_frozen", Status.FORBIDDEN);
        };
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getError() != null
                || !RESOURCES.contains(event.getResourceType())
                || !MADE.contains(event.getOperationType())
                || event.getResourcePath() == null) {
            return;
        }
        Matcher path = USER.matcher(event.getResourcePath());
        if (path.matches()) {
            try {
                stands(event, path.group(1));
            } catch (RuntimeException trouble) {
                session.getTransactionManager().setRollbackOnly();
                LOG.error("realm {}: whether a user is frozen is not known", event.getRealmId(), trouble);
            }
        }
    }

    private void stands(AdminEvent event, String userId) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        Optional<RealmPolicy> policy = realm == null ? Optional.empty() : RealmPolicies.of(session, realm);
        UserModel user = policy.isEmpty() ? null : session.users().getUserById(realm, userId);
        if (user == null) {
            return;
        }
        Freezing freezing = Freezing.of(session, realm, policy.get());
        String administrator = event.getAuthDetails().getUserId();
        List<Freeze> lost = Overwritten.freezes(session, user);
        lost.forEach(freeze -> freezing.freeze(
                user, freeze.operation(), freeze.by(), "the user was overwritten", Optional.of(administrator)));
        List<Freeze> freezes = freezing.of(user);
        if (freezes.isEmpty()) {
            return;
        }
        boolean anew = freezing.returned(user) || !lost.isEmpty();
        if (!freezing.stands(user, freezes, anew, administrator)) {
            LOG.error(
                    "realm {}: a frozen customer was enabled or made anew by {}, which thaws nobody",
                    realm.getName(),
                    administrator);
            Metrics.globalRegistry.counter("sekisho.freeze.bypassed").increment();
        }
    }

    @Override
    public void close() {}
}
