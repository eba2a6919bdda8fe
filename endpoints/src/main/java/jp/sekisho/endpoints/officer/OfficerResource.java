package jp.sekisho.endpoints.officer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.freeze.Freezes;
import jp.sekisho.endpoints.lock.Locks;

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

    @GET
    @Path("customers/{user}/freezes")
    public Response freezes(@PathParam("user") String user) {
        return new Freezes(officers).freezes(user);
    }

    @POST
    @Path("customers/{user}/freeze")
    public Response freeze(@PathParam("user") String user, String body) {
        return new Freezes(officers).freeze(user, body);
    }

    @POST
    @Path("customers/{user}/thaw")
    public Response proposeThaw(@PathParam("user") String user, String body) {
        return new Freezes(officers).propose(user, body);
    }

    @POST
    @Path("customers/{user}/thaw/approve")
    public Response approveThaw(@PathParam("user") String user, String body) {
        return new Freezes(officers).approve(user, body);
    }
}
