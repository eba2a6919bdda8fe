package jp.sekisho.endpoints.account;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.mailaddress.Addresses;
import jp.sekisho.endpoints.notice.Choices;
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

    @GET
    @Path("account/addresses")
    public Response addresses() {
        return new Addresses(signedIn).addresses();
    }

    @POST
    @Path("account/addresses")
    public Response addAddress(String body) {
        return new Addresses(signedIn).add(body);
    }

    @POST
    @Path("account/addresses/verification")
    public Response verifyAddress(String body) {
        return new Addresses(signedIn).verify(body);
    }

    @DELETE
    @Path("account/addresses/{id}")
    public Response removeAddress(@PathParam("id") String id) {
        return new Addresses(signedIn).remove(id);
    }
}
