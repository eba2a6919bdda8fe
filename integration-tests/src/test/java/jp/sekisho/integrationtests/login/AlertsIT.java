package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.sekisho.demo.Customer;
import org.junit.jupiter.api.Test;

/** What the desk was alerted of, as its officers read it. */
@LoginTest
class AlertsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 50;

    private final World world;

    AlertsIT(World world) {
        this.world = world;
    }

    @Test
    void whoIsNoOfficerReadsNone() throws Exception {
        assertThat(alerts(world.officer().token(), "").statusCode()).isEqualTo(403);
        assertThat(alerts(world.admin().token(), "").statusCode())
                .as("an administrator of the server is no officer")
                .isEqualTo(403);
        assertThat(alerts("no-token", "").statusCode()).isEqualTo(401);
    }

    @Test
    void whatConcernsACustomerNamesHimToOfficers() throws Exception {
        World.Officer officer = world.officer("sekisho-officer");
        Customer customer = world.customer();
        String id = world.id(customer);
        HttpResponse<String> frozen = PolicyDesk.asOfficer(
                world,
                officer.token(),
                "POST",
                "/customers/" + id + "/freeze",
                "{\"operation\": \"ALL\", \"reason\": \"試験\"}");
        assertThat(frozen.statusCode()).as(frozen.body()).isEqualTo(204);
        ObjectNode user = (ObjectNode) world.user(customer);
        world.admin().put(World.realm("/users/" + id), user.put("enabled", true));

        JsonNode alert = newest(officer, "freeze-bypassed", id);
        assertThat(alert.path("customer").asText()).isNotEmpty().isNotEqualTo(id);
        assertThat(alert.path("details").path("user").asText()).isEqualTo("enabled");
        assertThat(alert.path("at").asText()).endsWith("Z");
        assertThat(alert.toString()).doesNotContain(customer.username(), customer.email());
    }

    /** Newest first, page after page, none twice and none left out; what is about nobody names nobody. */
    @Test
    void thePagesHoldEachAlertOnce() throws Exception {
        World.Officer officer = world.officer("sekisho-officer");
        List<String> proposals = new ArrayList<>();
        for (int i = 0; i < PAGE / 2 + 1; i++) {
            String id = proposed(officer);
            proposals.add(id);
            HttpResponse<String> withdrawn = PolicyDesk.asOfficer(
                    world, officer.token(), "POST", "/proposals/" + id + "/withdraw", "{\"reason\": \"試験\"}");
            assertThat(withdrawn.statusCode()).as(withdrawn.body()).isEqualTo(204);
        }
        JsonNode first = JSON.readTree(alerts(officer.token(), "").body());
        assertThat(first.path("alerts")).hasSize(PAGE);
        JsonNode second = JSON.readTree(
                alerts(officer.token(), "?before=" + first.path("before").asText())
                        .body());
        List<JsonNode> both = new ArrayList<>();
        first.path("alerts").forEach(both::add);
        second.path("alerts").forEach(both::add);
        assertThat(both).extracting(alert -> alert.path("id").asText()).doesNotHaveDuplicates();
        assertThat(both)
                .extracting(alert -> alert.path("at").asText())
                .isSortedAccordingTo((a, b) -> Instant.parse(b).compareTo(Instant.parse(a)));
        for (String proposal : proposals) {
            assertThat(both)
                    .filteredOn(alert -> alert.at("/details/proposal").asText().equals(proposal))
                    .allMatch(alert -> alert.path("what").asText().equals("proposal"))
                    .allMatch(alert -> alert.path("user").isMissingNode()
                            || alert.path("user").isNull())
                    .extracting(alert -> alert.at("/details/result").asText())
                    .containsExactly("WITHDRAWN", "PROPOSED");
        }
        assertThat(alerts(world.officer("sekisho-approver").token(), "").statusCode())
                .as("an approver")
                .isEqualTo(200);
        assertThat(alerts(officer.token(), "?before=yesterday").statusCode()).isEqualTo(400);
    }

    private String proposed(World.Officer officer) throws Exception {
        HttpResponse<String> answer = PolicyDesk.asOfficer(
                world,
                officer.token(),
                "POST",
                "/access-rules?force=true",
                AccessRulesIT.rule("REALM", "", "ALLOW", "NETWORK", "192.0.2.0/24"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("id").asText();
    }

    private JsonNode newest(World.Officer officer, String what, String user) throws Exception {
        HttpResponse<String> answer = alerts(officer.token(), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Optional<JsonNode> newest = JSON.readTree(answer.body())
                .path("alerts")
                .valueStream()
                .filter(alert -> alert.path("what").asText().equals(what)
                        && alert.path("user").asText().equals(user))
                .findFirst();
        assertThat(newest).as(answer.body()).isPresent();
        return newest.get();
    }

    private HttpResponse<String> alerts(String token, String query) throws Exception {
        return PolicyDesk.asOfficer(world, token, "GET", "/alerts" + query, "");
    }
}
