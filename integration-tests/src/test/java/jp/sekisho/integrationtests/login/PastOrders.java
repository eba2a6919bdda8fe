package jp.sekisho.integrationtests.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import jp.sekisho.integrationtests.visitor.App;

/** A customer's past: what he did through the door of apps, moved back in time. */
final class PastOrders {

    private final World world;

    PastOrders(World world) {
        this.world = world;
    }

    /**
     * The same each day for six days, but as orders that close, which nobody is asked about: from now on it is usual.
     *
     * @param order one that opens
     */
    void made(Backend backend, App.Tokens tokens, String order) throws Exception {
        String closing = order.replace("OPEN", "CLOSE");
        for (int day = 2; day < 8; day++) {
            JsonNode made = Backend.read(backend.propose(Backend.request("TRADE", tokens, closing)), 200);
            Backend.read(backend.redeem(made), 200);
            set(made, "CREATED_AT = ?", Instant.now().minus(Duration.ofDays(day)));
        }
    }

    /** @param assignment with one instant to bind */
    void set(JsonNode operation, String assignment, Instant at) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        world.database().url(),
                        world.database().user(),
                        world.database().password());
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
