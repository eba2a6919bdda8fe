package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Keycloak's forms on which somebody types who he is. The shipped realm has none of them; here is a firm that opened them,
 * and lets its customers change their own names.
 */
// FFAJ-1.5-S1, FFAJ-2.2-S4
@LoginTest
class ProfileFormsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRM = "open-forms";
    private static final String UPSTREAM = "open-forms-upstream";
    private static final String INDIVIDUAL_NUMBER = "123456789018";
    private static final String REFUSED = "個人番号はご入力いただけません";
    private static final List<String> NAMES = List.of("lastName", "firstName", "lastNameKana", "firstNameKana");
    private static final List<String> OWN =
            Stream.concat(Stream.of("email"), NAMES.stream()).toList();
    private static final String UPDATE = "#kc-update-profile-form";
    private static final String REGISTER = "#kc-register-form";

    private final World world;

    ProfileFormsIT(World world) {
        this.world = world;
    }

    @AfterEach
    void close() {
        world.admin().get("/admin/realms").forEach(realm -> {
            String name = realm.path("realm").asText();
            if (name.equals(FIRM) || name.equals(UPSTREAM)) {
                world.admin().delete("/admin/realms/" + name);
            }
        });
    }

    /** The address is changed elsewhere, by a code. */
    @Test
    void theProfileThatStaffAskForKeepsWhatItDoesNotChange() throws Exception {
        Customer customer = Customer.SUZUKI;
        App app = world.realmBeside(FIRM, realm -> {
            open(realm);
            realm.withArray("users").add(DemoRealm.user(customer));
        });
        Visitor home = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        assertThat(home.enrol(customer).kind()).isEqualTo(Kind.APP);
        JsonNode before = user(customer.username());
        String id = before.path("id").asText();
        world.admin().put(path("/users/" + id), Map.of("requiredActions", List.of("UPDATE_PROFILE")));
        Page form = home.openLogin();
        Map<String, String> values = values(form, UPDATE);
        assertThat(values)
                .containsEntry("lastName", customer.lastName())
                .containsEntry("firstNameKana", customer.firstNameKana());
        assertThat(values).doesNotContainKeys("customerNumber", "residenceCountry");
        Page in = form.submit(UPDATE, values);
        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        assertThat(user(customer.username())).isEqualTo(before);

        world.admin().put(path("/users/" + id), Map.of("requiredActions", List.of("UPDATE_PROFILE")));
        Page again = home.openLogin();
        for (String name : NAMES) {
            again = again.submit(UPDATE, with(values, name, numberFor(name)));
            assertThat(again.text()).as(name).contains(REFUSED);
            assertThat(user(customer.username())).as(name).isEqualTo(asking(before));
        }
        for (String staffs : List.of("customerNumber", "residenceCountry", "username")) {
            again = again.submit(UPDATE, with(values, staffs, "US"));
            assertThat(again.shows(UPDATE)).as(staffs).isTrue();
            assertThat(user(customer.username())).as(staffs).isEqualTo(asking(before));
        }
        assertThat(again.submit(UPDATE, with(values, "lastName", "高橋")).kind()).isEqualTo(Kind.APP);
        assertThat(user(customer.username())).isEqualTo(((ObjectNode) before.deepCopy()).put("lastName", "高橋"));
        assertThat(events()).doesNotContain(INDIVIDUAL_NUMBER, customer.lastName(), "高橋");

        afterMoreThanAPasswordOnly(home, customer, id);
    }

    /** His own device, where his password alone opens his account, does not open who he is. */
    private void afterMoreThanAPasswordOnly(Visitor home, Customer customer, String id) {
        assertThat(home.logIn(customer).kind()).as("a login like any other").isEqualTo(Kind.APP);
        world.admin().put(path("/users/" + id), Map.of("requiredActions", List.of("UPDATE_PROFILE")));
        Page asked = home.logIn(customer);
        assertThat(asked.kind()).as(asked.text()).isEqualTo(Kind.OTP);
        Page form = asked.otp(world.otp(customer, 1));
        assertThat(form.shows(UPDATE)).as(form.text()).isTrue();

        world.admin()
                .get(path("/users/" + id + "/credentials"))
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("otp"))
                .forEach(otp -> world.admin()
                        .delete(path("/users/" + id + "/credentials/"
                                + otp.path("id").asText())));
        Page waits = home.logIn(customer);
        assertThat(waits.kind()).as("he holds no more: " + waits.text()).isEqualTo(Kind.APP);
        assertThat(user(customer.username()).path("requiredActions")).hasSize(1);
    }

    @Test
    void whoRegistersHimselfIsWhatHeTyped() throws Exception {
        App app = world.realmBeside(FIRM, realm -> {
            open(realm);
            registration(realm);
        });
        Visitor newcomer = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        Page form = newcomer.openLogin(Map.of("prompt", "create"));
        Map<String, String> typed = new LinkedHashMap<>(values(form, REGISTER));
        typed.put("username", "tanaka");
        typed.put("email", "tanaka@example.jp");
        typed.put("lastName", "田中");
        typed.put("firstName", "一郎");
        typed.put("lastNameKana", "タナカ");
        typed.put("firstNameKana", "イチロウ");
        typed.put("password", "Kasumi-ga-ura-22000");
        typed.put("password-confirm", "Kasumi-ga-ura-22000");
        for (String name : values(form, REGISTER).keySet()) {
            if (OWN.contains(name) || name.equals("username")) {
                form = form.submit(REGISTER, with(typed, name, numberFor(name)));
                assertThat(form.text()).as(name).contains(REFUSED);
            }
        }
        assertThat(world.admin().get(path("/users"))).isEmpty();
        Map<String, String> more = with(typed, "customerNumber", "1000-9999");
        more.put("residenceCountry", "US");
        form.submit(REGISTER, more);
        JsonNode user = user("tanaka");
        assertThat(user.path("email").asText()).isEqualTo("tanaka@example.jp");
        assertThat(user.path("lastName").asText()).isEqualTo("田中");
        assertThat(user.path("firstName").asText()).isEqualTo("一郎");
        assertThat(user.at("/attributes/lastNameKana/0").asText()).isEqualTo("タナカ");
        assertThat(user.at("/attributes/firstNameKana/0").asText()).isEqualTo("イチロウ");
        assertThat(user.path("attributes").has("customerNumber")).isFalse();
        assertThat(user.path("attributes").has("residenceCountry")).isFalse();
        assertThat(events()).doesNotContain(INDIVIDUAL_NUMBER, "tanaka@example.jp", "田中");
    }

    @Test
    void whoComesFromAProviderIsWhatHeReviewed() throws Exception {
        upstream();
        App app = world.realmBeside(FIRM, realm -> {
            open(realm);
            provider(realm);
        });
        try (BrowserVisitor newcomer = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = newcomer.browser();
            browser.open(app.loginPage(Map.of("kc_idp_hint", "upstream")));
            browser.type("#username", "hanako");
            browser.type("#password", World.SECRET);
            browser.follow("#kc-login");
            assertThat(value(browser, "email")).isEqualTo("hanako@upstream.example");
            assertThat(value(browser, "lastName")).isEqualTo("鈴木");
            for (String name : OWN) {
                String before = value(browser, name);
                browser.type("#" + name, numberFor(name));
                browser.follow("[type=submit]");
                assertThat(browser.text()).as(name).contains(REFUSED);
                browser.type("#" + name, before);
            }
            assertThat(world.admin().get(path("/users"))).isEmpty();
            browser.type("#lastNameKana", "スズキ");
            browser.click("[type=submit]");
            JsonNode user = browser.await("the customer", () -> {
                JsonNode found = user("hanako");
                return found.isMissingNode() ? null : found;
            });
            assertThat(user.path("email").asText()).isEqualTo("hanako@upstream.example");
            assertThat(user.path("lastName").asText()).isEqualTo("鈴木");
            assertThat(user.path("firstName").asText()).isEqualTo("花子");
            assertThat(user.at("/attributes/lastNameKana/0").asText()).isEqualTo("スズキ");
            assertThat(events()).doesNotContain(INDIVIDUAL_NUMBER, "hanako@upstream.example", "鈴木");
        }
    }

    private static String value(Browser browser, String field) {
        return browser.await("#" + field).getDomProperty("value");
    }

    private static String numberFor(String field) {
        return field.equals("email") ? INDIVIDUAL_NUMBER + "@example.jp" : INDIVIDUAL_NUMBER;
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    /** What the browser would send. */
    private static Map<String, String> values(Page page, String form) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Element field : page.document().select(form + " input[name]")) {
            values.put(field.attr("name"), field.val());
        }
        assertThat(values).as(page.text()).isNotEmpty();
        return values;
    }

    private static JsonNode asking(JsonNode user) {
        ObjectNode asked = user.deepCopy();
        asked.putArray("requiredActions").add("UPDATE_PROFILE");
        return asked;
    }

    private JsonNode user(String name) {
        return world.admin().get(path("/users?exact=true&username=" + name)).path(0);
    }

    private String events() {
        JsonNode events = world.admin().get(path("/events?max=200"));
        assertThat(events).isNotEmpty();
        return events.toString();
    }

    private static String path(String path) {
        return "/admin/realms/" + FIRM + path;
    }

    private static void open(ObjectNode realm) {
        realm.withArray("requiredActions")
                .addObject()
                .put("alias", "UPDATE_PROFILE")
                .put("name", "Update Profile")
                .put("providerId", "UPDATE_PROFILE")
                .put("enabled", true)
                .put("defaultAction", false)
                .put("priority", 40);
        ArrayNode config = (ArrayNode) realm.at("/components/org.keycloak.userprofile.UserProfileProvider/0/config")
                .path("kc.user.profile.config");
        ObjectNode profile = read(config.path(0).asText());
        for (JsonNode attribute : profile.path("attributes")) {
            if (OWN.contains(attribute.path("name").asText())) {
                ((ObjectNode) attribute.path("permissions"))
                        .putArray("edit")
                        .add("admin")
                        .add("user");
            }
        }
        config.set(0, profile.toString());
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void registration(ObjectNode realm) {
        realm.put("registrationAllowed", true).put("registrationFlow", "open-registration");
        ArrayNode page = flow(realm, "open-registration", true);
        page.addObject()
                .put("authenticator", "registration-page-form")
                .put("flowAlias", "open-registration-form")
                .put("authenticatorFlow", true)
                .put("requirement", "REQUIRED")
                .put("priority", 10);
        step(page, "sekisho-decide", 20);
        step(page, "sekisho-admit", 30);
        ArrayNode form = flow(realm, "open-registration-form", false);
        step(form, "registration-user-creation", 10);
        step(form, "registration-password-action", 20);
    }

    private void provider(ObjectNode realm) {
        String upstream = world.base() + "/realms/" + UPSTREAM + "/protocol/openid-connect";
        realm.putArray("identityProviders")
                .addObject()
                .put("alias", "upstream")
                .put("providerId", "oidc")
                .put("enabled", true)
                .put("trustEmail", true)
                .put("firstBrokerLoginFlowAlias", "open-review")
                .put("postBrokerLoginFlowAlias", "open-after-provider")
                .putObject("config")
                .put("clientId", "firm")
                .put("clientSecret", World.SECRET)
                .put("clientAuthMethod", "client_secret_post")
                .put("authorizationUrl", upstream + "/auth")
                .put("tokenUrl", upstream + "/token")
                .put("defaultScope", "openid profile email")
                .put("syncMode", "IMPORT");
        for (JsonNode browser : realm.path("authenticationFlows")) {
            if (browser.path("alias").asText().equals("sekisho-who")) {
                step((ArrayNode) browser.path("authenticationExecutions"), "identity-provider-redirector", 15)
                        .put("requirement", "ALTERNATIVE");
            }
        }
        ArrayNode review = flow(realm, "open-review", true);
        step(review, "idp-review-profile", 10).put("authenticatorConfig", "open-review");
        step(review, "idp-create-user-if-unique", 20);
        realm.withArray("authenticatorConfig")
                .addObject()
                .put("alias", "open-review")
                .putObject("config")
                .put("update.profile.on.first.login", "on");
        ArrayNode after = flow(realm, "open-after-provider", true);
        step(after, "sekisho-decide", 10);
        step(after, "sekisho-admit", 20);
    }

    private static ArrayNode flow(ObjectNode realm, String alias, boolean topLevel) {
        return realm.withArray("authenticationFlows")
                .addObject()
                .put("alias", alias)
                .put("providerId", topLevel ? "basic-flow" : "form-flow")
                .put("topLevel", topLevel)
                .put("builtIn", false)
                .putArray("authenticationExecutions");
    }

    private static ObjectNode step(ArrayNode flow, String authenticator, int priority) {
        return flow.addObject()
                .put("authenticator", authenticator)
                .put("authenticatorFlow", false)
                .put("requirement", "REQUIRED")
                .put("priority", priority);
    }

    private void upstream() {
        Map<String, Object> client = Map.of(
                "clientId",
                "firm",
                "secret",
                World.SECRET,
                "redirectUris",
                List.of(world.base()
                        .resolve("/realms/" + FIRM + "/broker/upstream/endpoint")
                        .toString()));
        Map<String, Object> hanako = Map.of(
                "username",
                "hanako",
                "enabled",
                true,
                "email",
                "hanako@upstream.example",
                "emailVerified",
                true,
                "firstName",
                "花子",
                "lastName",
                "鈴木",
                "credentials",
                List.of(Map.of("type", "password", "value", World.SECRET)));
        world.admin()
                .post(
                        "/admin/realms",
                        Map.of(
                                "realm",
                                UPSTREAM,
                                "enabled",
                                true,
                                "sslRequired",
                                "none",
                                "clients",
                                List.of(client),
                                "users",
                                List.of(hanako)));
    }
}
