package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A session is bound to the device, country and browser that it began with. */
// JP25-11
@LoginTest
class SessionIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    SessionIT(World world) {
        this.world = world;
    }

    @Test
    void whoComesBackAsHeWasIsNotAskedAndTheRecordSaysSo() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);

        Page back = visitor.openLogin();

        assertThat(back.kind()).as(back.toString()).isEqualTo(Kind.APP);
        assertThat(back.tokens().idClaims().path("acr").asText()).isEqualTo("0");
        Tables.Record last = last(customer);
        assertThat(last.kind()).isEqualTo("SESSION");
        assertThat(last.outcome()).isEqualTo("ALLOW");
        assertThat(last.decisionId()).isEqualTo(world.records(customer).get(0).id());
        assertThat(content(last).path("changes")).isEmpty();
        assertThat(content(last).path("door").asText()).isEqualTo("COOKIE");
        assertThat(visitor.openLogin().kind()).as("and again").isEqualTo(Kind.APP);
    }

    @Test
    void aStolenCookieOnAnotherDeviceIsAskedToLogIn() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        Visitor thief = visitor.copy();
        thief.cookies().keySet().removeIf(name -> name.startsWith("__Host-sekisho-device-"));

        Page asked = thief.openLogin();

        assertThat(asked.kind()).as(asked.toString()).isEqualTo(Kind.PASSWORD);
        assertThat(asked.response().body()).doesNotContain(customer.username(), customer.email());
        assertStopped(customer, "STEP_UP", "DEVICE");
        assertThat(visitor.openLogin().kind()).as("the customer goes on").isEqualTo(Kind.APP);
    }

    @Test
    void fromAnotherCountryOrBrowserItIsAskedToLogInTooWhateverElseWasStolen() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);

        Visitor abroad = visitor.copy();
        abroad.comeFrom(Origin.LAGOS.address());
        assertThat(abroad.openLogin().kind()).isEqualTo(Kind.PASSWORD);
        assertStopped(customer, "STEP_UP", "COUNTRY");

        Visitor other = visitor.copy().header("User-Agent", Visitor.SAFARI);
        assertThat(other.openLogin().kind()).isEqualTo(Kind.PASSWORD);
        assertStopped(customer, "STEP_UP", "USER_AGENT");

        Visitor newer = visitor.copy().header("User-Agent", Visitor.CHROME.replace("Chrome/140", "Chrome/141"));
        assertThat(newer.openLogin().kind()).as("an update is no other browser").isEqualTo(Kind.APP);
    }

    @Test
    void whoLogsInAgainOnTheWayGoesOnFromThere() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        visitor.comeFrom(Origin.OSAKA_MOBILE.address());
        assertThat(visitor.openLogin().kind()).as("the country is the same").isEqualTo(Kind.APP);

        visitor.comeFrom(Origin.FRANKFURT.address());
        Page step = visitor.openLogin().password(customer.username(), customer.password());
        if (step.kind() == Kind.OTP) {
            step = step.otp(world.otp(customer, 1));
        }
        assertThat(step.kind()).as(step.toString()).isEqualTo(Kind.APP);
        assertThat(visitor.openLogin().kind()).as("Frankfurt is home now").isEqualTo(Kind.APP);
    }

    @Test
    void whereThePolicySaysSoTheSessionEnds() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        Visitor thief = visitor.copy();
        thief.comeFrom(Origin.LAGOS.address());

        world.during("changes", "{\"session\":{\"country\":\"END\"}}", () -> {
            assertThat(thief.openLogin().kind()).isEqualTo(Kind.PASSWORD);
            assertStopped(customer, "DENY", "COUNTRY");
            assertThat(visitor.openLogin().kind()).as("it is over for both").isEqualTo(Kind.PASSWORD);
        });
        assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                .isEmpty();
    }

    @Test
    void whatIsOnlyNotedOrMonitoredGoesOn() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        visitor.comeFrom(Origin.LAGOS.address());

        world.during(
                "changes",
                "{\"session\":{\"country\":\"NOTE\"}}",
                () -> assertThat(visitor.openLogin().kind()).isEqualTo(Kind.APP));
        assertThat(content(last(customer)).path("answer").asText()).isEqualTo("NOTE");
        world.during(
                "mode", "monitor", () -> assertThat(visitor.openLogin().kind()).isEqualTo(Kind.APP));
        assertThat(content(last(customer)).path("answer").asText()).isEqualTo("REAUTHENTICATE");
        assertThat(content(last(customer)).path("enforced").asBoolean(true)).isFalse();
    }

    private void assertStopped(Customer customer, String outcome, String change) throws Exception {
        Tables.Record last = last(customer);
        assertThat(last.kind()).isEqualTo("SESSION");
        assertThat(last.outcome()).isEqualTo(outcome);
        assertThat(content(last).path("changes")).extracting(JsonNode::asText).containsExactly(change);
    }

    private Tables.Record last(Customer customer) throws Exception {
        var records = world.tables().sessions(world.realmId(), world.id(customer));
        return records.get(records.size() - 1);
    }

    private static JsonNode content(Tables.Record row) throws Exception {
        return JSON.readTree(row.content());
    }
}
