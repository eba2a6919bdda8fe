package jp.sekisho.endpoints.signal;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.operation.Busy;
import jp.sekisho.checkpoint.operation.Errand;
import jp.sekisho.checkpoint.operation.Quota;
import jp.sekisho.checkpoint.signal.Signals;
import jp.sekisho.endpoints.caller.Apps;
import jp.sekisho.endpoints.caller.Apps.App;
import jp.sekisho.endpoints.operation.AppsOperations;
import jp.sekisho.endpoints.operation.Customer;
import jp.sekisho.endpoints.operation.Refusal;
import jp.sekisho.endpoints.problem.Problem;
import org.keycloak.models.UserSessionModel;

/** {@code …/sekisho/signals}: what an app's page noticed, passed on by the app's back end. It is never a reason to trust. */
// FFAJ-3-B
public final class AppsSignals {

    private static final int LONGEST = 64 * 1024;

    private final Apps apps;
    private final Quota quota;

    public AppsSignals(Apps apps, Quota quota) {
        this.apps = apps;
        this.quota = quota;
    }

    /** @param left out, since more came of the session than is looked at */
    record Taken(int taken, int left) {}

    public Response take(String contentType, String body) {
        return apps.forApp(AppsOperations.ROLE, app -> {
            try {
                return take(app, SignalRequest.read(AppsOperations.json(contentType, body, LONGEST)));
            } catch (Refusal refused) {
                return refused.answer();
            }
        });
    }

    private Response take(App app, SignalRequest request) {
        Customer customer = new Customer(apps.session(), app);
        Optional<UserSessionModel> userSession =
                customer.bySession(request.session()).filter(customer::living).findFirst();
        if (userSession.isEmpty()) {
            return Problem.unprocessable("customer", "/session", "Nobody is logged in to this app by it.");
        }
        Optional<Busy> busy = quota.come(
                app.client(),
                app.policy().profile().operations(),
                userSession.get().getUser().getId(),
                Errand.SIGNALS);
        if (busy.isPresent()) {
            return AppsOperations.tooMany(busy.get());
        }
        int left = apps.session()
                .getProvider(Signals.class)
                .add(
                        app.realm().getId(),
                        userSession.get().getId(),
                        request.batch(),
                        app.policy().profile().anomaly().signals());
        return Response.accepted(new Taken(request.batch().events().size() - left, left))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
