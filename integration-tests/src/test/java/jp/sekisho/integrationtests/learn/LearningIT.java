package jp.sekisho.integrationtests.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import jp.sekisho.integrationtests.firm.Built;
import jp.sekisho.integrationtests.firm.Firm;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes learn from one log on PostgreSQL, and delete from it what is too old. */
class LearningIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CUSTOMERS = 12;
    private static final String GONE = "realm-that-is-gone";
    private static final int OLD = 1200;
    private static final int YOUNG = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void eachLoginIsLearnedOnceAndTheStateGoesWithItsUser() throws Exception {
        BuiltDistribution built = Built.onPostgres();
        Firm firm = new Firm().policy("{\"risk\":{\"learning\":{\"after\":\"PT0S\"}}}");
        for (int i = 0; i < CUSTOMERS; i++) {
            firm.customer(name(i), true);
        }
        try (PostgresServer postgres = PostgresServer.start()) {
            Jdbc jdbc = postgres.createDatabase("keycloak");
            try (KeycloakServer one = node(built, jdbc, "one")
                            .realm(firm.writeTo(directory))
                            .start();
                    KeycloakServer two = afterOldEvidence(jdbc, node(built, jdbc, "two"))) {
                for (int i = 0; i < CUSTOMERS; i++) {
                    logIn(new Visitor(Firm.app((i % 2 == 0 ? one : two).base())), name(i), 0);
                }
                String learned =
                        "select count(*) from sekisho_statistic where dimension = 'LOGINS_TOTAL' and weight = 1";
                await(jdbc, learned, CUSTOMERS);
                assertThat(number(jdbc, "select count(*) from sekisho_statistic where dimension = 'LAST_LOGIN'"))
                        .isEqualTo(CUSTOMERS);
                assertThat(number(jdbc, "select max(weight) from sekisho_population where dimension = 'DEVICE_TYPE'"))
                        .isEqualTo(CUSTOMERS);

                theOldEvidenceGoesAndLeavesDeletionRecords(jdbc);

                whatWasDisownedIsUnlearned(jdbc, one);

                two.kill();
                assertThat(two.isAlive()).isFalse();
                logIn(new Visitor(Firm.app(one.base())), name(0), 1);
                await(
                        jdbc,
                        "select count(*) from sekisho_statistic where dimension = 'LOGINS_TOTAL' and weight = 2",
                        1);

                String id = one.admin()
                        .get("/admin/realms/" + Firm.REALM + "/users?exact=true&username=" + name(0))
                        .path(0)
                        .path("id")
                        .asText();
                one.admin().delete("/admin/realms/" + Firm.REALM + "/users/" + id);
                assertThat(number(
                                jdbc,
                                "select count(*) from sekisho_evidence where kind = 'DELETION'" + " and realm_id <> '"
                                        + GONE + "'"))
                        .isOne();
                assertThat(number(jdbc, "select count(distinct customer) from sekisho_statistic"))
                        .isEqualTo(CUSTOMERS - 1);
                theRealmGoesAndLeavesADeletionRecord(jdbc, one);
            }
        }
    }

    // FFAJ-2.2-S3
    private static void theRealmGoesAndLeavesADeletionRecord(Jdbc jdbc, KeycloakServer node) throws Exception {
        node.admin().delete("/admin/realms/" + Firm.REALM);
        assertThat(number(jdbc, "select count(*) from sekisho_statistic")).isZero();
        assertThat(number(
                        jdbc,
                        "select count(*) from sekisho_evidence where kind = 'DELETION'"
                                + " and content like '%\"what\":\"realm-state\"%'"))
                .isOne();
    }

    /** By the customer's own request, as his page sends it. */
    private static void whatWasDisownedIsUnlearned(Jdbc jdbc, KeycloakServer node) throws Exception {
        String token = new Visitor(Firm.app(node.base()))
                .openLogin()
                .password(name(1), Firm.PASSWORD)
                .otp(Firm.totp(1))
                .remember(false)
                .tokens()
                .access();
        await(jdbc, "select count(*) from sekisho_statistic where dimension = 'LOGINS_TOTAL' and weight = 2", 1);
        String record = JSON.readTree(
                        account(node, token, "GET", "activity", "").body())
                .at("/activity/0/id")
                .asText();
        HttpResponse<String> disowned = account(node, token, "POST", "disown", "{\"record\": \"" + record + "\"}");
        assertThat(disowned.statusCode()).as(disowned.body()).isEqualTo(204);
        await(
                jdbc,
                "select count(*) from sekisho_evidence where kind = 'UNLEARNED' and decision_id = '" + record + "'",
                1);
        assertThat(number(
                        jdbc, "select count(*) from sekisho_statistic where dimension = 'LOGINS_TOTAL' and weight = 1"))
                .isEqualTo(CUSTOMERS);
    }

    private static HttpResponse<String> account(
            KeycloakServer node, String token, String method, String route, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        node.base().resolve("/realms/" + Firm.REALM + "/sekisho/account/" + route))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** A node's worker begins soon after its start: what it shall find is there before. */
    private static KeycloakServer afterOldEvidence(Jdbc jdbc, KeycloakServer.Builder node) throws Exception {
        Instant now = Instant.now();
        evidence(jdbc, "old", OLD, now.minus(Duration.ofDays(366 * 7 + 2)));
        evidence(jdbc, "young", YOUNG, now.minus(Duration.ofDays(365 * 7 - 2)));
        return node.start();
    }

    /** Of a realm that is gone: seven years all the same, in batches of a thousand, each with its record. */
    // FFAJ-2.2-S3
    private static void theOldEvidenceGoesAndLeavesDeletionRecords(Jdbc jdbc) throws Exception {
        String left = "select count(*) from sekisho_evidence where realm_id = '" + GONE + "' and ";
        await(jdbc, left + "id like 'old-%'", 0);
        assertThat(number(jdbc, left + "id like 'young-%'")).isEqualTo(YOUNG);
        assertThat(number(jdbc, left + "kind = 'DELETION'")).isEqualTo(2);
        assertThat(number(jdbc, left + "kind = 'DELETION' and content like '%\"rows\":1000%'"))
                .isOne();
        assertThat(number(jdbc, left + "kind = 'DELETION' and content like '%\"rows\":" + (OLD - 1000) + "%'"))
                .isOne();
    }

    private static void evidence(Jdbc jdbc, String name, int rows, Instant at) throws SQLException {
        try (Connection connection = PostgresServer.connect(jdbc);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into sekisho_evidence"
                    + " (id, realm_id, format, at_time, kind, content, content_hash) select '" + name + "-' || n, '"
                    + GONE + "', 1, " + at.toEpochMilli() + " + n, 'DECISION', '{}', repeat('0', 64)"
                    + " from generate_series(1, " + rows + ") as n");
        }
    }

    private KeycloakServer.Builder node(BuiltDistribution built, Jdbc jdbc, String name) {
        return KeycloakServer.on(built)
                .home(directory.resolve(name))
                .database(jdbc)
                .clustered();
    }

    private static String name(int i) {
        return "customer" + i;
    }

    private static void logIn(Visitor visitor, String name, int periodsAhead) {
        Page page = visitor.openLogin().password(name, Firm.PASSWORD).otp(Firm.totp(periodsAhead));
        assertThat(page.kind()).as(page.text()).isEqualTo(Page.Kind.REMEMBER);
        assertThat(page.remember(false).code()).isPresent();
    }

    private static void await(Jdbc jdbc, String query, long wanted) throws SQLException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (number(jdbc, query) != wanted) {
            assertThat(Instant.now()).as(query).isBefore(deadline);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static long number(Jdbc jdbc, String query) throws SQLException {
        try (Connection connection = PostgresServer.connect(jdbc);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
