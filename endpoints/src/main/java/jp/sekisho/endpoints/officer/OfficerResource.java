package jp.sekisho.endpoints.officer;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.endpoints.access.OfficersRules;
import jp.sekisho.endpoints.alert.Alerts;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.freeze.Freezes;
import jp.sekisho.endpoints.identity.Identity;
import jp.sekisho.endpoints.interim.CustomersExemption;
import jp.sekisho.endpoints.lock.Locks;
import jp.sekisho.endpoints.operation.PayeesOfFirm;
import jp.sekisho.endpoints.operation.Unfinished;
import jp.sekisho.endpoints.passkey.ProvisionalPasskeys;
import jp.sekisho.endpoints.policy.Policies;

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
    @Path("customers/{user}/identity")
    public Response identity(@PathParam("user") String user) {
        return new Identity(officers).records(user);
    }

    @POST
    @Path("customers/{user}/identity")
    public Response recordIdentity(
            @PathParam("user") String user, @QueryParam("recovery") String recovery, String body) {
        return new Identity(officers).record(user, Optional.ofNullable(recovery), body);
    }

    @POST
    @Path("customers/{user}/identity/approve")
    public Response approveIdentity(
            @PathParam("user") String user, @QueryParam("recovery") String recovery, String body) {
        return new Identity(officers).approveRecord(user, Optional.ofNullable(recovery), body);
    }

    @POST
    @Path("customers/{user}/postal-code")
    public Response postalCode(@PathParam("user") String user, @QueryParam("propose") boolean propose, String body) {
        return new Identity(officers).postalCode(user, propose, body);
    }

    @POST
    @Path("payees")
    public Response bringPayees(String body) {
        return new PayeesOfFirm(officers).bring(body);
    }

    @GET
    @Path("customers/{user}/operations")
    public Response operations(@PathParam("user") String user) {
        return new Unfinished(officers).of(user);
    }

    @POST
    @Path("customers/{user}/operations/{operation}/release")
    public Response releaseOperation(
            @PathParam("user") String user, @PathParam("operation") String operation, String body) {
        return new Unfinished(officers).release(user, operation, body);
    }

    @POST
    @Path("customers/{user}/operations/{operation}/stop")
    public Response stopOperation(
            @PathParam("user") String user, @PathParam("operation") String operation, String body) {
        return new Unfinished(officers).stop(user, operation, body);
    }

    @GET
    @Path("alerts")
    public Response alerts(@QueryParam("before") String before) {
        return new Alerts(officers).alerts(before);
    }

    @GET
    @Path("proposals")
    public Response proposals() {
        return new Approvals(officers).waiting();
    }

    @POST
    @Path("proposals/{id}/approve")
    public Response approveProposal(@PathParam("id") String id, String body) {
        return new Approvals(officers).approve(id, body);
    }

    @POST
    @Path("proposals/{id}/withdraw")
    public Response withdrawProposal(@PathParam("id") String id, String body) {
        return new Approvals(officers).withdraw(id, body);
    }

    @POST
    @Path("policy/proposals")
    public Response proposePolicy(String body) {
        return new Policies(officers).propose(body);
    }

    @GET
    @Path("exemptions")
    public Response exemptions() {
        return new CustomersExemption(officers).rate();
    }

    @GET
    @Path("customers/{user}/exemption")
    public Response exemption(@PathParam("user") String user) {
        return new CustomersExemption(officers).view(user);
    }

    @POST
    @Path("customers/{user}/exemption")
    public Response proposeExemption(@PathParam("user") String user, String body) {
        return new CustomersExemption(officers).propose(user, body);
    }

    @POST
    @Path("customers/{user}/exemption/approve")
    public Response approveExemption(@PathParam("user") String user, String body) {
        return new CustomersExemption(officers).approve(user, body);
    }

    @POST
    @Path("customers/{user}/exemption/end")
    public Response endExemption(@PathParam("user") String user, String body) {
        return new CustomersExemption(officers).end(user, body);
    }

    @GET
    @Path("access-rules")
    public Response accessRules(
            @QueryParam("scope") String scope, @QueryParam("of") String of, @QueryParam("first") int first) {
        return new OfficersRules(officers).rules(scope, of, first);
    }

    @POST
    @Path("access-rules")
    public Response makeAccessRules(@QueryParam("force") boolean force, String body) {
        return new OfficersRules(officers).make(body, force);
    }

    @DELETE
    @Path("access-rules/{id}")
    public Response endAccessRule(
            @PathParam("id") String id, @QueryParam("reason") String reason, @QueryParam("force") boolean force) {
        return new OfficersRules(officers).end(id, reason, force);
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

    @POST
    @Path("customers/{user}/disown")
    public Response disown(@PathParam("user") String user, String body) {
        return new Freezes(officers).disown(user, body);
    }

    @GET
    @Path("customers/{user}/marks")
    public Response marks(@PathParam("user") String user) {
        return new Freezes(officers).marks(user);
    }

    @POST
    @Path("customers/{user}/marks/lift")
    public Response liftMark(@PathParam("user") String user, String body) {
        return new Freezes(officers).lift(user, body);
    }

    @POST
    @Path("customers/{user}/passkeys/stop")
    public Response stopPasskeys(@PathParam("user") String user, String body) {
        return new ProvisionalPasskeys(officers).stop(user, body);
    }
}
