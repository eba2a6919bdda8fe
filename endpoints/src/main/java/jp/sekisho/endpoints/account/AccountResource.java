package jp.sekisho.endpoints.account;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jp.sekisho.endpoints.caller.Apps;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.notice.Choices;
import jp.sekisho.endpoints.session.Reports;
import org.keycloak.models.KeycloakSession;

/** {@code /realms/{realm}/sekisho}: the routes of customers, each to its feature. Errors are problem documents (RFC 9457). */
public class AccountResource {

    private final SignedIn signedIn;
    private final Apps apps;

    AccountResource(KeycloakSession session) {
        this.signedIn = new SignedIn(session);
        this.apps = new Apps(session);
    }

    @GET
    @Path("account/notices")
    public Response notices() {
        return new Choices(signedIn).choices();
    }

    @PUT
    @Path("account/notices")
    public Response choose(String body) {
        return new Choices(signedIn).choose(body);
    }

    @POST
    @Path("sessions/{session}/report")
    public Response report(@PathParam("session") String session, String body) {
        return new Reports(apps).report(session, body);
    }
}
