package jp.sekisho.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What the app is about to do.
 *
 * @param id the app's own: one for each operation, kept with it, so that asking twice is asking once
 * @param occurredAt when the customer wanted it
 * @param seen from where and with what he came, where the app knows
 */
public record Proposal(String id, Customer customer, Instant occurredAt, Optional<Seen> seen, Details details) {

    /** @param address the customer's, not the proxy's @param userAgent the header as it came */
    public record Seen(String address, String userAgent) {}

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("type", details.type())
                .put("occurredAt", occurredAt.toString());
        customer.putTo(json);
        seen.ifPresent(client ->
                json.putObject("client").put("address", client.address()).put("userAgent", client.userAgent()));
        json.set("details", details.json());
        return json;
    }
}
