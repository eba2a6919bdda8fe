package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an app's page noticed of a session: taken from the app's back end only, and no more than a person makes. */
// FFAJ-3-B
@LoginTest(World.Setup.JP_2025)
class SignalsIT {

    private final World world;

    SignalsIT(World world) {
        this.world = world;
    }

    @Test
    void whatAPageNoticedIsThereForEveryNode() throws Exception {
        Contract contract = Contract.of(world);
        String session = session(in());
        Backend backend = Backend.ofTheTradingApp(world);
        ObjectNode batch = batch(session, 0).put("dropped", 3);
        ArrayNode events = batch.withArray("events");
        events.addObject().put("type", "FINDING").put("kind", "WEBDRIVER");
        events.addObject()
                .put("type", "TRANSITION")
                .put("from", "home")
                .put("to", "withdrawal")
                .put("stayMillis", 4000);
        for (int field = 0; field < 2; field++) {
            events.addObject()
                    .put("type", "RHYTHM")
                    .put("intervals", 40)
                    .put("medianMillis", 2)
                    .put("deviationMillis", 0);
        }
        contract.checkRequest("Signals", batch);
        HttpResponse<String> answer = tell(backend, batch);
        contract.check("post", "/signals", answer);
        assertThat(Backend.read(answer, 202).path("taken").asInt()).isEqualTo(4);
        awaitWritten(session, "4 WEBDRIVER 2 3");
        assertThat(tell(backend.on(world.twin().base()), batch).statusCode()).isEqualTo(202);
        awaitWritten(session, "8 WEBDRIVER 4 6");
    }

    @Test
    void noMoreIsTakenOfASessionThanAPersonMakes() throws Exception {
        String session = session(in());
        Backend backend = Backend.ofTheTradingApp(world);
        int taken = 0;
        int left = 0;
        for (int i = 0; i < 4; i++) {
            JsonNode answer = Backend.read(tell(backend, batch(session, 256)), 202);
            taken += answer.path("taken").asInt();
            left += answer.path("left").asInt();
        }
        assertThat(taken).isEqualTo(600);
        assertThat(left).isEqualTo(4 * 256 - 600);
        awaitWritten(session, "600 HEADLESS 0 424");
    }

    @Test
    void nobodyTellsOfASessionThatIsNotHis() throws Exception {
        Contract contract = Contract.of(world);
        App.Tokens tokens = in();
        String session = session(tokens);
        Backend foreign = Backend.made(world, Map.of("sekisho.operations", "TRADE"), "evaluate-operations");
        HttpResponse<String> refused = tell(foreign, batch(session, 1));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        contract.check("post", "/signals", refused);
        Backend backend = Backend.ofTheTradingApp(world);
        assertThat(tell(backend, batch("no-session", 1)).statusCode()).isEqualTo(422);
        Backend roleless =
                Backend.made(world, Map.of("sekisho.front-ends", world.app().client()));
        HttpResponse<String> forbidden = tell(roleless, batch(session, 1));
        assertThat(forbidden.statusCode()).isEqualTo(403);
        contract.check("post", "/signals", forbidden);
        HttpResponse<String> customers = backend.signals(tokens.access(), "application/json", "{}");
        assertThat(customers.statusCode()).as("his own token").isEqualTo(401);
        contract.check("post", "/signals", customers);
    }

