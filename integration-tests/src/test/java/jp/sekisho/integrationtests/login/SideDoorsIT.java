package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.doors.ServerEndpoints;
import jp.sekisho.integrationtests.doors.SideDoors;
import jp.sekisho.integrationtests.doors.SideDoors.Answer;
import jp.sekisho.integrationtests.doors.SideDoors.Door;
import jp.sekisho.integrationtests.doors.SideDoors.Kind;
import jp.sekisho.integrationtests.doors.SideDoors.State;
import jp.sekisho.integrationtests.login.StoppedCustomer.Stopped;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.keycloak.StockDistribution;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks the table of side doors: the server has no other, and what is closed is. */
@LoginTest
class SideDoorsIT {

    private static final Map<Kind, String> PROVIDERS = Map.of(
            Kind.GRANT, "oauth2-grant-type",
            Kind.PROTOCOL, "login-protocol",
            Kind.ACTION_TOKEN, "actionTokenHandler",
            Kind.REQUIRED_ACTION, "required-action",
            Kind.AUTHENTICATOR, "authenticator",
            Kind.REALM_EXTENSION, "realm-restapi-extension",
            Kind.ADMIN_EXTENSION, "admin-realm-restapi-extension");

    /** Where nothing is given with another status: no content, the console's own page, a form once more. */
    private static final Map<String, Integer> OTHERWISE = Map.of(
            "device-request",
            204,
            "welcome",
            302,
            "stock-browser-flow",
            200,
            "reset-credentials",
            200,
            "execute-actions",
            204);

    private static final String CALLBACK = "http://localhost/opened";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:";

    @TempDir
    static Path directory;

    private final World world;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SideDoorsIT(World world) {
        this.world = world;
    }

    @Test
    void theServerHasNoDoorThatDoesNotStandInTheTable() throws Exception {
        SideDoors table = SideDoors.read();
        JsonNode server = world.admin().get("/admin/serverinfo");
        Map<Kind, Set<String>> missing = new LinkedHashMap<>();
        PROVIDERS.forEach((kind, spi) -> {
            Set<String> ids = new TreeSet<>();
            server.path("providers").path(spi).path("providers").fieldNames().forEachRemaining(ids::add);
            assertThat(ids).as(spi).isNotEmpty();
            missing.put(kind, table.missing(kind, ids));
        });
        Set<String> features = StreamSupport.stream(server.path("features").spliterator(), false)
                .filter(feature -> feature.path("enabled").asBoolean())
                .map(feature -> feature.path("name")
                        .asText()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(features).contains("passkeys").doesNotContain("impersonation", "device-flow", "ciba");
        missing.put(Kind.FEATURE, table.missing(Kind.FEATURE, features));
        Set<String> endpoints = ServerEndpoints.of(Path.of(System.getProperty(StockDistribution.ZIP)), directory);
        assertThat(endpoints).hasSizeGreaterThan(500);
        missing.put(Kind.ENDPOINT, table.missing(Kind.ENDPOINT, endpoints));

        missing.values().removeIf(Set::isEmpty);
        assertThat(missing).as("give each a line in side-doors.yaml").isEmpty();
        assertThat(endpoints)
                .as("what the table says of endpoints that are gone")
                .containsAll(table.ids(Kind.ENDPOINT));
    }

    @Test
    void onlyActionsOfTheTableAreOpenInTheRealm() throws Exception {
        Set<String> open = SideDoors.read().doors().stream()
                .filter(door -> door.kind() == Kind.REQUIRED_ACTION && door.state() != State.CLOSED)
                .flatMap(door -> door.ids().stream())
                .collect(Collectors.toSet());
        assertThat(world.admin()
                        .get(World.realm("/authentication/required-actions"))
                        .valueStream()
                        .filter(action -> action.path("enabled").asBoolean())
                        .map(action -> action.path("alias").asText()))
                .isNotEmpty()
                .isSubsetOf(open);
    }

    /** Whoever administers the realm was made an administrator by somebody. */
    @Test
    void nobodyHasAStandingRightToAdminister() {
        JsonNode realm = world.admin().get(World.realm(""));
        String everybody = realm.path("defaultRole").path("name").asText();
        for (String role : List.of(everybody, "sekisho-officer", "sekisho-approver", "sekisho-contractor")) {
            assertThat(world.admin()
                            .get(World.realm("/roles/" + role + "/composites"))
                            .valueStream()
                            .map(each -> each.path("name").asText()))
                    .as(role)
                    .doesNotContain("manage-users", "manage-realm", "view-users", "realm-admin", "impersonation");
        }
    }

    @Test
    void whatIsClosedGivesNothingToARightPassword() throws Exception {
        Customer customer = world.customerWithoutApp();
        knockEverywhere(customer);
    }

    @Test
    void norToThatOfALockedCustomer() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor stranger = world.visitor(Origin.FRANKFURT);
        for (int failure = 0; failure < 10; failure++) {
            stranger.logIn(customer, "Wrong-" + failure + "-password");
            world.tables().endThrottles(world.realmId());
        }
        knockEverywhere(customer);
    }

