package jp.sekisho.eventlisteners.backstop;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import jp.sekisho.checkpoint.admission.Admission;
import jp.sekisho.checkpoint.admission.LinkAdmission;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionWatch;
import jp.sekisho.checkpoint.transaction.Undoing;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Behind every door: a session or token of a customer whom the checkpoint did not let in is undone, however an operator
 * bound the flows; so is a link to an identity provider that its first login made past the checkpoint. What it asks stands in
 * the session, so that a login pays no statement for it.
 */
// JP25-12: nothing without its record
final class Backstop implements EventListenerProvider {

    private static final Logger LOG = LoggerFactory.getLogger(Backstop.class);

    /** Needs an admission of its own. */
    private static final Set<EventType> LOGINS = EnumSet.of(EventType.LOGIN, EventType.IMPERSONATE);

    /** Goes on in a session, and needs that one's. */
    private static final Set<EventType> GRANTS = EnumSet.of(
            EventType.TOKEN_EXCHANGE,
            EventType.AUTHREQID_TO_TOKEN,
            EventType.JWT_AUTHORIZATION_GRANT,
            EventType.VERIFIABLE_CREDENTIAL_PRE_AUTHORIZED_GRANT,
            EventType.OAUTH2_DEVICE_CODE_TO_TOKEN,
            EventType.OAUTH2_EXTENSION_GRANT);

    /** Of the login at a provider that a customer is not linked to yet; whoever is signed in is asked otherwise. */
    private static final Set<EventType> LINKS =
            EnumSet.of(EventType.FEDERATED_IDENTITY_LINK, EventType.FEDERATED_IDENTITY_OVERRIDE_LINK);

    private final KeycloakSession session;
    private final AtomicLong vetoed;

    Backstop(KeycloakSession session, AtomicLong vetoed) {
        this.session = session;
        this.vetoed = vetoed;
    }

    @Override
    public void onEvent(Event event) {
        if (LOGINS.contains(event.getType())
                || GRANTS.contains(event.getType())
                || linksAtFirstLogin(event)
                || asksWho(event)) {
            try {
                RealmModel realm = session.realms().getRealm(event.getRealmId());
                if (realm != null) {
                    RealmPolicies.of(session, realm).ifPresent(policy -> check(realm, policy, event));
                }
            } catch (RuntimeException trouble) {
                // Keycloak swallows what a listener throws.
                session.getTransactionManager().setRollbackOnly();
                LOG.error(
                        "{}: whether the checkpoint let this in is not known, it is undone", event.getType(), trouble);
            }
        }
    }

    private void check(RealmModel realm, RealmPolicy policy, Event event) {
        if (asksWho(event)) {
            userSession(realm, event)
                    .filter(one -> SessionWatch.outlived(session, realm, one))
                    .ifPresent(one -> Undoing.with(
                            session, new ClientErrorException("invalid_token", Response.Status.UNAUTHORIZED)));
        } else if (!admitted(realm, event) && !serviceAccount(realm, event)) {
            vetoed.incrementAndGet();
            LOG.error(
                    "realm {}: {} of user {} by client {} did not pass the checkpoint{}: look at the flows that are bound"
                            + " to realm and client",
                    realm.getName(),
                    event.getType(),
                    event.getUserId(),
                    event.getClientId(),
                    policy.monitor() ? ", and is only noted" : " and is undone");
            if (!policy.monitor()) {
                Undoing.with(session, new ForbiddenException("not_admitted"));
            }
        }
    }

    private static boolean asksWho(Event event) {
        return event.getType() == EventType.USER_INFO_REQUEST;
    }

    private boolean linksAtFirstLogin(Event event) {
        return LINKS.contains(event.getType())
                && login().map(one -> one.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS))
                        .isPresent();
    }

    private Optional<AuthenticationSessionModel> login() {
        return Optional.ofNullable(session.getContext().getAuthenticationSession());
    }

    private boolean admitted(RealmModel realm, Event event) {
        if (LINKS.contains(event.getType())) {
            return login().filter(one -> LinkAdmission.granted(one, event.getUserId()))
                    .isPresent();
        }
        Optional<UserSessionModel> ended = userSession(realm, event);
        return LOGINS.contains(event.getType())
                ? ended.filter(one -> Admission.claim(session, one)).isPresent()
                : ended.flatMap(Admission::decision).isPresent();
    }

    private Optional<UserSessionModel> userSession(RealmModel realm, Event event) {
        return Optional.ofNullable(session.getContext().getUserSession())
                .filter(own -> own.getId().equals(event.getSessionId()))
                .or(() -> Optional.ofNullable(event.getSessionId())
                        .map(id -> session.sessions().getUserSession(realm, id)));
    }

    /** A client that acts for itself is no customer. */
    private boolean serviceAccount(RealmModel realm, Event event) {
        return Optional.ofNullable(event.getUserId())
                .map(id -> session.users().getUserById(realm, id))
                .map(UserModel::getServiceAccountClientLink)
                .isPresent();
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {}

    @Override
    public void close() {}
}
