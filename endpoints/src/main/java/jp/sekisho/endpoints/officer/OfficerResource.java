package jp.sekisho.endpoints.officer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.lock.Locks;
import jp.sekisho.endpoints.passkey.ProvisionalPasskeys;

/** {@code /admin/realms/{realm}/sekisho}: the routes of officers, each to its feature. Errors are problem documents (RFC 9457). */
public class OfficerResource {

    private final Officers officers;

    OfficerResource(Officers officers) {
        this.officers = officers;
    }

    @GET
    @Path("customers/{user}/locks")
    public Response locks(@PathParam("user") String user) {
        return new Locks(officers).locks(user);
    }

    @POST
    @Path("customers/{user}/unlock")
    public Response unlock(@PathParam("user") String user, String body) {
        return new Locks(officers).unlock(user, body);
    }

    @POST
    @Path("customers/{user}/passkeys/stop")
    public Response stopPasskeys(@PathParam("user") String user, String body) {
        return new ProvisionalPasskeys(officers).stop(user, body);
    }
}
