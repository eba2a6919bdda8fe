package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Where everybody binds a passkey before he is thawed, whom officers exempted from passkeys binds what he is exempt with. */
// JP25-5, JP25-8
@LoginTest(World.Setup.JP_2025)
class ExemptThawIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REASON = "{\"reason\":\"ご本人確認済み\"}";
    private static final String NEW_PASSWORD = "Kasumi-ga-ura-22000";
    private static final String TOTP = "#kc-totp-settings-form";

    private final World world;

    ExemptThawIT(World world) {
        this.world = world;
    }

    @Test
    void whoIsExemptBindsAPasswordAndAnAuthenticatorAppAndLogsInWithThem() throws Exception {
        Customer customer = world.customer();
        String proposer = world.officer("sekisho-officer").token();
        String approver = world.officer("sekisho-approver").token();
        exempted(proposer, approver, customer);
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        Page asked = home.logIn(customer);
        assertThat(asked.kind()).as(asked.toString()).isEqualTo(Kind.OTP);
        Jp2025IT.entered(asked.otp(world.otp(customer, 0)));

        String letter = thawed(proposer, approver, customer);

        home.forgetSession();
        Page form = home.openLogin()
                .follow("a[href*=reset-credentials]")
                .submit("#sekisho-reset-name-form", Map.of("username", customer.username(), "letter", "true"))
                .submit("#sekisho-letter-form", Map.of("code", letter));
        assertThat(form.shows("#registerWebAuthn")).as(form.text()).isFalse();
        Page app = form.submit(
                "#sekisho-reset-password-form", Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));
        assertThat(app.shows(TOTP)).as(app.text()).isTrue();
        String secret =
                app.document().selectFirst(TOTP + " input[name=totpSecret]").val();
        Page done = app.submit(TOTP, Map.of("totp", KeptIT.totp(secret), "userLabel", "新しい端末"));
        assertThat(done.code()).as("he logs in like anybody").isEmpty();
        world.awaitTold(customer, "ログインとお取引を再開したお知らせ");
        assertThat(world.admin()
                        .get(World.realm("/users/" + world.id(customer) + "/credentials"))
                        .findValuesAsText("type"))
                .containsExactlyInAnyOrder("password", "otp");

        Visitor later = world.visitor(Origin.TOKYO_HOME);
        Page old = later.logIn(customer);
        assertThat(old.kind()).as("the old password: " + old).isNotEqualTo(Kind.OTP);
        Page second = later.logIn(customer, NEW_PASSWORD);
        assertThat(second.kind()).as(second.toString()).isEqualTo(Kind.OTP);
    }

    private void exempted(String proposer, String approver, Customer customer) throws Exception {
        String request = JSON.createObjectNode()
                .put("reason", "視覚の障がい")
                .put("alternativeMfa", "TOTP")
                .put(
                        "expires",
                        Instant.now()
                                .plus(Duration.ofDays(30))
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .put("textVersion", "2026-04")
                .toString();
        JsonNode proposed = JSON.readTree(send(proposer, customer, "exemption", request, 201));
        send(
                approver,
                customer,
                "exemption/approve",
                JSON.createObjectNode()
                        .put("id", proposed.at("/proposed/id").asText())
                        .toString(),
                204);
    }

    /** @return the code of the letter */
    private String thawed(String proposer, String approver, Customer customer) throws Exception {
        send(proposer, customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"お電話\"}", 204);
        String identity =
                "{\"method\":\"EKYC\",\"reference\":\"KYC-1\",\"evidenceSha256\":\"%s\",\"verifiedAt\":\"%s\"}"
                        .formatted("0".repeat(64), Instant.now());
        send(proposer, customer, "identity", identity, 201);
        send(proposer, customer, "thaw", REASON, 204);
        return JSON.readTree(send(approver, customer, "thaw/approve", REASON, 201))
                .path("code")
                .asText();
    }

    private String send(String token, Customer customer, String path, String body, int status) {
        URI uri = world.keycloak().base().resolve(World.realm("/sekisho/customers/" + world.id(customer) + "/" + path));
        HttpResponse<String> answer = world.visitor(Origin.TOKYO_HOME).call("POST", uri, token, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
        return answer.body();
    }
}
