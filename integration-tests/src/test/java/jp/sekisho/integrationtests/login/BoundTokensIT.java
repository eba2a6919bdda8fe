package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A token that is bound to a key is good for nothing without it. */
// JP25-11
@LoginTest
class BoundTokensIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final String PAGES = "sekisho-pages";

    private final World world;

    BoundTokensIT(World world) {
        this.world = world;
    }

    /** The customers' pages are such a client. */
    @Test
    void aStolenTokenOfTheCustomersPagesServesNowhere() throws Exception {
        Customer customer = world.customer();
        App pages = new App(
                world.base(),
                DemoRealm.NAME,
                PAGES,
                Optional.empty(),
                world.base().resolve(realm("sekisho/pages/")).toString());
        ProofKey own = ProofKey.create();
        ProofKey thiefs = ProofKey.create();
        URI profile = world.base().resolve(realm("sekisho/account/profile"));
        assertThat(ask(exchange(pages, customer, 0), Optional.empty()).statusCode())
                .as("no token without a key")
                .isEqualTo(400);

        HttpResponse<String> answer = ask(exchange(pages, customer, 1), Optional.of(own));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode tokens = JSON.readTree(answer.body());
        assertThat(tokens.path("token_type").asText()).isEqualTo("DPoP");
        String access = tokens.path("access_token").asText();
        String refresh = tokens.path("refresh_token").asText();

        String proof = own.proof("GET", profile, access);
        HttpResponse<String> his = get(profile, "DPoP " + access, proof);
        assertThat(his.statusCode()).as(his.body()).isEqualTo(200);
        assertThat(get(profile, "DPoP " + access, proof).statusCode())
                .as("a proof is good once")
                .isEqualTo(401);
        assertThat(get(profile, "Bearer " + access, null).statusCode())
                .as("without a proof")
                .isEqualTo(401);
        assertThat(get(profile, "DPoP " + access, null).statusCode()).isEqualTo(401);
        assertThat(get(profile, "Bearer " + access, own.proof("GET", profile, access))
                        .statusCode())
                .as("called another thing")
                .isEqualTo(401);
        assertThat(get(profile, "DPoP " + access, thiefs.proof("GET", profile, access))
                        .statusCode())
                .as("another's key")
                .isEqualTo(401);
        assertThat(get(profile, "DPoP " + access, own.proof("GET", profile.resolve("activity"), access))
                        .statusCode())
                .as("for another route")
                .isEqualTo(401);

        assertThat(ask(refresh(refresh), Optional.empty()).statusCode()).isEqualTo(400);
        assertThat(ask(refresh(refresh), Optional.of(thiefs)).statusCode()).isEqualTo(400);
        HttpResponse<String> refreshed = ask(refresh(refresh), Optional.of(own));
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
    }

    /** RFC 8705 */
    @Test
    void aTokenThatIsBoundToACertificateNeedsIt() throws Exception {
        Customer customer = world.customer();
        String own = world.authority().issue("bound-app");
        String thiefs = world.authority().issue("thief");
        App app = boundToCertificates("bound-app");
        String access = bound(exchange(app, customer, 0), own);
        HttpRequest.Builder profile = HttpRequest.newBuilder(world.base().resolve(realm("sekisho/account/profile")))
                .header("Authorization", "Bearer " + access);

        assertThat(send(profile.copy().header(World.CERTIFICATE, own)).statusCode())
                .isEqualTo(200);
        assertThat(send(profile.copy()).statusCode()).as("without it").isEqualTo(401);
        assertThat(send(profile.copy().header(World.CERTIFICATE, thiefs)).statusCode())
                .as("with another")
                .isEqualTo(401);
    }

    /** Keycloak lets its admin routes look at certificates no more than others. */
    @Test
    void anOfficersTokenToo() throws Exception {
        Customer officer = world.customer();
        String own = world.authority().issue(officer.username());
        App desk = boundToCertificates("bound-desk");
        world.give(officer, "sekisho-officer");
        Page in = Visitor.from(desk, Origin.TOKYO_HOME.address(), Visitor.CHROME)
                .header(World.CERTIFICATE, own)
                .openLogin()
                .submit("#sekisho-certificate-form", Map.of("certificate", "true"))
                .remember(false);
        String access = bound(
                desk.exchangeForm(in.code().orElseGet(() -> codeOf(in.response().uri()))), own);
        HttpRequest.Builder proposals = HttpRequest.newBuilder(
                        world.keycloak().base().resolve(World.realm("/sekisho/proposals")))
                .header("Authorization", "Bearer " + access);

        HttpResponse<String> his = send(proposals.copy().header(World.CERTIFICATE, own));
        assertThat(his.statusCode()).as(his.body()).isEqualTo(200);
        assertThat(send(proposals.copy()).statusCode()).as("without it").isEqualTo(401);
        assertThat(send(proposals
                                .copy()
                                .header(World.CERTIFICATE, world.authority().issue("thief-of-desk")))
                        .statusCode())
                .as("with another")
                .isEqualTo(401);
    }

    private App boundToCertificates(String name) {
        App app = new App(world.base(), DemoRealm.NAME, name, Optional.of(World.SECRET), "http://localhost/" + name);
        world.admin()
                .post(
                        World.realm("/clients"),
                        Map.of(
                                "clientId",
                                app.client(),
                                "publicClient",
                                false,
                                "secret",
                                World.SECRET,
                                "redirectUris",
                                List.of(app.callback()),
                                "defaultClientScopes",
                                List.of("basic", "acr", "amr", "roles", "sekisho"),
                                "attributes",
                                Map.of("tls.client.certificate.bound.access.tokens", "true")));
        return app;
    }

    /** The access token. @param certificate that it is bound to */
    private String bound(Map<String, String> exchange, String certificate) throws Exception {
        Map<String, String> form = new HashMap<>(exchange);
        form.put("client_secret", World.SECRET);
        HttpResponse<String> answer = send(token(form).header(World.CERTIFICATE, certificate));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    private Map<String, String> exchange(App app, Customer customer, int periodsAhead) {
        Visitor visitor = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        Page in = visitor.enrol(customer, periodsAhead);
        // Who comes back to Keycloak's own address has gone there already.
        String code = in.code().orElseGet(() -> codeOf(in.response().uri()));
        return app.exchangeForm(code);
    }

    private static String codeOf(URI uri) {
        Matcher code = CODE.matcher(uri.toString());
        assertThat(code.find()).as(uri.toString()).isTrue();
        return code.group(1);
    }

    private static Map<String, String> refresh(String token) {
        return Map.of("grant_type", "refresh_token", "client_id", PAGES, "refresh_token", token);
    }

    private HttpResponse<String> ask(Map<String, String> form, Optional<ProofKey> key) throws Exception {
        HttpRequest.Builder request = token(form);
        if (key.isPresent()) {
            request.header("DPoP", key.get().proof("POST", tokenEndpoint(), null));
        }
        return send(request);
    }

    private HttpRequest.Builder token(Map<String, String> form) {
        return HttpRequest.newBuilder(tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(App.form(form)));
    }

    private URI tokenEndpoint() {
        return world.base().resolve(realm("protocol/openid-connect/token"));
    }

    private static HttpResponse<String> get(URI uri, String authorization, String proof) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Authorization", authorization);
        if (proof != null) {
            request.header("DPoP", proof);
        }
        return send(request);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.version(HttpClient.Version.HTTP_1_1).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String realm(String path) {
        return "/realms/" + DemoRealm.NAME + "/" + path;
    }
}
