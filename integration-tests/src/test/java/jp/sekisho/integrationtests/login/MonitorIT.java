package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.login.Page.Kind;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Monitor mode: decided and recorded, nothing asked. What counts failures is no judgement and stays on. */
// JP25-7, JP25-10
@LoginTest
class MonitorIT {

    private final World world;

    MonitorIT(World world) {
        this.world = world;
    }

    @Test
    void whatWouldHaveBeenAskedIsRecordedAndNothingIsAsked() throws Exception {
        Admin admin = world.admin();
        String components = World.realm("/components");
        ObjectNode policy = (ObjectNode) admin.get(components + "?type=" + PolicyProvider.class.getName())
                .path(0);
        String path = components + "/" + policy.path("id").asText();
        ObjectNode monitoring = policy.deepCopy();
        ((ObjectNode) monitoring.path("config")).putArray("mode").add("monitor");
        admin.put(path, monitoring);
        try {
            Customer customer = world.customer();
            Visitor visitor = Visitor.from(world, Origin.LAGOS);
            assertThat(visitor.logIn(customer).kind()).isEqualTo(Kind.APP);
            assertThat(world.records(customer))
                    .extracting(Tables.Record::kind, Tables.Record::outcome, Tables.Record::result)
                    .containsExactly(tuple("DECISION", "STEP_UP", "ADMITTED"));

            Customer guessed = world.customer();
            Visitor stranger = Visitor.from(world, Origin.LAGOS);
            Kind answer = Kind.PASSWORD;
            for (int i = 0; i < 10 && answer == Kind.PASSWORD; i++) {
                answer = stranger.logIn(guessed, "wrong " + i).kind();
            }
            assertThat(answer).isEqualTo(Kind.LOCKED);
        } finally {
            ((ObjectNode) monitoring.path("config")).putArray("mode").add("enforce");
            admin.put(path, monitoring);
        }
        assertThat(Visitor.from(world, Origin.LAGOS).logIn(world.customer()).kind())
                .isEqualTo(Kind.OTP);
    }
}
