package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** What a customer sees of himself, and does for himself, over REST. */
@LoginTest
class AccountIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROPOSED = "パスキー（デフォルトラベル）";
    private static final String STEP_UP =
            "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"urn:sekisho:acr:mfa\"]}}}";

    private final World world;
    private final HttpClient http = HttpClient.newHttpClient();

    AccountIT(World world) {
        this.world = world;
    }

    // FFAJ-1.2-B2
    @Test
    void aDeviceIsNamedAndRemovedByItsOwnerOnlyAndIsUnknownThen() throws Exception {
        Customer customer = world.customer();
        Customer other = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        String token = home.enrol(customer).tokens().access();
        String others = world.visitor(Origin.TOKYO_HOME).enrol(other).tokens().access();

        JsonNode devices = get(token, "devices", home).at("/devices");
        assertThat(devices).hasSize(1);
        JsonNode device = devices.path(0);
        assertThat(device.path("thisBrowser").asBoolean()).isTrue();
        assertThat(device.path("browser").asText()).isEqualTo("Chrome");
        assertThat(device.at("/firstSeenIn/country").asText()).isEqualTo("JP");
        assertThat(device.at("/lastSeenIn/country").asText()).isEqualTo("JP");
        assertThat(device.path("rememberedUntil").asText())
                .isGreaterThan(device.path("lastSeenAt").asText());
        String path = "devices/" + device.path("id").asText();

        for (String name : new String[] {"", " ", "a\\nb", "あ".repeat(41)}) {
            assertThat(send("PUT", token, path, "{\"name\": \"" + name + "\"}").statusCode())
                    .as(name)
                    .isEqualTo(400);
        }
        HttpResponse<String> named = send("PUT", token, path, "{\"name\": \" 書斎の<b>PC</b> \"}");
        assertThat(named.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(named.body()).at("/devices/0/name").asText()).isEqualTo("書斎の<b>PC</b>");

        assertThat(send("PUT", others, path, "{\"name\": \"mine\"}").statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", others, path, null).statusCode()).isEqualTo(404);
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.APP);

        assertThat(send("DELETE", token, path, null).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", token, path, null).statusCode()).isEqualTo(404);
        assertThat(get(token, "devices", home).at("/devices")).isEmpty();
        assertThat(world.tables().evidence(world.realmId(), "DEVICE_REMOVED"))
                .anyMatch(record -> record.contains(device.path("id").asText()));
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.OTP);
    }

    @Test
    void removingADeviceEndsTheSessionsOnItAndNoOther() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        Visitor lost = world.visitor(Origin.TOKYO_HOME.address(), Visitor.SAFARI);
        String token = home.enrol(customer).tokens().access();
        String stolen = lost.enrol(customer, 1).tokens().access();
        JsonNode devices = get(token, "devices", home).at("/devices");
        assertThat(devices).hasSize(2);
        for (JsonNode device : devices) {
            if (!device.path("thisBrowser").asBoolean()) {
                send("DELETE", token, "devices/" + device.path("id").asText(), null);
            }
        }
        assertThat(send("GET", stolen, "devices", null).statusCode()).isEqualTo(401);
        assertThat(lost.openLogin().kind()).isEqualTo(Kind.PASSWORD);
        assertThat(get(token, "devices", home).at("/devices")).hasSize(1);

        assertThat(send("DELETE", token, "devices", null).statusCode()).isEqualTo(204);
        assertThat(get(token, "devices", home).at("/devices")).isEmpty();
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.OTP);
    }

    @Test
    void aSessionOfAMailCodeChangesNothingAndSeesNothingInFull() throws Exception {
        Customer customer = world.customerWithoutApp();
        Page in = world.visitor(Origin.TOKYO_HOME).logIn(customer);
        String token = in.mailCode(world.mailCode(customer, 1)).tokens().access();
        assertThat(send("DELETE", token, "devices", null).statusCode()).isEqualTo(403);
        JsonNode profile = get(token, "profile", null);
        assertThat(profile.path("heldUntil").isTextual()).isTrue();
        assertThat(profile.has("shownUntil")).isFalse();
        assertThat(profile.toString()).doesNotContain(customer.email(), customer.username());
    }

    // FFAJ-1.5-S1
    @Test
    void personalValuesAreMaskedUntilAFreshStepUp() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        String token = home.logIn(customer).tokens().access();
        JsonNode masked = get(token, "profile", null);
        assertThat(masked.has("shownUntil")).isFalse();
        assertThat(masked.path("values")).isNotEmpty();
        assertThat(masked.toString())
                .doesNotContain(
                        customer.email(), customer.username(), customer.lastName(), customer.firstName(), "スズキ");
        String address = Origin.TOKYO_HOME.address();
        assertThat(get(token, "activity", null).toString())
                .doesNotContain(address)
                .contains("114.164.***.***");

        Page in = home.openLogin(Map.of("claims", STEP_UP))
                .submit("#kc-form-login", Map.of("password", customer.password()))
                .otp(world.otp(customer, 1));
        String fresh = in.tokens().access();
        JsonNode shown = get(fresh, "profile", null);
        assertThat(shown.path("shownUntil").isTextual()).isTrue();
        assertThat(shown.toString()).contains(customer.email(), customer.lastName(), "スズキ");
        assertThat(get(fresh, "activity", null).toString()).contains(address);
        assertThat(get(token, "profile", null).toString())
                .as("an older token of the same session")
                .doesNotContain(customer.email());

        // The browser's session goes on with a login by password alone: a refresh would keep the acr.
        assertThat(home.openLogin(Map.of("prompt", "login"))
                        .submit("#kc-form-login", Map.of("password", customer.password()))
                        .kind())
                .isEqualTo(Kind.APP);
        assertThat(get(fresh, "profile", null).toString()).doesNotContain(customer.email());
    }

    // FFAJ-1.5-S1
    @Test
    void keycloaksOwnAccountInterfaceMasksAsWellAndTakesNoChange() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        home.logIn(customer);
        Visitor console = home.at(Doors.console(world, world.base()));
        String token = console.openLogin().tokens().access();
        ObjectNode masked = (ObjectNode) JSON.readTree(stock("GET", token, null).body());
        assertThat(masked.toString())
                .doesNotContain(
                        customer.email(), customer.username(), customer.lastName(), customer.firstName(), "スズキ");
        assertThat(masked.path("email").asText()).contains("***@");
        assertThat(masked.at("/userProfileMetadata/attributes"))
                .isNotEmpty()
                .allMatch(attribute -> attribute.path("readOnly").asBoolean()
                        || attribute.path("name").asText().equals("locale"));

        assertThat(stock("POST", token, masked.toString()).statusCode())
                .as("as it came")
                .isEqualTo(204);
        for (String field : List.of("email", "lastName", "username")) {
            HttpResponse<String> changed = stock(
                    "POST",
                    token,
                    masked.deepCopy().put(field, "mallory@evil.example").toString());
            assertThat(changed.statusCode()).as(field).isEqualTo(400);
            assertThat(changed.body()).contains(field, "sekisho-profile-masked");
        }
        for (List<String> guess : List.of(
                List.of("email", customer.email()),
                List.of("lastName", customer.lastName()),
                List.of("username", customer.username()))) {
            String field = guess.get(0);
            HttpResponse<String> right = stock(
                    "POST", token, masked.deepCopy().put(field, guess.get(1)).toString());
            HttpResponse<String> wrong = stock(
                    "POST",
                    token,
                    masked.deepCopy().put(field, guess.get(1) + "x").toString());
            assertThat(right.statusCode())
                    .as("no guess of %s is confirmed", field)
                    .isEqualTo(400);
            assertThat(right.body()).isEqualTo(wrong.body());
        }
        assertThat(stock("POST", token, "{}").statusCode()).isEqualTo(204);
        JsonNode kept = world.admin().get(World.realm("/users/" + world.id(customer)));
        assertThat(kept.path("email").asText()).isEqualTo(customer.email());
        assertThat(kept.path("lastName").asText()).isEqualTo(customer.lastName());
        assertThat(kept.at("/attributes/lastNameKana/0").asText()).isEqualTo("スズキ");

        String fresh = console.openLogin(Map.of("claims", STEP_UP))
                .submit("#kc-form-login", Map.of("password", customer.password()))
                .otp(world.otp(customer, 1))
                .tokens()
                .access();
        assertThat(stock("GET", token, null).body())
                .as("an older token of the same session")
                .doesNotContain(customer.email());
        assertThat(stock("GET", fresh, null).body())
                .contains(customer.email(), customer.lastName(), customer.firstName(), "スズキ");
    }

    /** Its console asks for a login with the change; the interface below it asked for a token of any session. */
    // JP25-1
    @Test
    void keycloaksOwnAccountInterfaceTakesNothingAwayFromWhoHasNotJustShownHimself() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        Page known = home.logIn(customer);
        assertThat(known.kind()).as(known.text()).isEqualTo(Kind.APP);
        assertThat(Doors.of(world, home, known.tokens()).removeApp(world.id(customer)))
                .isFalse();

        Page shown = home.openLogin(Map.of("claims", STEP_UP))
                .submit("#kc-form-login", Map.of("password", customer.password()))
                .otp(world.otp(customer, 1));
        assertThat(Doors.of(world, home, shown.tokens()).removeApp(world.id(customer)))
                .isTrue();
    }

    private HttpResponse<String> stock(String method, String token, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(world.base().resolve("/realms/broker/account/"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theActivityIsHisOwnAndReadPageByPage() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        String first = home.enrol(customer).tokens().access();
        String id = get(first, "activity", null).at("/activity/0/id").asText();
        String others = world.visitor(Origin.TOKYO_HOME)
                .enrol(world.customer())
                .tokens()
                .access();
        assertThat(ids(get(others, "activity", null))).hasSize(1).doesNotContain(id);

        world.visitor(Origin.LAGOS.address(), Visitor.SAFARI).logIn(customer, "Not-the-password-1");
        for (int login = 0; login < 20; login++) {
            home.logIn(customer);
        }
        JsonNode page = get(first, "activity", null);
        assertThat(ids(page)).hasSize(20);
        JsonNode next = get(first, "activity?before=" + page.path("before").asText(), null);
        assertThat(next.has("before")).isFalse();
        List<String> all = new ArrayList<>(ids(page));
        all.addAll(ids(next));
        assertThat(all).hasSize(22).endsWith(id);
        assertThat(new HashSet<>(all)).hasSize(22);
        JsonNode wrong = next.at("/activity/0");
        assertThat(wrong.path("result").asText()).isEqualTo("FAILED");
        assertThat(wrong.at("/place/country").asText()).isEqualTo("NG");
        JsonNode enrolled = next.at("/activity/1");
        assertThat(enrolled.path("result").asText()).isEqualTo("ADMITTED");
        assertThat(enrolled.path("factors")).extracting(JsonNode::asText).containsExactly("PASSWORD", "TOTP");

        for (String cursor : List.of("x", "1", "99999999999999999.a", "-1.a", "1.%27")) {
            assertThat(send("GET", first, "activity?before=" + cursor, null).statusCode())
                    .as(cursor)
                    .isEqualTo(400);
        }
    }

    @Test
    void thePagesRunNothingButThemselvesAndTheirFilesAreKeptForEver() throws Exception {
        URI pages = world.base().resolve("/realms/broker/sekisho/pages/");
        HttpResponse<String> shell = http.send(
                HttpRequest.newBuilder(pages).header("Accept-Language", "en").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(shell.statusCode()).isEqualTo(200);
        assertThat(shell.headers().map().keySet().stream()
                        .map(String::toLowerCase)
                        .collect(Collectors.toSet()))
                .contains("content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy");
        assertThat(shell.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(shell.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(shell.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; script-src " + pages)
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "'self'");
        assertThat(shell.body()).contains("<html lang=\"en\">").doesNotContain("style=", "onload=");

        URI script = URI.create(shell.body().replaceFirst("(?s).*src=\"([^\"]+)\".*", "$1"));
        HttpResponse<String> file =
                http.send(HttpRequest.newBuilder(script).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(kept -> assertThat(kept).contains("immutable"));
        assertThat(file.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));
        for (String absent : List.of("0000000000000000/main.js", "words/fr", "words/xx")) {
            assertThat(http.send(
                                    HttpRequest.newBuilder(pages.resolve(absent))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(absent)
                    .isEqualTo(404);
        }
        assertThat(http.send(
                                HttpRequest.newBuilder(script.resolve("assets.txt"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    /** Keycloak's page proposes one name for every passkey, and takes no second one of that name. */
    @Test
    void whoKeepsTheProposedNameHasAnyNumberOfPasskeysWithoutAName() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        String token = home.enrol(customer).tokens().access();
        String path = World.realm("/users/" + world.id(customer));
        ObjectNode user = (ObjectNode) world.user(customer);
        for (String label : List.of(PROPOSED, PROPOSED, "Passkey (Default Label)", " ", "書斎の鍵")) {
            user.withArray("/credentials")
                    .addObject()
                    .put("type", "webauthn-passwordless")
                    .put("userLabel", label)
                    .put("secretData", "{}")
                    .put(
                            "credentialData",
                            SoftPasskey.of(world.id(customer))
                                    .credentialData()
                                    .replace(
                                            "00000000-0000-0000-0000-000000000000",
                                            "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4"));
        }
        world.admin().put(path, user);
        List<JsonNode> stored = world.admin()
                .get(path + "/credentials")
                .valueStream()
                .filter(each -> each.path("type").asText().equals("webauthn-passwordless"))
                .toList();
        assertThat(stored).hasSize(5);
        assertThat(stored).extracting(each -> each.path("userLabel").asText("")).containsOnly("", "書斎の鍵");

        // As it was stored before.
        HttpResponse<String> renamed = http.send(
                HttpRequest.newBuilder(world.keycloak()
                                .base()
                                .resolve(path + "/credentials/"
                                        + stored.get(0).path("id").asText() + "/userLabel"))
                        .header("Authorization", "Bearer " + world.admin().token())
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .PUT(BodyPublishers.ofString(PROPOSED))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(renamed.statusCode()).isEqualTo(204);
        JsonNode passkeys = get(token, "passkeys", home).path("passkeys");
        assertThat(passkeys).hasSize(5);
        assertThat(passkeys.findValuesAsText("label")).containsExactly("書斎の鍵");
        assertThat(passkeys.findValuesAsText("authenticator")).hasSize(5).containsOnly("Google Password Manager");
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("activity").forEach(entry -> ids.add(entry.path("id").asText()));
        return ids;
    }

    /** @param browser whose device token comes along; null for none */
    private JsonNode get(String token, String route, Visitor browser) throws Exception {
        HttpRequest.Builder request = request("GET", token, route, null);
        if (browser != null) {
            request.header(
                    "Cookie",
                    browser.cookies().entrySet().stream()
                            .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String token, String route, String body) throws Exception {
        return http.send(request(method, token, route, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String token, String route, String body) {
        BodyPublisher content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return HttpRequest.newBuilder(world.base().resolve("/realms/broker/sekisho/account/" + route))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, content);
    }
}
