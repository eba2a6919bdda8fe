package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.postgres.PostgresServer;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes behind one address: what was said on one holds on the other. */
// JP25-9
@LoginTest(World.Setup.JP_2025)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesIT {

    private static final System.Logger LOG = System.getLogger(NodesIT.class.getName());
    private static final Duration ON_EVERY_NODE = Duration.ofSeconds(60);

    private static final String STOP = "/realms/broker/sekisho/stop";
    private static final String STOP_FORM = "#sekisho-stop-form";
    private static final String LOOKED_AT = "#sekisho-stop-done";
    private static final String WAIT = "#sekisho-stop-wait";
    private static final Map<String, String> WRONG = Map.of("code", "0000-0000-0000");

    private static final int MAILS_AN_HOUR = 20;
    private static final int FLOOD = 30;

    /** So many that one node is not done before the other one looks, as it does once a second. */
    private static final int FLOODED = 30;

    private final World world;
    private KeycloakServer twin;

    NodesIT(World world) {
        this.world = world;
    }

    @BeforeAll
    void start() throws Exception {
        twin = world.twin();
    }

    @AfterAll
    void stop() throws Exception {
        twin.close();
    }

    @Test
    void whoFreezesHimselfOrDisownsALoginIsOutOnTheOtherNodeWithinAMinute() throws Exception {
        shut("freeze", (visitor, customer) -> "{\"operation\":\"ALL\"}");
        shut(
                "disown",
                (visitor, customer) ->
                        "{\"record\":\"" + world.records(customer).get(0).id() + "\"}");
    }

    /** Half of them here, half of them there, all at once. */
    @Test
    void whoTypesCodesOnBothNodesHasNoMoreTriesThanOnOne() throws Exception {
        String address = "203.0.113.90";
        Visitor here = world.visitor(address, Visitor.SAFARI);
        Visitor there = new Visitor(world.app()).header("X-Forwarded-For", address);
        int looked = 0;
        for (int round = 0; round < 4; round++) {
            List<Page> forms = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                forms.add(here.copy().get(world.base().resolve(STOP)));
                forms.add(there.copy().get(twin.base().resolve(STOP)));
            }
            List<Page> answers = AtOnce.post(
                    forms,
                    form -> form.submitTo(forms.indexOf(form) % 2 == 0 ? world.base() : twin.base(), STOP_FORM, WRONG));
            assertThat(answers).allMatch(answer -> answer.shows(LOOKED_AT) || answer.shows(WAIT));
            looked += (int)
                    answers.stream().filter(answer -> answer.shows(LOOKED_AT)).count();
        }
        // Ten, and one more each time that the machine was slower than a wait.
        assertThat(looked).isBetween(10, 14);
        assertThat(world.tables().tries(world.realmId(), "stop-code"))
                .as("none is lost: of one source, and in all")
                .containsExactly(looked, looked);

        world.tables().waitsUntil(world.realmId(), "stop-code", Instant.now().plusSeconds(3600));
        assertThat(typed(here, world.base()).shows(WAIT)).isTrue();
        assertThat(typed(there, twin.base()).shows(WAIT)).isTrue();
    }

    private static Page typed(Visitor visitor, URI node) {
        return visitor.get(node.resolve(STOP)).submitTo(node, STOP_FORM, WRONG);
    }

    /** All are due at one moment. */
    @Test
    void ofAFloodThatBothNodesTakeEachCustomerGetsNoMoreMailsThanFromOne() throws Exception {
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < FLOODED; i++) {
            customers.add(world.customer());
        }
        List<String> notices = customers.stream().map(this::notice).toList();
        double before = mailed(twin);
        try (Connection connection = PostgresServer.connect(world.database())) {
            connection.setAutoCommit(false);
            for (int i = 0; i < FLOOD; i++) {
                for (String notice : notices) {
                    execute(connection, notice);
                }
            }
            connection.commit();
        }
        for (Customer customer : customers) {
            World.await("none waits", () -> states(customer, "PENDING") == 0);
            assertThat(states(customer, "SENT")).isEqualTo(MAILS_AN_HOUR);
            assertThat(states(customer, "HELD")).isEqualTo(FLOOD - MAILS_AN_HOUR);
            assertThat(world.mailsTo(customer)).as("none goes twice").hasSize(MAILS_AN_HOUR);
        }
        assertThat(mailed(twin)).as("both sent").isBetween(before + 1, before + FLOODED * MAILS_AN_HOUR - 1);
    }

    private String notice(Customer customer) {
        long now = Instant.now().toEpochMilli();
        return "insert into sekisho_outbox (id, realm_id, channel, notice, user_id, deduplication, locale, payload, state,"
                + " attempts, created_at, next_at) values (gen_random_uuid()::text, '" + world.realmId()
                + "', 'mail', 'login', '" + world.id(customer) + "', gen_random_uuid()::text, 'ja',"
                + " '{\"recipient\":\"" + customer.email() + "\",\"values\":{\"occurredAt\":\"" + Instant.now()
                + "\"}}', 'PENDING', 0, " + now + ", " + now + ")";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long states(Customer customer, String state) {
        try {
            return world.tables().outbox(world.id(customer)).stream()
                    .filter(message -> message.startsWith("login " + state + " mail "))
                    .count();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double mailed(KeycloakServer node) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.management() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("sekisho_outbox_attempts_total")
                        && line.contains("\"mail\"")
                        && line.contains("\"sent\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @FunctionalInterface
    private interface Body {
        String of(Visitor visitor, Customer customer) throws Exception;
    }

    private void shut(String route, Body body) throws Exception {
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
