package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Two nodes behind one address: what was said on one holds on the other. */
// JP25-9
@LoginTest(World.Setup.JP_2025)
class NodesIT {

    private static final System.Logger LOG = System.getLogger(NodesIT.class.getName());
    private static final Duration ON_EVERY_NODE = Duration.ofSeconds(60);

    private final World world;

    NodesIT(World world) {
        this.world = world;
    }

    @Test
    void whoFreezesHimselfOrDisownsALoginIsOutOnTheOtherNodeWithinAMinute() throws Exception {
        try (KeycloakServer twin = world.twin()) {
            shut(twin, "freeze", (visitor, customer) -> "{\"operation\":\"ALL\"}");
            shut(
                    twin,
                    "disown",
                    (visitor, customer) ->
                            "{\"record\":\"" + world.records(customer).get(0).id() + "\"}");
        }
    }

    @FunctionalInterface
    private interface Body {
        String of(Visitor visitor, Customer customer) throws Exception;
    }

    private void shut(KeycloakServer twin, String route, Body body) throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens = Jp2025IT.entered(owner.openLogin().passkey(passkey)).tokens();
        Doors there = Doors.of(world, owner, tokens).on(twin.base(), Origin.TOKYO_HOME.address());
        for (Map.Entry<String, Doors.Door> door : there.all().entrySet()) {
            assertThat(door.getValue().open()).as(door.getKey()).isTrue();
        }

        Instant from = Instant.now();
        HttpResponse<String> said = owner.call(
                "POST",
                world.base().resolve("/realms/broker/sekisho/account/" + route),
                tokens.access(),
                body.of(owner, customer));
        assertThat(said.statusCode()).as(said.body()).isEqualTo(204);

        Map<String, Long> shut = new LinkedHashMap<>();
        for (Map.Entry<String, Doors.Door> door : there.all().entrySet()) {
            while (door.getValue().open()) {
                assertThat(Duration.between(from, Instant.now()))
                        .as(route + ": " + door.getKey())
                        .isLessThan(ON_EVERY_NODE);
            }
            shut.put(door.getKey(), Duration.between(from, Instant.now()).toMillis());
        }
        LOG.log(System.Logger.Level.INFO, "{0}: shut on the other node after so many ms: {1}", route, shut);
        assertThat(shut.values()).allSatisfy(millis -> assertThat(millis).isLessThan(ON_EVERY_NODE.toMillis()));
        for (Map.Entry<String, Doors.Door> door : there.all().entrySet()) {
            assertThat(door.getValue().open())
                    .as("it stays shut: " + door.getKey())
                    .isFalse();
        }
        Page again = world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey);
        assertThat(again.shows("#sekisho-frozen")).as(again.text()).isTrue();
    }
}
