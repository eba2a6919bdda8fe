package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
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
        world.during("mode", "monitor", () -> {
            Customer customer = world.customer();
            Visitor visitor = world.visitor(Origin.LAGOS);
            assertThat(visitor.logIn(customer).kind()).isEqualTo(Kind.APP);
            assertThat(world.records(customer))
                    .extracting(Tables.Record::kind, Tables.Record::outcome, Tables.Record::result)
                    .containsExactly(tuple("DECISION", "STEP_UP", "ADMITTED"));

            Customer guessed = world.customer();
            Visitor stranger = world.visitor(Origin.LAGOS);
            Kind answer = Kind.PASSWORD;
            for (int i = 0; i < 10 && answer == Kind.PASSWORD; i++) {
                answer = stranger.logIn(guessed, "wrong " + i).kind();
            }
            assertThat(answer).isEqualTo(Kind.LOCKED);
        });
        assertThat(world.visitor(Origin.LAGOS).logIn(world.customer()).kind()).isEqualTo(Kind.OTP);
    }
}
