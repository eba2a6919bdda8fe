package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A policy can ask for a passkey that never leaves its device, or for two, before credentials are changed. */
// JP25-1
@LoginTest(World.Setup.JP_2025)
class PasskeyRuleIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> ENROLMENT = Map.of("kc_action", "webauthn-register-passwordless");
    private static final Map<String, String> NEW_APP = Map.of("kc_action", "CONFIGURE_TOTP");
    private static final String OF_PASSKEYS = "webAuthnPolicyPasswordless";
    private static final String REGISTER = "#registerWebAuthn";
    private static final String PASSKEY = "form#webauth";
    private static final String TOTP = "#kc-totp-settings-form";

    private final World world;

    PasskeyRuleIT(World world) {
        this.world = world;
    }

    @Test
    void aChangeAsksForThePasskeyThatStaysOnItsDevice() throws Exception {
        Customer both = world.customer();
        SoftPasskey synced = world.passkey(both);
        SoftPasskey bound = world.boundPasskey(both);
        Customer one = world.customer();
        SoftPasskey only = world.passkey(one);
        during("DEVICE_BOUND", () -> {
            Page another = world.visitor(Origin.TOKYO_HOME).openLogin(ENROLMENT).passkey(synced);
            assertThat(another.shows(PASSKEY)).as(another.toString()).isTrue();
            assertThat(another.shows(REGISTER)).isFalse();
            Page again = another.passkey(synced);
            assertThat(again.shows(PASSKEY)).as("the same: " + again).isTrue();
            Page shown = known(again.passkey(bound));
            assertThat(shown.shows(REGISTER)).as(shown.toString()).isTrue();
            assertThat(Set.copyOf(last(both).path("passkeys").findValuesAsText("credential")))
                    .hasSize(2);

            Page atOnce =
                    known(world.visitor(Origin.OSAKA_MOBILE).openLogin(NEW_APP).passkey(bound));
            assertThat(atOnce.shows(TOTP)).as(atOnce.toString()).isTrue();

            waits(known(world.visitor(Origin.TOKYO_HOME).openLogin(NEW_APP).passkey(only)));
            waits(known(world.visitor(Origin.TOKYO_HOME).openLogin(ENROLMENT).passkey(only)));
        });
    }

    @Test
    void aChangeAsksForTwoPasskeysAndWhoHasOneGetsTheSecond() throws Exception {
        Customer two = world.customer();
        SoftPasskey first = world.passkey(two);
        SoftPasskey second = world.passkey(two);
        Customer one = world.customer();
        SoftPasskey only = world.boundPasskey(one);
        during("SECOND", () -> {
            Page another = world.visitor(Origin.TOKYO_HOME).openLogin(NEW_APP).passkey(first);
            assertThat(another.shows(PASSKEY)).as(another.toString()).isTrue();
            Page again = another.passkey(first);
            assertThat(again.shows(PASSKEY)).as("the same: " + again).isTrue();
            Page shown = known(again.passkey(second));
            assertThat(shown.shows(TOTP)).as(shown.toString()).isTrue();
            Page third = world.visitor(Origin.OSAKA_MOBILE).openLogin(ENROLMENT).passkey(second);
            assertThat(third.shows(PASSKEY)).as(third.toString()).isTrue();

            waits(known(world.visitor(Origin.TOKYO_HOME).openLogin(NEW_APP).passkey(only)));
            Page becomesTwo =
                    known(world.visitor(Origin.TOKYO_HOME).openLogin(ENROLMENT).passkey(only));
            assertThat(becomesTwo.shows(REGISTER)).as(becomesTwo.toString()).isTrue();
        });
    }

    /** A session that a lesser passkey opened changes nothing either, however fresh it is. */
    @Test
    void aSessionChangesNothingThatItsPasskeyDoesNot() throws Exception {
        Customer customer = world.customer();
        SoftPasskey synced = world.passkey(customer);
        SoftPasskey bound = world.boundPasskey(customer);
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        during("DEVICE_BOUND", () -> {
            Jp2025IT.entered(home.openLogin().passkey(synced));
            assertThat(home.openLogin().kind()).as("single sign-on").isEqualTo(Kind.APP);
            for (Map<String, String> change : List.of(NEW_APP, ENROLMENT)) {
                Page asked = home.openLogin(change);
                assertThat(asked.shows(PASSKEY)).as(change + " " + asked).isTrue();
            }
            Page shown = known(home.openLogin(NEW_APP).passkey(bound));
            assertThat(shown.shows(TOTP)).as(shown.toString()).isTrue();
        });
    }

    /** What counts as a passkey is fixed; the realm's setting is only what browsers are asked for. */
    // JP25-3
    @Test
    void withoutItsUsersVerificationItOpensNothingWhateverTheRealmAsksFor() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        realm("UserVerificationRequirement", "discouraged");
        try {
            Page refused = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey.withoutVerification());
            assertThat(refused.kind()).as(refused.toString()).isNotIn(Kind.APP, Kind.REMEMBER);
            assertThat(world.records(customer)).noneMatch(row -> row.content().contains("ADMITTED"));
            Jp2025IT.entered(world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey));
        } finally {
            realm("UserVerificationRequirement", "required");
        }
    }

    /** A page of another origin gets nothing of a passkey, but for those that the firm added; the record says which it was. */
    // JP25-3
    @Test
    void onAnotherOriginItOpensNothingUnlessTheFirmAddedIt() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        URI app = URI.create("https://localhost:8443");
        URI other = URI.create("https://localhost:9443");
        Page refused = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey, app);
        assertThat(refused.kind()).as(refused.toString()).isNotIn(Kind.APP, Kind.REMEMBER);
        realm("ExtraOrigins", List.of(app.toString()));
        try {
            Page still = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey, other);
            assertThat(still.kind()).as(still.toString()).isNotIn(Kind.APP, Kind.REMEMBER);
            assertThat(world.records(customer)).noneMatch(row -> row.content().contains("ADMITTED"));

            Jp2025IT.entered(world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey, app));
            assertThat(last(customer).at("/passkeys/0/origin").asText()).isEqualTo(app.toString());
            Jp2025IT.entered(world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey));
        } finally {
            realm("ExtraOrigins", List.of());
        }
    }

    /** What the realm asks of passkeys; Keycloak takes it as a whole, or not at all. */
    private void realm(String setting, Object value) {
        ObjectNode policy = JSON.createObjectNode();
        world.admin().get(World.realm("")).properties().stream()
                .filter(one -> one.getKey().startsWith(OF_PASSKEYS))
                .forEach(one -> policy.set(one.getKey(), one.getValue()));
        policy.putPOJO(OF_PASSKEYS + setting, value);
        world.admin().put(World.realm(""), policy);
        assertThat(world.admin().get(World.realm("")).path(OF_PASSKEYS + setting))
                .isEqualTo(JSON.valueToTree(value));
    }

    private void during(String rule, World.Work work) throws Exception {
        world.during("changes", "{\"passkey\":{\"CREDENTIAL_CHANGE\":\"" + rule + "\"}}", work);
    }

    /** Whether the browser is to be remembered is asked of who is new on it. */
    private static Page known(Page page) {
        return page.kind() == Kind.REMEMBER ? page.remember(true) : page;
    }

    /** He is in, and the application is told that nothing was changed. */
    private static void waits(Page page) {
        assertThat(page.kind()).as(page.toString()).isEqualTo(Kind.APP);
        assertThat(page.parameter("kc_action_status")).contains("error");
    }

    private JsonNode last(Customer customer) throws Exception {
        return JSON.readTree(world.records(customer).stream()
                .reduce((before, last) -> last)
                .orElseThrow()
                .content());
    }
}
