package jp.sekisho.endpoints.caller;

import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.endpoints.problem.Problem;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A confidential app that calls for itself: with its service account's token for the audience {@code sekisho}. */
public final class Apps {

    private static final Logger LOG = LoggerFactory.getLogger(Apps.class);

    private final KeycloakSession session;

    public Apps(KeycloakSession session) {
        this.session = session;
    }

    public KeycloakSession session() {
        return session;
    }

    /** Who calls. */
    public record App(RealmModel realm, RealmPolicy policy, ClientModel client, UserModel account, AccessToken token) {

        /** Both as the token says and as it stands now, which is asked for only where the token says so. */
        public boolean has(String name) {
            AccessToken.Access access = token.getResourceAccess(LiveToken.AUDIENCE);
            return access != null && access.isUserInRole(name) && holds(name);
        }

        private boolean holds(String name) {
            return Optional.ofNullable(realm.getClientByClientId(LiveToken.AUDIENCE))
                    .map(owner -> owner.getRole(name))
                    .filter(account::hasRole)
                    .isPresent();
        }
    }

    /** 401 for whom no app's token vouches, 403 without TLS or the role, 404 where the realm has no policy, 503 without a database. */
    public Response forApp(String role, Body.Work<App> work) {
        try {
            return answer(role, work);
        } catch (RuntimeException trouble) {
            if (!ofTheDatabase(trouble)) {
                throw trouble;
            }
            LOG.error("The database answers no app", trouble);
            session.getTransactionManager().setRollbackOnly();
            return Problem.unavailable("storage", "Nothing can be stored at the moment. Ask the same again later.");
        }
    }

    private static boolean ofTheDatabase(Throwable trouble) {
        return Stream.iterate(trouble, Objects::nonNull, Throwable::getCause).anyMatch(SQLException.class::isInstance);
    }

    private Response answer(String role, Body.Work<App> work) {
        RealmModel realm = session.getContext().getRealm();
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return Problem.notFound("This realm has no checkpoint.");
        }
        if (realm.getSslRequired().isRequired(session.getContext().getConnection())) {
            return Problem.forbidden("HTTPS is required.");
        }
        OwnToken caller = OwnToken.of(session).orElse(null);
        if (caller == null || caller.account().getServiceAccountClientLink() == null) {
            return Problem.unauthorized(
                    "An app's own access token for the audience " + LiveToken.AUDIENCE + " is required.");
        }
        App app = new App(realm, policy.get(), caller.client(), caller.account(), caller.token());
        if (!app.has(role)) {
            return Problem.forbidden("The role " + role + " of the client " + LiveToken.AUDIENCE + " is required.");
        }
        return work.answer(app);
    }
}
