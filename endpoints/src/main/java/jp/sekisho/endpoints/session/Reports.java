package jp.sekisho.endpoints.session;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.decision.SessionLook;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.operation.Errand;
import jp.sekisho.checkpoint.operation.FrontEnds;
import jp.sekisho.checkpoint.operation.Quota;
import jp.sekisho.checkpoint.session.SessionWatch;
import jp.sekisho.endpoints.caller.Apps;
import jp.sekisho.endpoints.caller.Apps.App;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.operation.AppsOperations;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.session.Answer;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

/**
 * A confidential app refreshes from its own server: where the customer is, and with what, only it can say. It is believed
 * where it speaks against going on, access rules included, and nowhere else.
 */
// JP25-11
public final class Reports {

    private static final String ROLE = "evaluate-operations";

    /**
     * What the app saw.
     *
     * @param address the customer's, as text
     * @param userAgent the header as it came
     */
    record Report(String address, String userAgent) {

        Report {
            if (address == null || userAgent == null) {
                throw new IllegalArgumentException("address and userAgent are required; what is not known is empty.");
            }
        }
    }

    private final Apps apps;
    private final Quota quota;

    public Reports(Apps apps, Quota quota) {
        this.apps = apps;
        this.quota = quota;
    }

    /** Only for sessions of the app and of its front ends; of others it does not even learn that they exist. */
    public Response report(String sessionId, String body) {
        return apps.forApp(ROLE, app -> {
            Report report = Body.read(body, Report.class);
            return session(app, sessionId)
                    .map(found -> quota.come(
                                    app.client(),
                                    app.policy().profile().operations(),
                                    found.getUser().getId(),
                                    Errand.REPORT)
                            .map(AppsOperations::tooMany)
                            .orElseGet(() -> judge(app, found, report)))
                    .orElseGet(() -> Problem.notFound("No such session."));
        });
    }

    private Response judge(App app, UserSessionModel userSession, Report report) {
        SessionWatch watch = SessionWatch.of(apps.session(), app.realm(), app.policy());
        SessionSight asserted = watch.asserted(userSession, report.address(), report.userAgent());
        SessionLook look = watch.byReport(userSession, asserted);
        if (!look.judgement().changes().isEmpty()) {
            watch.conclude(userSession, asserted, look);
        }
        return Response.ok(Map.of("session", word(look)), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static String word(SessionLook look) {
        if (look.goesOn()) {
            return "goes-on";
        }
        return look.judgement().answer().filter(Answer.END::equals).isPresent() ? "ended" : "log-in-again";
    }

    private Optional<UserSessionModel> session(App app, String id) {
        UserSessionProvider sessions = apps.session().sessions();
        return Stream.of(sessions.getUserSession(app.realm(), id), sessions.getOfflineUserSession(app.realm(), id))
                .filter(Objects::nonNull)
                .filter(found -> FrontEnds.loggedIn(app.realm(), app.client(), found))
                .filter(found -> found.getUser() != null)
                .findFirst();
    }
}
