package jp.sekisho.endpoints.account;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jp.sekisho.endpoints.activity.MyActivity;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.device.MyDevices;
import jp.sekisho.endpoints.notice.Choices;
import jp.sekisho.endpoints.pages.PagesResource;
import jp.sekisho.endpoints.passkey.MyPasskeys;
import jp.sekisho.endpoints.profile.Profile;
import org.keycloak.models.KeycloakSession;

/** {@code /realms/{realm}/sekisho}: the routes of customers, each to its feature. Errors are problem documents (RFC 9457). */
public class AccountResource {

    private final SignedIn signedIn;

    AccountResource(KeycloakSession session) {
        this.signedIn = new SignedIn(session);
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

    /** The pages on which customers do all this. */
    @Path("pages")
    public PagesResource pages() {
        return new PagesResource(signedIn.session());
    }

    @GET
    @Path("account/profile")
    public Response profile() {
        return new Profile(signedIn).profile();
    }

    @GET
    @Path("account/devices")
    public Response devices() {
        return new MyDevices(signedIn).devices();
    }

    @DELETE
    @Path("account/devices")
    public Response forgetDevices() {
        return new MyDevices(signedIn).forgetAll();
    }

    @PUT
    @Path("account/devices/{id}")
    public Response nameDevice(@PathParam("id") String id, String body) {
        return new MyDevices(signedIn).name(id, body);
    }

    @DELETE
    @Path("account/devices/{id}")
    public Response forgetDevice(@PathParam("id") String id) {
        return new MyDevices(signedIn).forget(id);
    }

    @GET
    @Path("account/activity")
    public Response activity(@QueryParam("before") String before) {
        return new MyActivity(signedIn).activity(before);
    }

    @GET
    @Path("account/passkeys")
    public Response passkeys() {
        return new MyPasskeys(signedIn).passkeys();
    }
}
