package jp.sekisho.eventlisteners.freeze;

import io.micrometer.core.instrument.Metrics;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.freeze.Freezing;
import jp.sekisho.checkpoint.freeze.Reopening;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.Undoing;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.operation.Operation;
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
 * enabled: the row is the truth. To enable the user thaws nobody.
 */
// JP25-8
final class FreezeListener implements EventListenerProvider {

    private static final Logger LOG = LoggerFactory.getLogger(FreezeListener.class);

    private static final Pattern USER = Pattern.compile("users/([^/]+)");

    /** What each of these is. Introspection has a provider of its own, since it answers instead of refusing. */
    private static final Map<EventType, Operation> OPERATIONS = operations();

    private final KeycloakSession session;

    FreezeListener(KeycloakSession session) {
        this.session = session;
    }

    // The deprecated ones are fired beside their successors, and alone by some of the stock actions.
    @SuppressWarnings("deprecation")
    private static Map<EventType, Operation> operations() {
        Map<EventType, Operation> operations = new EnumMap<>(EventType.class);
        for (EventType login : new EventType[] {
            EventType.LOGIN,
            EventType.VERIFY_EMAIL,
            EventType.REFRESH_TOKEN,
            EventType.USER_INFO_REQUEST,
            EventType.TOKEN_EXCHANGE,
            EventType.IMPERSONATE,
            EventType.PERMISSION_TOKEN,
            EventType.OAUTH2_DEVICE_CODE_TO_TOKEN,
            EventType.AUTHREQID_TO_TOKEN,
            EventType.JWT_AUTHORIZATION_GRANT,
            EventType.OAUTH2_EXTENSION_GRANT
        }) {
            operations.put(login, Operation.LOGIN);
        }
        for (EventType credential : new EventType[] {
            EventType.UPDATE_CREDENTIAL,
            EventType.REMOVE_CREDENTIAL,
            EventType.UPDATE_PASSWORD,
            EventType.RESET_PASSWORD,
            EventType.UPDATE_TOTP,
            EventType.REMOVE_TOTP
        }) {
            operations.put(credential, Operation.CREDENTIAL_CHANGE);
        }
        operations.put(EventType.UPDATE_PROFILE, Operation.PROFILE_CHANGE);
        operations.put(EventType.UPDATE_EMAIL, Operation.PROFILE_CHANGE);
        return operations;
    }

    @Override
    public void onEvent(Event event) {
        Operation operation = OPERATIONS.get(event.getType());
        if (operation == null || event.getUserId() == null || event.getError() != null) {
            return;
        }
        try {
            if (frozen(event, operation)) {
                LOG.warn("{} by user {} is undone: frozen", event.getType(), event.getUserId());
                Undoing.with(session, refusal(event.getType()));
            }
        } catch (RuntimeException trouble) {
            // Keycloak swallows what a listener throws.
            session.getTransactionManager().setRollbackOnly();
            LOG.error("{}: whether the customer is frozen is not known, it is undone", event.getType(), trouble);
        }
    }

    /** A login has the file open; anything else costs one statement. */
    private boolean frozen(Event event, Operation operation) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        if (realm == null || RealmPolicies.of(session, realm).isEmpty()) {
            return false;
        }
        UserModel user = session.users().getUserById(realm, event.getUserId());
        return user != null
                && !(bindsAnew(event.getType()) && Reopening.underWay(session, realm, user))
                && CustomerFile.of(session, realm, Customers.pseudonym(session, realm, user))
                        .latest()
                        .frozen(operation);
    }

    /** What somebody may have to do before he comes in: never the coming in itself, nor anything with a token. */
    private static boolean bindsAnew(EventType type) {
        return OPERATIONS.get(type) != Operation.LOGIN || type == EventType.VERIFY_EMAIL;
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
                || event.getResourceType() != ResourceType.USER
                || event.getOperationType() != OperationType.UPDATE
                || event.getResourcePath() == null) {
            return;
        }
        Matcher path = USER.matcher(event.getResourcePath());
        if (path.matches()) {
            try {
                disableAgain(event, path.group(1));
            } catch (RuntimeException trouble) {
                session.getTransactionManager().setRollbackOnly();
                LOG.error("realm {}: whether a user is frozen is not known", event.getRealmId(), trouble);
            }
        }
    }

    private void disableAgain(AdminEvent event, String userId) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        Optional<RealmPolicy> policy = realm == null ? Optional.empty() : RealmPolicies.of(session, realm);
        UserModel user = policy.isEmpty() ? null : session.users().getUserById(realm, userId);
        if (user == null || !user.isEnabled()) {
            return;
        }
        Freezing freezing = Freezing.of(session, realm, policy.get());
        List<Freeze> freezes = freezing.of(user);
        // Who may bind anew is enabled for it, and refused everywhere else by the row.
        if (freezes.stream().anyMatch(freeze -> freeze.covers(Operation.LOGIN))
                && Freeze.reopening(freezes).isEmpty()) {
            LOG.error(
                    "realm {}: a frozen customer was enabled by {}, which thaws nobody",
                    realm.getName(),
                    event.getAuthDetails().getUserId());
            Metrics.globalRegistry.counter("sekisho.freeze.bypassed").increment();
            freezing.bypassed(user, event.getAuthDetails().getUserId());
        }
    }

    @Override
    public void close() {}
}
