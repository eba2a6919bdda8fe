package jp.sekisho.endpoints.operation;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.operation.FrontEnds;
import jp.sekisho.checkpoint.session.SessionWatch;
import jp.sekisho.endpoints.caller.Apps.App;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** For whom an app asks: only who is logged in to it at this moment. Whose credential was stolen names nobody else. */
public final class Customer {

    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");

    private final KeycloakSession session;
    private final App app;

    public Customer(KeycloakSession session, App app) {
        this.session = session;
        this.app = app;
    }

    /** By a live access token of the app or of its front end. What binds a token to a key is shown to them, not here. */
    Stream<UserSessionModel> byToken(String token) {
        KeycloakContext context = session.getContext();
        UserSessionModel apps = context.getUserSession();
        AuthResult found = AuthenticationManager.verifyIdentityToken(
                session,
                app.realm(),
                context.getUri(),
                context.getConnection(),
                true,
                true,
                null,
                false,
                token,
                context.getHttpRequest().getHttpHeaders(),
                verifier -> {});
        // It makes the customer the caller.
        context.setClient(app.client());
        context.setBearerToken(app.token());
        context.setUserSession(apps);
        return Stream.ofNullable(found)
                .filter(known -> FrontEnds.belong(app.client(), known.client().getClientId()))
                .map(AuthResult::session);
    }

    /** By the id of a session in which he is logged in to the app or to its front end. */
    public Stream<UserSessionModel> bySession(String id) {
        // The database takes not any text.
        if (!ID.matcher(id).matches()) {
            return Stream.empty();
        }
        UserSessionProvider sessions = session.sessions();
        // One after the other: who is logged in is not looked for among the offline ones, which asks the database.
        return Stream.<Supplier<UserSessionModel>>of(
                        () -> sessions.getUserSession(app.realm(), id),
                        () -> sessions.getOfflineUserSession(app.realm(), id))
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .filter(found -> FrontEnds.loggedIn(app.realm(), app.client(), found))
                .filter(found -> found.getUser() != null);
    }

    /** Whether it may be asked about, now. */
    public boolean living(UserSessionModel userSession) {
        return userSession.getUser().isEnabled()
                && SessionWatch.isCustomers(userSession)
                && userSession.getPersistenceState() != SessionPersistenceState.TRANSIENT
                && !SessionWatch.outlived(session, app.realm(), userSession);
    }
}