    /** Keycloak's user is enabled: the row alone shuts them. */
    @Test
    void norToThatOfAFrozenCustomer() throws Exception {
        Customer customer = world.customerWithoutApp();
        world.tables().frozen(world.realmId(), world.id(customer));
        knockEverywhere(customer);
    }

    /** Where customers do get through, what the table says of one who is locked or frozen is what a request gets. */
    // FFAJ-1.2-S3, JP25-8
    @ParameterizedTest
    @EnumSource
    void aLockedOrFrozenCustomerGetsWhatTheTableSays(Stopped how) throws Exception {
        Map<String, Answer> table = new TreeMap<>();
        SideDoors.read().doors().stream().flatMap(door -> door.gets().stream()).forEach(got -> {
            Answer said = how == Stopped.LOCKED ? got.locked() : got.frozen();
            Answer before = table.put(got.at(), said);
            assertThat(before == null ? said : before)
                    .as("what the table says of " + got.at() + " elsewhere")
                    .isEqualTo(said);
        });
        StoppedCustomer customer = new StoppedCustomer(world);
        Map<String, Answer> answers = customer.answers(how);
        assertThat(answers).as("the pages: %s", customer.pages()).isEqualTo(table);
    }

    private void knockEverywhere(Customer customer) throws Exception {
        Knocks knocks = new Knocks(customer);
        Map<String, Knock> known = knocks.all();
        Set<String> named = SideDoors.read().doors().stream()
                .map(Door::knocks)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).as("what the table tries, and what is tried").isEqualTo(new TreeSet<>(known.keySet()));
        JsonNode before = credentials(customer);
        int mails = world.mailsTo(customer).size();
        for (Map.Entry<String, Knock> knock : known.entrySet()) {
            HttpResponse<String> answer = knock.getValue().send();
            assertThat(answer.body()).as(knock.getKey()).doesNotContain("access_token", "\"id_token\"");
            assertThat(answer.headers().firstValue("Location").orElse(""))
                    .as(knock.getKey())
                    .doesNotContain("code=");
            assertThat(answer.statusCode())
                    .as(knock.getKey() + ": " + answer.body())
                    .satisfiesAnyOf(
                            status -> assertThat(status).isBetween(400, 501),
                            status -> assertThat(status).isEqualTo(OTHERWISE.get(knock.getKey())));
        }
        assertThat(world.admin().get("/admin/realms/master/users?username=mallory"))
                .isEmpty();
        assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                .isEmpty();
        assertThat(credentials(customer)).isEqualTo(before);
        assertThat(world.mailsTo(customer).stream().skip(mails))
                .allSatisfy(mail -> assertThat(mail.text()).doesNotContain("http"));
        assertThat(world.event(customer).path("type").asText()).isNotEqualTo("LOGIN");
    }

    private JsonNode credentials(Customer customer) {
        return world.admin().get(World.realm("/users/" + world.id(customer) + "/credentials"));
    }

    /** A request at a door. */
    @FunctionalInterface
    private interface Knock {
        HttpResponse<String> send() throws Exception;
    }

    /** All of them, by somebody who knows the customer's password, or holds another customer's token. */
    private final class Knocks {

        private final Customer customer;
        private final String token;

        Knocks(Customer customer) throws Exception {
            this.customer = customer;
            Customer other = world.customer();
            this.token = world.visitor(Origin.TOKYO_HOME).enrol(other).tokens().access();
        }

        Map<String, Knock> all() {
            Map<String, Knock> knocks = new LinkedHashMap<>();
            knocks.put("password-grant", () -> grant("password", password()));
            knocks.put("password-grant-opened", this::passwordGrantOpened);
            knocks.put("device-grant", () -> grant(GRANT + "device_code", Map.of("device_code", "x")));
            knocks.put("ciba-grant", () -> grant("urn:openid:params:grant-type:ciba", Map.of("auth_req_id", "x")));
            knocks.put("token-exchange", this::exchange);
            knocks.put("jwt-grant", () -> grant(GRANT + "jwt-bearer", Map.of("assertion", token)));
            knocks.put(
                    "pre-authorized-grant",
                    () -> grant(GRANT + "pre-authorized_code", Map.of("pre-authorized_code", "x")));
            knocks.put("device-request", () -> post("/protocol/openid-connect/auth/device", client(Map.of())));
            knocks.put("device-page", () -> get("/device"));
            knocks.put(
                    "ciba-request",
                    () -> post(
                            "/protocol/openid-connect/ext/ciba/auth",
                            client(Map.of("login_hint", customer.username(), "scope", "openid"))));
            knocks.put("saml", () -> post("/protocol/saml", Map.of("SAMLRequest", "x")));
            knocks.put("docker", () -> get("/protocol/docker-v2/auth?service=x&account=" + customer.username()));
            knocks.put("registration", () -> get("/protocol/openid-connect/registrations?" + authorization()));
            knocks.put("reset-credentials", this::resetCredentials);
            knocks.put("action-token", () -> get("/login-actions/action-token?client_id=trading-app&key=" + token));
            knocks.put(
                    "action-not-registered",
                    () -> get("/login-actions/required-action?client_id=trading-app&execution=UPDATE_PROFILE"));
            knocks.put("broker-login", () -> get("/broker/somebody/login?client_id=trading-app"));
            knocks.put("broker-endpoint", () -> get("/broker/somebody/endpoint?code=x&state=x"));
            knocks.put("client-registration", this::register);
            knocks.put("scim", () -> get("/scim/v2/Users"));
            knocks.put("ssf", () -> get("/ssf/transmitter/streams"));
            knocks.put("hostname-debug", () -> get("/hostname-debug"));
            knocks.put("welcome", this::firstAdministrator);
            knocks.put("impersonation", () -> asAdministrator("POST", "/impersonation", ""));
            knocks.put("stock-browser-flow", this::stockBrowserFlow);
            // The last: what it asks for would stand in the way of a login.
            knocks.put(
                    "execute-actions", () -> asAdministrator("PUT", "/execute-actions-email", "[\"UPDATE_PASSWORD\"]"));
            return knocks;
        }

        private HttpResponse<String> grant(String type, Map<String, String> more) throws Exception {
            Map<String, String> form = new LinkedHashMap<>(more);
            form.put("grant_type", type);
            return post("/protocol/openid-connect/token", client(form));
        }

        private Map<String, String> password() {
            return Map.of("username", customer.username(), "password", customer.password());
        }

        private HttpResponse<String> exchange() throws Exception {
            return grant(
                    GRANT + "token-exchange",
                    Map.of(
                            "subject_token",
                            token,
                            "subject_token_type",
                            "urn:ietf:params:oauth:token-type:access_token",
                            "requested_subject",
                            customer.username()));
        }

        /** An operator opened the grant; the realm's flow for it is closed all the same. */
        private HttpResponse<String> passwordGrantOpened() throws Exception {
            String name = "granted-" + customer.username();
            world.admin()
                    .post(
                            World.realm("/clients"),
                            Map.of("clientId", name, "publicClient", true, "directAccessGrantsEnabled", true));
            Map<String, String> form = new LinkedHashMap<>(password());
            form.put("grant_type", "password");
            form.put("client_id", name);
            return post("/protocol/openid-connect/token", form);
        }

        private HttpResponse<String> stockBrowserFlow() {
            String name = "stock-" + customer.username();
            String flow = world.admin()
                    .get(World.realm("/authentication/flows"))
                    .valueStream()
                    .filter(each -> each.path("alias").asText().equals("browser"))
                    .map(each -> each.path("id").asText())
                    .findFirst()
                    .orElseThrow();
            world.admin()
                    .post(
                            World.realm("/clients"),
                            Map.of(
                                    "clientId",
                                    name,
                                    "publicClient",
                                    true,
                                    "redirectUris",
                                    List.of(CALLBACK),
                                    "authenticationFlowBindingOverrides",
                                    Map.of("browser", flow)));
            App app = new App(world.base(), DemoRealm.NAME, name, Optional.empty(), CALLBACK);
            return Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME)
                    .openLogin()
                    .submit(password())
                    .response();
        }

        /** Who forgot his password and has not the mail. */
        private HttpResponse<String> resetCredentials() {
            Page asked = world.visitor(Origin.TOKYO_HOME)
                    .openLogin()
                    .follow("a[href*=reset-credentials]")
                    .submit("#sekisho-reset-name-form", Map.of("username", customer.username()));
            String form = "#sekisho-reset-code-form";
            return (asked.shows(form) ? asked.submit(form, Map.of("code", "00000000")) : asked).response();
        }

        private HttpResponse<String> register() throws Exception {
            return send(HttpRequest.newBuilder(realm("/clients-registrations/openid-connect"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"redirect_uris\":[\"" + CALLBACK + "\"]}")));
        }

        private HttpResponse<String> firstAdministrator() throws Exception {
            return send(form(
                    world.base().resolve("/"),
                    Map.of("username", "mallory", "password", "x", "passwordConfirmation", "x")));
        }

        private HttpResponse<String> asAdministrator(String method, String path, String body) throws Exception {
            Admin admin = world.admin();
            return send(HttpRequest.newBuilder(world.base().resolve(World.realm("/users/" + world.id(customer) + path)))
                    .header("Authorization", "Bearer " + admin.token())
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body)));
        }

        private HttpResponse<String> get(String path) throws Exception {
            return send(HttpRequest.newBuilder(realm(path)).header("Accept", "text/html"));
        }

        private HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
            return send(form(realm(path), form));
        }

        private Map<String, String> client(Map<String, String> form) {
            Map<String, String> all = new LinkedHashMap<>(form);
            all.put("client_id", "trading-app");
            all.put("client_secret", World.SECRET);
            return all;
        }

        private String authorization() {
            return "client_id=trading-app&response_type=code&scope=openid&redirect_uri="
                    + encoded(world.app().callback());
        }
    }

    private static HttpRequest.Builder form(URI uri, Map<String, String> form) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI realm(String path) {
        return world.base().resolve("/realms/" + DemoRealm.NAME + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
