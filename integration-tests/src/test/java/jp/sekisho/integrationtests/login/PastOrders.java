package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.stack.postgres.PostgresServer;

/** A customer's past: what he did through the door of apps, moved back in time. */
final class PastOrders {

    private static final String EACH_MONTH = """
            insert into sekisho_operation select (jsonb_populate_record(o, jsonb_build_object(
            'id', gen_random_uuid(), 'request_id', gen_random_uuid(),
            'created_at', o.created_at - 2592000000 * n, 'redeemed_at', o.redeemed_at - 2592000000 * n))).*
            from sekisho_operation o, generate_series(1, 6) n where o.id = ?""";

    private static final List<String> HALF_A_YEAR_OLDER = List.of(
            "update sekisho_payee set added_at = added_at - 15552000000, usable_from = usable_from - 15552000000 where user_id = ?",
            "update credential set created_date = created_date - 15552000000 where user_id = ?",
            "update user_entity set created_timestamp = created_timestamp - 15552000000 where id = ?");

    private final World world;

    PastOrders(World world) {
        this.world = world;
    }

    /**
     * The same each day for six days: from now on it is usual. Nobody is asked about orders that close, of which nothing is
     * usual; the table says then that they opened.
     *
     * @param order one that opens
     */
    void made(Backend backend, App.Tokens tokens, String order) throws Exception {
        String closing = order.replace("OPEN", "CLOSE");
        for (int day = 2; day < 8; day++) {
            JsonNode made = Backend.read(backend.propose(Backend.request("TRADE", tokens, closing)), 200);
            Backend.read(backend.redeem(made), 200);
            set(
                    made,
                    "WAY_OUT = false, POSITION_EFFECT = 'OPEN', CREATED_AT = ?",
                    Instant.now().minus(Duration.ofDays(day)));
        }
    }

    /**
     * Nothing of a customer is new: for half a year he did the same each month, and all that is his is as old.
     *
     * @param redeemed what he did
     */
    void longAgo(Customer customer, JsonNode redeemed) throws Exception {
        HighRiskIT.alwaysAtHomeInTokyo(world, customer);
        world.tables().trustedEarlier(world.realmId(), world.id(customer), Duration.ofDays(10));
        execute(EACH_MONTH, redeemed.path("operation").asText());
        for (String sql : HALF_A_YEAR_OLDER) {
            execute(sql, world.id(customer));
        }
        world.admin().post(World.realm("/clear-user-cache"), Map.of());
    }

    private void execute(String sql, String id) throws SQLException {
        try (Connection connection = PostgresServer.connect(world.database());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    /** @param assignment with one instant to bind */
    void set(JsonNode operation, String assignment, Instant at) throws Exception {
        try (Connection connection = PostgresServer.connect(world.database());
                PreparedStatement update =
                        connection.prepareStatement("update SEKISHO_OPERATION set " + assignment + " where ID = ?")) {
            update.setLong(1, at.toEpochMilli());
            update.setString(2, operation.path("operation").asText());
            if (update.executeUpdate() != 1) {
                throw new AssertionError("There is no operation " + operation);
            }
        }
    }
}
