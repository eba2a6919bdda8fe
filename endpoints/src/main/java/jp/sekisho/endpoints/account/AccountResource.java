package jp.sekisho.endpoints.account;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.operation.Quota;
import jp.sekisho.endpoints.access.OwnRules;
import jp.sekisho.endpoints.activity.MyActivity;
import jp.sekisho.endpoints.caller.Apps;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.device.MyDevices;
import jp.sekisho.endpoints.freeze.OwnFreeze;
import jp.sekisho.endpoints.freeze.StopPage;
import jp.sekisho.endpoints.interim.Schedule;
import jp.sekisho.endpoints.limit.MyLimits;
import jp.sekisho.endpoints.mailaddress.Addresses;
import jp.sekisho.endpoints.notice.Choices;
import jp.sekisho.endpoints.notice.Language;
import jp.sekisho.endpoints.operation.AppsOperations;
import jp.sekisho.endpoints.operation.MyOperations;
import jp.sekisho.endpoints.operation.MyPayees;
import jp.sekisho.endpoints.operation.OpenApi;
import jp.sekisho.endpoints.pages.PagesResource;
import jp.sekisho.endpoints.passkey.MyPasskeys;
import jp.sekisho.endpoints.profile.Profile;
import jp.sekisho.endpoints.session.Reports;
import jp.sekisho.endpoints.signal.AppsSignals;
import org.keycloak.models.KeycloakSession;

/** {@code /realms/{realm}/sekisho}: the routes of customers and of apps, each to its feature. Errors are problem documents (RFC 9457). */
public class AccountResource {

    private final SignedIn signedIn;
    private final ClientAddresses addresses;
    private final Apps apps;
    private final Quota quota;

    AccountResource(KeycloakSession session, ClientAddresses addresses, Quota quota) {
        this.signedIn = new SignedIn(session);
        this.addresses = addresses;
        this.apps = new Apps(session);
        this.quota = quota;
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
    @Path("account/language")
    public Response language() {
        return new Language(signedIn).language();
    }

    @PUT
    @Path("account/language")
    public Response chooseLanguage(String body) {
        return new Language(signedIn).choose(body);
    }

    @GET
    @Path("account/schedule")
    public Response schedule() {
        return new Schedule(signedIn).view();
    }

    @GET
    @Path("account/access-rules")
    public Response accessRules() {
        return new OwnRules(signedIn).rules();
    }

    @POST
    @Path("account/access-rules")
    public Response makeAccessRules(String body) {
        return new OwnRules(signedIn).make(body);
    }

    @DELETE
    @Path("account/access-rules/{id}")
    public Response endAccessRule(@PathParam("id") String id) {
        return new OwnRules(signedIn).end(id);
    }

    @GET
    @Path("account/freeze")
    public Response freezes() {
        return new OwnFreeze(signedIn).freezes();
    }

    @POST
    @Path("account/freeze")
    public Response freeze(String body) {
        return new OwnFreeze(signedIn).freeze(body);
    }

    @POST
    @Path("account/disown")
    public Response disown(String body) {
        return new OwnFreeze(signedIn).disown(body);
    }

    @GET
    @Path("stop")
    public Response stopPage() {
        return new StopPage(signedIn.session(), addresses).form();
    }

    @POST
    @Path("stop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response stop() {
        return new StopPage(signedIn.session(), addresses).stop();
    }

    @POST
    @Path("sessions/{session}/report")
    public Response report(@PathParam("session") String session, String body) {
        return new Reports(apps, quota).report(session, body);
    }

    @POST
    @Path("operations")
    public Response propose(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, String body) {
        return new AppsOperations(apps, quota).propose(contentType, body);
    }

    @GET
    @Path("openapi.json")
    public Response openApi() {
        return OpenApi.document();
    }

    @POST
    @Path("signals")
    public Response signals(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, String body) {
        return new AppsSignals(apps, quota).take(contentType, body);
    }

    @GET
    @Path("operations/{operation}")
    public Response operation(@PathParam("operation") String operation) {
        return new AppsOperations(apps, quota).operation(operation);
    }

    @POST
    @Path("operations/{operation}/redeem")
    public Response redeem(
            @PathParam("operation") String operation,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            String body) {
        return new AppsOperations(apps, quota).redeem(operation, contentType, body);
    }

    @POST
    @Path("operations/{operation}/result")
    public Response result(
            @PathParam("operation") String operation,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            String body) {
        return new AppsOperations(apps, quota).result(operation, contentType, body);
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
    @Path("account/operations")
    public Response myOperations() {
        return new MyOperations(signedIn).operations();
    }

    @DELETE
    @Path("account/operations/{operation}")
    public Response cancelOperation(@PathParam("operation") String operation) {
        return new MyOperations(signedIn).cancel(operation);
    }

    @GET
    @Path("account/payees")
    public Response payees() {
        return new MyPayees(signedIn).payees();
    }

    @DELETE
    @Path("account/payees/{id}")
    public Response removePayee(@PathParam("id") String id) {
        return new MyPayees(signedIn).remove(id);
    }

    @GET
    @Path("account/limits")
    public Response limits() {
        return new MyLimits(signedIn).limits();
    }

    @PUT
    @Path("account/limits")
    public Response setLimits(String body) {
        return new MyLimits(signedIn).set(body);
    }

    @GET
    @Path("account/passkeys")
    public Response passkeys() {
        return new MyPasskeys(signedIn).passkeys();
    }
}
