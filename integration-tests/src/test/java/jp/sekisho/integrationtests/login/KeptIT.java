package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.Admin.Refused;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.keycloak.models.utils.HmacOTP;

/** What is kept of what somebody typed, and what ends with a password. */
@LoginTest
class KeptIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEW_PASSWORD = "Kasumi-ga-ura-22000";
    private static final String INDIVIDUAL_NUMBER = "1234-5678-9018";

    private final World world;

    KeptIT(World world) {
        this.world = world;
    }

    // FFAJ-1.5-S1, FFAJ-2.2-S4
    @Test
    void whatIsTypedWhereANameIsAskedIsInNoEvent() throws Exception {
        Customer customer = world.customer();
        List<String> typed = List.of("Himitsu-no-pasuwado-1", INDIVIDUAL_NUMBER, customer.username());
        for (String name : typed) {
            world.visitor(Origin.TOKYO_HOME).openLogin().password(name, "Not-the-password-1");
            world.visitor(Origin.TOKYO_HOME)
                    .openLogin()
                    .follow("a[href*=reset-credentials]")
                    .submit("#sekisho-reset-name-form", Map.of("username", name));
        }
        JsonNode events = world.admin().get(World.realm("/events?type=LOGIN_ERROR&type=RESET_PASSWORD_ERROR&max=100"));
        assertThat(events.size()).isGreaterThanOrEqualTo(typed.size());
        assertThat(events.toString().toLowerCase(Locale.ROOT))
                .doesNotContain("himitsu", INDIVIDUAL_NUMBER, customer.username());
        assertThat(world.event(customer).path("type").asText()).isEqualTo("LOGIN_ERROR");
    }

    // FFAJ-2.2-S4
    @Test
    void anIndividualNumberIsNoNameOfACredential() throws Exception {
        Customer customer = world.customer();
        Page asked = world.visitor(Origin.TOKYO_HOME)
                .openLogin(Map.of("kc_action", "CONFIGURE_TOTP"))
                .password(customer.username(), customer.password())
                .otp(world.otp(customer, 0))
                .remember(true);
        String secret = asked.document()
                .selectFirst("#kc-totp-settings-form input[name=totpSecret]")
                .val();
        Page back =
                asked.submit("#kc-totp-settings-form", Map.of("totp", totp(secret), "userLabel", INDIVIDUAL_NUMBER));
        assertThat(back.parameter("kc_action_status")).as(back.text()).contains("success");
        JsonNode credentials = world.admin().get(World.realm("/users/" + world.id(customer) + "/credentials"));
        assertThat(credentials.findValuesAsText("type"))
                .filteredOn("otp"::equals)
                .hasSize(2);
        assertThat(credentials.toString()).doesNotContain(INDIVIDUAL_NUMBER);
        assertThat(world.admin()
                        .get(World.realm("/events?user=" + world.id(customer)))
                        .toString())
                .doesNotContain(INDIVIDUAL_NUMBER);
    }

    // FFAJ-2.2-S4
    @Test
    void noCredentialIsRenamedToAnIndividualNumberAtKeycloaksOwnDoors() throws Exception {
        Customer customer = world.customer();
        String own = accountToken(customer);
        String otp = otp(customer);
        URI account = accountInterface("credentials/" + otp + "/label");
        URI admin = adminInterface("/users/" + world.id(customer) + "/credentials/" + otp + "/userLabel");
        for (String number : List.of(INDIVIDUAL_NUMBER, "わたしの番号は１２３４　５６７８　９０１８")) {
            HttpResponse<String> byHimself = Bearer.put(account, own, "application/json", '"' + number + '"');
            HttpResponse<String> byStaff =
                    Bearer.put(admin, world.admin().token(), "text/plain; charset=utf-8", number);
            for (HttpResponse<String> refused : List.of(byHimself, byStaff)) {
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
                assertThat(refused.body()).doesNotContain(number);
            }
            assertThat(byHimself.body()).contains("個人番号はご入力いただけません");
            assertThat(label(customer)).isEqualTo("demo");
        }
        assertThat(Bearer.put(account, own, "application/json", "\"新しい電話 2026-11\"")
                        .statusCode())
                .isEqualTo(204);
        assertThat(label(customer)).isEqualTo("新しい電話 2026-11");
        assertThat(Bearer.put(admin, world.admin().token(), "text/plain; charset=utf-8", "1234-5678-9017")
                        .statusCode())
                .as("its check digit is another")
                .isEqualTo(204);
        assertThat(label(customer)).isEqualTo("1234-5678-9017");
    }

    // FFAJ-2.2-S4
    @Test
    void aNewCredentialOfTheAdminInterfaceIsNotCalledAnIndividualNumber() {
        Customer updated = world.customerWithoutApp();
        ObjectNode user = (ObjectNode) world.user(updated);
        user.putArray("credentials").add(appCalled(INDIVIDUAL_NUMBER));
        world.admin().put(World.realm("/users/" + world.id(updated)), user);
        assertThat(label(updated)).isEmpty();

        Customer imported = world.customerWithoutApp();
        ObjectNode again = (ObjectNode) world.user(imported);
        again.putArray("credentials").add(appCalled(INDIVIDUAL_NUMBER));
        world.admin()
                .post(World.realm("/partialImport"), Map.of("ifResourceExists", "OVERWRITE", "users", List.of(again)));
        assertThat(label(imported)).isEmpty();
    }

    /** What Keycloak knows without the profile's naming it. */
    // FFAJ-2.2-S4
    @Test
    void noLanguageIsAnIndividualNumber() throws Exception {
        Customer customer = world.customer();
        URI account = accountInterface("");
        String own = accountToken(customer);
        ObjectNode profile = (ObjectNode) JSON.readTree(
                Bearer.send(HttpRequest.newBuilder(account).GET(), own).body());
        profile.withObject("/attributes").putArray("locale").add(INDIVIDUAL_NUMBER);
        HttpResponse<String> byHimself = Bearer.send(
                HttpRequest.newBuilder(account)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(profile.toString())),
                own);
        assertThat(byHimself.statusCode()).as(byHimself.body()).isEqualTo(400);
        assertThat(byHimself.body()).contains("sekisho-individual-number");

        ObjectNode user = (ObjectNode) world.user(customer);
        user.withObject("/attributes").putArray("locale").add(INDIVIDUAL_NUMBER);
        assertThatThrownBy(() -> world.admin().put(World.realm("/users/" + world.id(customer)), user))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));

        Page in = world.visitor(Origin.TOKYO_HOME)
                .openLogin(Map.of("kc_locale", INDIVIDUAL_NUMBER))
                .password(customer.username(), customer.password())
                .otp(world.otp(customer, 1))
                .remember(true);
        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        assertThat(world.user(customer).at("/attributes/locale/0").asText()).isEqualTo("ja");
    }

    // JP25-8
    @Test
    void aPasswordOfAnAdministratorEndsEverySession() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        assertThat(visitor.openLogin().kind()).as("single sign-on").isEqualTo(Kind.APP);
        world.admin()
                .put(
                        World.realm("/users/" + world.id(customer) + "/reset-password"),
                        Map.of("type", "password", "value", NEW_PASSWORD, "temporary", false));
        assertThat(sessions(customer)).isZero();
        assertThat(visitor.openLogin().kind()).isEqualTo(Kind.PASSWORD);
    }

    // JP25-8
    @Test
    void aForcedNewPasswordEndsTheOtherSessionsAndNotThisOne() throws Exception {
        Customer customer = world.customer();
        Visitor elsewhere = world.visitor(Origin.TOKYO_HOME);
        elsewhere.enrol(customer);
        world.admin()
                .put(
                        World.realm("/users/" + world.id(customer)),
                        Map.of("requiredActions", List.of("UPDATE_PASSWORD")));
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page form = visitor.logIn(customer).otp(world.otp(customer, 1)).remember(true);
        assertThat(form.kind()).as(form.text()).isEqualTo(Kind.NEW_PASSWORD);
        Page in = form.submit(
                "#kc-passwd-update-form", Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));
        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        assertThat(sessions(customer)).isEqualTo(1);
        assertThat(elsewhere.openLogin().kind()).isEqualTo(Kind.PASSWORD);
        assertThat(visitor.openLogin().kind()).isEqualTo(Kind.APP);
    }

    static String totp(String secret) {
        int period = Math.toIntExact(Instant.now().getEpochSecond() / 30);
        return new HmacOTP(6, HmacOTP.HMAC_SHA1, 0).generateHOTP(secret.getBytes(StandardCharsets.UTF_8), period);
    }

    private String accountToken(Customer customer) throws Exception {
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        return visitor.at(Doors.console(world, world.base()))
                .openLogin()
                .tokens()
                .access();
    }

    private static ObjectNode appCalled(String name) {
        return JSON.createObjectNode()
                .put("type", "otp")
                .put("userLabel", name)
                .put("secretData", "{\"value\":\"sekisho-kept\"}")
                .put("credentialData", "{\"subType\":\"totp\",\"digits\":6,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
    }

    private String otp(Customer customer) {
        return credential(customer).path("id").asText();
    }

    private String label(Customer customer) {
        return credential(customer).path("userLabel").asText("");
    }

    /** His authenticator app. */
    private JsonNode credential(Customer customer) {
        return world.admin()
                .get(World.realm("/users/" + world.id(customer) + "/credentials"))
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("otp"))
                .findFirst()
                .orElseThrow();
    }

    private URI accountInterface(String path) {
        return world.base().resolve("/realms/" + DemoRealm.NAME + "/account/" + path);
    }

    private URI adminInterface(String path) {
        return world.keycloak().base().resolve(World.realm(path));
    }

    private int sessions(Customer customer) {
        return world.admin()
                .get(World.realm("/users/" + world.id(customer) + "/sessions"))
                .size();
    }
}
