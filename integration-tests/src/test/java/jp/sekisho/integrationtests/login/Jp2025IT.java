package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** The profile that a realm has where none is named, as it is shipped: through its doors. */
// JP25-1
@LoginTest(World.Setup.JP_2025)
class Jp2025IT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    private static final String OWN_RULES = "/realms/broker/sekisho/account/access-rules";
    private static final String RESET = "a[href*=reset-credentials]";

    private final World world;

    Jp2025IT(World world) {
        this.world = world;
    }

    @Test
    void aPasskeyOpensTheLoginAndAPasswordNone() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        assertThat(world.desk().policy().at("/config/profile/0").asText("jp-2025"))
                .isEqualTo("jp-2025");

        Page in = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey);
        JsonNode claims = entered(in).tokens().idClaims();
        assertThat(claims.path("acr").asText()).isEqualTo("urn:sekisho:acr:phishing-resistant");
        assertThat(claims.path("amr")).extracting(JsonNode::asText).containsExactly("hwk");
        assertThat(last(customer).path("result").asText()).isEqualTo("ADMITTED");
        assertThat(last(customer).at("/passkeys/0/userVerified").asBoolean()).isTrue();

        Page refused = world.visitor(Origin.TOKYO_HOME).logIn(customer);
        assertThat(refused.kind()).as(refused.text()).isEqualTo(Kind.REFUSED);
        assertThat(last(customer).path("result").asText()).isEqualTo("REFUSED");

        SoftPasskey ofNobody = SoftPasskey.of(world.id(customer));
        Page unknown = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(ofNobody);
        assertThat(unknown.code()).as(unknown.text()).isEmpty();
    }

    // JP25-4
    @Test
    void aPasswordOpensItWhileAStageIsOpenAndNoMoreOnceItIsClosed() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        world.during("changes", stages("INVITE"), () -> {
            Page asked = home.logIn(customer);
            assertThat(asked.kind()).as(asked.text()).isEqualTo(Kind.OTP);
            Page in = entered(asked.otp(world.otp(customer, 0)));
            assertThat(in.tokens().idClaims().path("acr").asText()).isEqualTo("urn:sekisho:acr:mfa");
            assertThat(last(customer).path("result").asText()).isEqualTo("ADMITTED");
            assertThat(home.logIn(customer, "Not-the-password-1").kind())
                    .as("who may not use one, or types a wrong one, is told the same")
                    .isEqualTo(Kind.REFUSED);
        });
        world.during("changes", stages("CLOSED"), () -> {
            Page refused = home.logIn(customer);
            assertThat(refused.kind()).as(refused.text()).isEqualTo(Kind.REFUSED);
            Page reset = resetCode(customer, 1);
            assertThat(reset.shows("#sekisho-reset-password-form"))
                    .as(reset.text())
                    .isFalse();
            assertThat(entered(home.openLogin().passkey(world.passkey(customer)))
                            .code())
                    .as("a passkey goes on")
                    .isPresent();
        });
    }

    // JP25-11
    @Test
    void aSessionEndsOnAnotherDevice() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens =
                entered(owner.openLogin().passkey(world.passkey(customer))).tokens();
        Visitor thief = owner.copy();
        thief.cookies().keySet().removeIf(name -> name.startsWith("__Host-sekisho-device-"));
        assertThat(owner.openLogin().kind()).isEqualTo(Kind.APP);

        assertThat(thief.openLogin().kind()).isEqualTo(Kind.PASSWORD);

        List<Tables.Record> sessions = world.tables().sessions(world.realmId(), world.id(customer));
        assertThat(sessions).last().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo("DENY");
            assertThat(row.content()).contains("\"DEVICE\"", "\"END\"");
        });
        assertThat(owner.openLogin().kind()).as("it is over for both").isEqualTo(Kind.PASSWORD);
        assertThat(world.app().refresh(tokens.refresh()).statusCode()).isEqualTo(400);
        assertThat(world.app().userInfo(tokens.access())).isEqualTo(401);
    }

    // FFAJ-1.2-B2
    @Test
    void ownAccessRulesAskForAPasskey() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        world.during("changes", stages("INVITE"), () -> {
            Page in = entered(owner.logIn(customer).otp(world.otp(customer, 0)));
            App.Tokens weak = in.tokens();
            assertThat(weak.idClaims().path("acr").asText()).isEqualTo("urn:sekisho:acr:mfa");
            HttpResponse<String> refused = ownRule(owner, weak.access());
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
            assertThat(refused.body()).contains("step-up-required", "urn:sekisho:acr:phishing-resistant");
        });

        owner.forgetSession();
        Page in = owner.openLogin().passkey(world.passkey(customer));
        String strong = entered(in).tokens().access();
        HttpResponse<String> made = ownRule(owner, strong);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    // JP25-8
    @Test
    void aResetGivesNoPasswordToWhoMayUseNone() throws Exception {
        Customer customer = world.customer();
        Page stopped = resetCode(customer, 1);

        assertThat(stopped.code()).isEmpty();
        assertThat(stopped.shows("#sekisho-reset-password-form"))
                .as(stopped.text())
                .isFalse();
        JsonNode record = last(customer);
        assertThat(record.path("result").asText()).isEqualTo("REFUSED");
        assertThat(record.path("detail").asText()).isEqualTo("no-password");
    }

    @Test
    void whereAPasskeyMustStayOnItsDeviceASyncedOneIsRefused() throws Exception {
        Customer customer = world.customer();
        SoftPasskey bound = world.boundPasskey(customer);
        Customer other = world.customer();
        SoftPasskey synced = world.passkey(other);
        assertThat(entered(world.visitor(Origin.TOKYO_HOME).openLogin().passkey(synced))
                        .code())
                .as("by itself it serves")
                .isPresent();
        world.during("changes", "{\"passkey\":{\"LOGIN\":\"DEVICE_BOUND\"}}", () -> {
            Page refused = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(synced);
            assertThat(refused.code()).as(refused.text()).isEmpty();
            assertThat(last(other).path("result").asText()).isEqualTo("REFUSED");
            assertThat(last(other).path("detail").asText()).isEqualTo("passkey-rule");
            assertThat(last(other).at("/passkeys/0/backupEligible").asBoolean()).isTrue();

            Page in = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(bound);
            assertThat(entered(in).tokens().idClaims().path("amr"))
                    .extracting(JsonNode::asText)
                    .containsExactly("hwk");
            assertThat(last(customer).at("/passkeys/0/backupEligible").asBoolean(true))
                    .isFalse();
        });
    }

    /** The code of the customer's n-th mail with one, typed into the page of who forgot his password. */
    private Page resetCode(Customer customer, int mail) throws Exception {
        Page asked = world.visitor(Origin.TOKYO_HOME)
                .openLogin()
                .follow(RESET)
                .submit("#sekisho-reset-name-form", Map.of("username", customer.username()));
        assertThat(asked.shows("#sekisho-reset-code-form")).as(asked.text()).isTrue();
        return asked.submit("#sekisho-reset-code-form", Map.of("code", world.mailCode(customer, mail)));
    }

    /** Whether the browser is to be remembered is asked of who is new on it. */
    static Page entered(Page page) {
        Page in = page.kind() == Kind.REMEMBER ? page.remember(true) : page;
        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        return in;
    }

    private HttpResponse<String> ownRule(Visitor owner, String token) {
        return owner.call(
                "POST", world.base().resolve(OWN_RULES), token, AccessRulesIT.own("ALLOW", "KNOWN_DEVICE", ""));
    }

    private static String stages(String now) {
        ObjectNode changes = JSON.createObjectNode();
        ArrayNode stages = changes.putObject("migration").putArray("stages");
        stages.add(stage(TODAY.minusDays(30), "INVITE"));
        stages.add(stage(now.equals("CLOSED") ? TODAY : TODAY.plusDays(30), "CLOSED"));
        return changes.toString();
    }

    private static ObjectNode stage(LocalDate from, String ask) {
        return JSON.createObjectNode()
                .put("from", from.toString())
                .put("ask", ask)
                .put("whom", "EVERYBODY");
    }

    private JsonNode last(Customer customer) throws Exception {
        return JSON.readTree(world.records(customer).stream()
                .reduce((before, last) -> last)
                .orElseThrow()
                .content());
    }

    /** While whoever enrolled it read that it is provisional, the desk stopped it: then it counted for more than before. */
    // JP25-1
    @Test
    void aProvisionalPasskeyThatIsStoppedLetsNobodyInWhoStandsBeforeItsPage() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.provisionalPasskey(customer);
        Page warned = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey);
        assertThat(warned.shows("#sekisho-provisional")).as(warned.text()).isTrue();
        String stop = "/customers/" + world.id(customer) + "/passkeys/stop";
        assertThat(LocksIT.asOfficer(world, "POST", stop, "{\"reason\": \"not his\"}")
                        .statusCode())
                .isEqualTo(204);

        Page last = warned.submit("#sekisho-provisional-form", Map.of("read", "true"));

        assertThat(last.code()).as(last.text()).isEmpty();
    }
}
