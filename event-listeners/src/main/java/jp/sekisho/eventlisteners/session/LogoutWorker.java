package jp.sekisho.eventlisteners.session;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.session.Logouts;
import jp.sekisho.storage.session.Logouts.Logout;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.TokenManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.ResourceAdminManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells apps of sessions that have ended, by OpenID Connect Back-Channel Logout, and again until they have heard: an app keeps
 * a session of its own, which is what a thief uses. Any node may do it; an app that hears it twice loses nothing.
 */
// JP25-11
public final class LogoutWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LogoutWorker.class);

    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final int BATCH = 20;
    private static final Duration SOONEST = Duration.ofSeconds(5);
    private static final Duration LATEST = Duration.ofMinutes(10);

    /** No app's own session lasts longer. */
    private static final Duration GIVEN_UP = Duration.ofDays(1);

    private final KeycloakSessionFactory factory;

    public LogoutWorker(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    @Override
    public void run() {
        // An app that does not answer is asked once a round: the others need not wait for it again and again.
        Set<String> deaf = new HashSet<>();
        List<Logout> due = take();
        while (!due.isEmpty()) {
            for (Logout each : due) {
                boolean heard = !deaf.contains(each.clientId()) && heard(each);
                if (!heard) {
                    deaf.add(each.clientId());
                }
                settle(each, heard);
            }
            due = take();
        }
    }

    private List<Logout> take() {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> new Logouts(em(session)).take(now(session), HOLD, BATCH));
    }

    private void settle(Logout due, boolean heard) {
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            Logouts logouts = new Logouts(em(session));
            Duration waited = Duration.between(due.endedAt(), now(session));
            if (heard) {
                logouts.done(due.id());
            } else if (waited.compareTo(GIVEN_UP) > 0) {
                LOG.error("realm {}: client {} never heard of the end of a session", due.realmId(), due.clientId());
                Metrics.globalRegistry.counter("sekisho.logout.given.up").increment();
                logouts.done(due.id());
            } else {
                logouts.again(due.id(), now(session).plus(pause(waited)));
            }
        });
    }

    /** As long again as it has been waited. */
    private static Duration pause(Duration waited) {
        if (waited.compareTo(SOONEST) < 0) {
            return SOONEST;
        }
        return waited.compareTo(LATEST) > 0 ? LATEST : waited;
    }

    private boolean heard(Logout due) {
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> tell(session, due));
        } catch (RuntimeException trouble) {
            LOG.warn("realm {}: client {} was not told of a logout", due.realmId(), due.clientId(), trouble);
            return false;
        }
    }

    /** @return also where there is nobody to tell any more */
    private static boolean tell(KeycloakSession session, Logout due) {
        RealmModel realm = session.realms().getRealm(due.realmId());
        if (realm == null) {
            return true;
        }
        session.getContext().setRealm(realm);
        ClientModel client = realm.getClientById(due.clientId());
        if (client == null || !client.isEnabled()) {
            return true;
        }
        UserModel user = Optional.ofNullable(session.users().getUserById(realm, due.userId()))
                .orElseGet(() -> new Departed(session, realm, due.userId()));
        String url = ResourceAdminManager.getBackchannelLogoutUrl(session, client);
        if (url == null) {
            return true;
        }
        session.getContext().setClient(client);
        EndedApp ended = new EndedApp(
                new EndedSession(due.sessionId(), realm, user),
                client,
                Optional.ofNullable(due.issuer())
                        .map(issuer -> Map.of(OIDCLoginProtocol.ISSUER, issuer))
                        .orElse(Map.of()));
        TokenManager tokens = session.tokens();
        String token = tokens.encode(tokens.initLogoutToken(client, user, ended));
        return new BackChannel(session.getProvider(HttpClientProvider.class).getHttpClient()).tell(url, token);
    }

    private static Instant now(KeycloakSession session) {
        return DatabaseClock.now(em(session));
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
