package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A customer who limited himself to a network is not locked out when that is no longer his. */
// FFAJ-1.2-B2
@LoginTest
class WayBackIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    WayBackIT(World world) {
        this.world = world;
    }

    @Test
    void onHisKnownDeviceHeComesBackWithWhatChangesHisRules() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        String token = owner.enrol(customer).tokens().access();
        HttpResponse<String> made =
                rules(owner, token, "POST", AccessRulesIT.own("ALLOW", "NETWORK", Origin.TOKYO_HOME.address() + "/32"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);

        Visitor thief = world.visitor(Origin.OSAKA_MOBILE);
        AccessRulesIT.awaitKind(() -> thief.logIn(customer), Kind.REFUSED);
        owner.comeFrom(Origin.OSAKA_MOBILE.address());
        assertThat(owner.logIn(customer).otp(world.otp(customer, 1)).kind()).isIn(Kind.APP, Kind.NEW_PASSWORD);
    }

    @Test
    void whatOfficersWroteOfHimIsNotShownToHim() throws Exception {
        Customer customer = world.customer();
        String rule = AccessRulesIT.rule("CUSTOMER", world.id(customer), "DENY", "COUNTRY", "DE");
        HttpResponse<String> made = LocksIT.asOfficer(world, "POST", "/access-rules", rule);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        String token = owner.enrol(customer).tokens().access();
        JsonNode shown = JSON.readTree(rules(owner, token, "GET", "").body()).path(0);
        assertThat(shown.path("matched").asText()).isEqualTo("DE");
        assertThat(shown.path("own").asBoolean()).isFalse();
        assertThat(shown.hasNonNull("reason")).isFalse();
    }

    private HttpResponse<String> rules(Visitor owner, String token, String method, String body) {
        URI uri = world.base().resolve("/realms/broker/sekisho/account/access-rules");
        return owner.call(method, uri, token, body);
    }
}
