package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Monitor mode: decided and recorded, nothing asked. What counts failures is no judgement and stays on. */
// JP25-7, JP25-10
@LoginTest
class MonitorIT {

    private static final String ORDER = """
            {"instrument":"USD/JPY","side":"BUY","positionEffect":"OPEN","quantity":"10000","amount":{"value":"1500000","currency":"JPY"}}""";

    private final World world;

    MonitorIT(World world) {
        this.world = world;
    }

    /** One operation is watched, the others are enforced; a lock is no judgement and keeps out in either. */
    @Test
    void oneOperationMayBeMonitoredAndItsLockIsEnforced() throws Exception {
        Customer customer = world.customer();
        App.Tokens tokens = world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens();
        Backend backend = Backend.ofTheTradingApp(world);
        String payee = "{\"payee\":{\"bank\":\"0001\",\"branch\":\"123\",\"accountType\":\"ORDINARY\","
                + "\"account\":\"1234567\",\"holder\":\"スズキ ハナコ\"}}";
        assertThat(decision(backend, "BANK_ACCOUNT_CHANGE", tokens, payee)).isEqualTo("STEP_UP");
        world.during("changes", "{\"operations\":{\"mode\":{\"BANK_ACCOUNT_CHANGE\":\"monitor\"}}}", () -> {
            assertThat(decision(backend, "BANK_ACCOUNT_CHANGE", tokens, payee)).isEqualTo("ALLOW");
            assertThat(world.records(customer))
                    .last()
                    .satisfies(record -> assertThat(record.content())
                            .contains("\"enforced\":false", "\"outcome\":\"STEP_UP\"", "\"result\":\"ADMITTED\""));
            assertThat(decision(backend, "TRADE", tokens, ORDER)).isEqualTo("STEP_UP");
            world.tables().locked(world.realmId(), world.id(customer), "BANK_ACCOUNT_CHANGE");
            assertThat(decision(backend, "BANK_ACCOUNT_CHANGE", tokens, payee)).isEqualTo("DENY");
        });
        world.tables().locked(world.realmId(), world.id(customer), "TRADE");
        world.during(
                "mode",
                "monitor",
                () -> assertThat(decision(backend, "TRADE", tokens, ORDER)).isEqualTo("DENY"));
    }

    private static String decision(Backend backend, String type, App.Tokens tokens, String details) throws Exception {
        return Backend.read(backend.propose(Backend.request(type, tokens, details)), 200)
                .path("decision")
                .asText();
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