    @Test
    void whatIsNoBatchIsRefusedAndPointedAt() throws Exception {
        Contract contract = Contract.of(world);
        Backend backend = Backend.ofTheTradingApp(world);
        String token = backend.token();
        HttpResponse<String> large = backend.signals(token, "application/json", " ".repeat(65_537));
        assertThat(large.statusCode()).isEqualTo(413);
        contract.check("post", "/signals", large);
        HttpResponse<String> text = backend.signals(token, "text/plain", "{}");
        assertThat(text.statusCode()).isEqualTo(415);
        contract.check("post", "/signals", text);
        ObjectNode keys = batch("any", 1);
        ((ObjectNode) keys.at("/events/0")).put("keys", "secret");
        HttpResponse<String> unreadable = tell(backend, keys);
        contract.check("post", "/signals", unreadable);
        JsonNode problem = Backend.read(unreadable, 400);
        assertThat(problem.path("pointer").asText()).isEqualTo("/events/0/keys");
        assertThat(unreadable.body()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | ''",
                "{} | /session",
                "{'session':1,'events':[]} | /session",
                "{'session':'s'} | /events",
                "{'session':'s','events':{}} | /events",
                "{'session':'s','events':[],'key':'typed'} | /key",
                "{'session':'s','events':[],'dropped':-1} | /dropped",
                "{'session':'s','events':[],'dropped':1.5} | /dropped",
                "{'session':'s','events':[],'dropped':99999999999} | /dropped",
                "{'session':'s','events':['x']} | /events/0/type",
                "{'session':'s','events':[{'type':'FINDING','kind':'HEADLESS'},{'type':'KEYS'}]} | /events/1/type",
                "{'session':'s','events':[{'type':'FINDING','kind':'headless'}]} | /events/0/kind",
                "{'session':'s','events':[{'type':'FINDING','kind':'HEADLESS','text':'x'}]} | /events/0/text",
                "{'session':'s','events':[{'type':'TRANSITION','stayMillis':1}]} | /events/0/to",
                "{'session':'s','events':[{'type':'TRANSITION','to':'home'}]} | /events/0/stayMillis",
                "{'session':'s','events':[{'type':'TRANSITION','to':'/account/1234567','stayMillis':1}]} | /events/0",
                "{'session':'s','events':[{'type':'TRANSITION','to':'home','stayMillis':86400001}]} | /events/0",
                "{'session':'s','events':[{'type':'RHYTHM','intervals':'12','medianMillis':1,'deviationMillis':1}]}"
                        + " | /events/0/intervals",
            })
    void whatCannotBeReadIsPointedAt(String body, String pointer) throws Exception {
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode problem =
                Backend.read(backend.signals(backend.token(), "application/json", body.replace('\'', '"')), 400);
        assertThat(problem.path("pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void aBatchHasSoManyEventsAndNoMore() throws Exception {
        JsonNode problem = Backend.read(tell(Backend.ofTheTradingApp(world), batch("any", 257)), 400);
        assertThat(problem.path("pointer").asText()).isEqualTo("/events");
    }

    private HttpResponse<String> tell(Backend backend, JsonNode batch) throws Exception {
        return backend.signals(backend.token(), "application/json", batch.toString());
    }

    private App.Tokens in() throws Exception {
        return Jp2025IT.entered(world.visitor(Origin.TOKYO_HOME).openLogin().passkey(world.passkey(world.customer())))
                .tokens();
    }

    private static String session(App.Tokens tokens) {
        return tokens.idClaims().path("sid").asText();
    }

    /** What the table says by itself, of both nodes: without what a node has in memory. */
    private void awaitWritten(String session, String expected) throws Exception {
        World.await(
                "signals of " + session + " as " + expected, () -> rows(session).equals(expected));
    }

    private String rows(String session) {
        try (Connection connection = DriverManager.getConnection(
                        world.database().url(),
                        world.database().user(),
                        world.database().password());
                PreparedStatement select = connection.prepareStatement("""
                        select coalesce(sum(EVENTS), 0) || ' ' || coalesce(max(FINDINGS), '') || ' ' || coalesce(sum(SCRIPTED), 0)
                            || ' ' || coalesce(sum(DROPPED), 0) from SEKISHO_SIGNAL where SESSION_ID = ?""")) {
            select.setString(1, session);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static ObjectNode batch(String session, int findings) {
        ObjectNode batch = Backend.JSON.createObjectNode().put("session", session);
        ArrayNode events = batch.putArray("events");
        for (int i = 0; i < findings; i++) {
            events.addObject().put("type", "FINDING").put("kind", "HEADLESS");
        }
        return batch;
    }
}
