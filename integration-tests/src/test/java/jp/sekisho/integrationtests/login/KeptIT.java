package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.keycloak.models.utils.HmacOTP;

/** What is kept of what somebody typed, and what ends with a password. */
@LoginTest
class KeptIT {

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

    private int sessions(Customer customer) {
        return world.admin()
                .get(World.realm("/users/" + world.id(customer) + "/sessions"))
                .size();
    }
}
