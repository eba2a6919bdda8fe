package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import jp.sekisho.stack.keycloak.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who lowers the policy is not alone. */
// JP25-10
@LoginTest
class PolicyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RAISED = "{\"lockout\": {\"lock-after\": 6}, \"notices\": {\"mails-an-hour\": 40}}";
    private static final String REASON = "{\"reason\":\"試験\"}";

    private final World world;
    private ObjectNode before;

    PolicyIT(World world) {
        this.world = world;
    }

    @BeforeEach
    void remember() {
        before = world.desk().policy();
        before.withObject("/config").withArray("mode");
        before.withObject("/config").withArray("changes");
    }

    @AfterEach
    void goBack() throws Exception {
        world.desk().save(before);
    }

    @Test
    void anAdministratorAloneRaisesItAndDoesNotLowerIt() {
        save("changes", RAISED);
        assertThat(world.desk().policy().path("config").path("changes").path(0).asText())
                .isEqualTo(RAISED);

        assertThatThrownBy(() -> save("mode", "monitor"))
                .isInstanceOf(Admin.Refused.class)
                .hasMessageContaining("400")
                .hasMessageContaining("lower than the policy in force: mode.");
        assertThatThrownBy(() -> save("changes", "{\"lockout\": {\"lock-after\": 7}}"))
                .isInstanceOf(Admin.Refused.class)
                .hasMessageContaining("lockout.lock-after, notices.mails-an-hour");
        assertThatThrownBy(() -> save("changes", RAISED.replace("{\"lockout", """
                        {"migration": {"stages": [{"from": "2030-04-01", "ask": "CLOSED", "whom": "EVERYBODY"}]}, "lockout""")))
                .isInstanceOf(Admin.Refused.class)
                .hasMessageContaining("400")
                .hasMessageContaining("force: migration.stages.0.");
        assertThatThrownBy(() -> save("changes", "{'"))
                .isInstanceOf(Admin.Refused.class)
                .hasMessageContaining("400")
                .hasMessageContaining("changes is not JSON");
        assertThat(world.desk().policy().path("config").path("mode").path(0).asText())
                .isNotEqualTo("monitor");
        assertThat(world.desk().policy().path("config").path("changes").path(0).asText())
                .as("what was refused is nowhere")
                .isEqualTo(RAISED);
    }

    @Test
    void anAdministratorAloneDoesNotRemoveIt() {
        String component =
                World.realm("/components/" + world.desk().policy().path("id").asText());
        assertThatThrownBy(() -> world.admin().delete(component))
                .isInstanceOf(Admin.Refused.class)
                .hasMessageContaining("403");

        ObjectNode elsewhere = world.desk().policy();
        elsewhere.put("parentId", elsewhere.path("id").asText());
        assertThatThrownBy(() -> world.admin().put(component, elsewhere)).isInstanceOf(Admin.Refused.class);

        ObjectNode another = world.desk().policy();
        another.put("providerType", "org.keycloak.keys.KeyProvider").put("providerId", "hmac-generated");
        another.putObject("config");
        assertThatThrownBy(() -> world.admin().put(component, another)).isInstanceOf(Admin.Refused.class);

        assertThat(world.desk().policy().path("id").asText())
                .isEqualTo(before.path("id").asText());
        assertThat(world.desk().policy().path("config").path("profile")).isNotEmpty();
    }

    @Test
    void oneOfficerProposesAnotherApprovesAndItIsInForce() throws Exception {
        World.Officer one = world.officer("sekisho-officer", "sekisho-approver");
        World.Officer two = world.officer("sekisho-approver");
        String wanted = wanted("monitor");

        assertThat(as(two, "/policy/proposals", wanted).statusCode())
                .as("an approver only")
                .isEqualTo(403);
        JsonNode proposal = proposed(one, wanted);
        assertThat(proposal.path("content").path("lowers"))
                .extracting(JsonNode::asText)
                .contains("mode");
        assertThat(PolicyDesk.asOfficer(world, two.token(), "GET", "/proposals", "")
                        .body())
                .contains(proposal.path("id").asText());
        assertThat(as(one, approval(proposal), REASON).statusCode())
                .as("his own")
                .isEqualTo(403);
        assertThat(world.desk().policy().path("config").path("mode").path(0).asText())
                .isNotEqualTo("monitor");

        HttpResponse<String> approved = as(two, approval(proposal), REASON);
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(204);
        assertThat(world.desk().policy().path("config").path("mode").path(0).asText())
                .isEqualTo("monitor");
        assertThat(as(two, approval(proposal), REASON).statusCode()).as("once").isEqualTo(404);
        assertThat(world.tables().evidence(world.realmId(), "PROPOSAL"))
                .anySatisfy(record -> assertThat(record)
                        .contains("\"APPROVED\"", proposal.path("id").asText(), one.id(), two.id()));
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .anySatisfy(alert -> assertThat(alert)
                        .contains("\"POLICY\"", proposal.path("id").asText()));

        save("mode", "enforce");
        assertThatThrownBy(() -> save("mode", "monitor"))
                .as("what was approved once is not approved for ever")
                .isInstanceOf(Admin.Refused.class);
    }

    @Test
    void aProposalAgainstAnotherPolicyIsNotApproved() throws Exception {
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        JsonNode proposal = proposed(one, wanted("monitor"));
        save("changes", RAISED);

        HttpResponse<String> approved = as(two, approval(proposal), REASON);
        assertThat(approved.statusCode()).isEqualTo(409);
        assertThat(approved.body()).contains("policy-changed");
        assertThat(as(two, withdrawal(proposal), REASON).statusCode())
                .as("it still waits")
                .isEqualTo(204);
        assertThat(as(two, approval(proposal), REASON).statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNoPolicyIsNotProposed() throws Exception {
        World.Officer one = world.officer("sekisho-officer");
        for (String body : new String[] {
            "",
            "{}",
            "{\"config\": {}}",
            "{\"config\": {\"mode\": \"perhaps\"}, \"reason\": \"x\"}",
            "{\"config\": {\"mood\": \"monitor\"}, \"reason\": \"x\"}",
            "{\"config\": {\"changes\": \"{\"}, \"reason\": \"x\"}"
        }) {
            assertThat(as(one, "/policy/proposals", body).statusCode()).as(body).isEqualTo(400);
        }
    }

    private void save(String key, String value) {
        ObjectNode policy = world.desk().policy();
        policy.withObject("/config").putArray(key).add(value);
        world.admin().put(World.realm("/components/" + policy.path("id").asText()), policy);
    }

    /** The policy in force with another mode. */
    private String wanted(String mode) {
        ObjectNode wanted = JSON.createObjectNode().put("reason", "試験");
        ObjectNode config = wanted.putObject("config");
        world.desk()
                .policy()
                .path("config")
                .properties()
                .forEach(key -> config.put(key.getKey(), key.getValue().path(0).asText()));
        config.put("mode", mode);
        return wanted.toString();
    }

    private JsonNode proposed(World.Officer officer, String wanted) throws Exception {
        HttpResponse<String> answer = as(officer, "/policy/proposals", wanted);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body());
    }

    private static String approval(JsonNode proposal) {
        return "/proposals/" + proposal.path("id").asText() + "/approve";
    }

    private static String withdrawal(JsonNode proposal) {
        return "/proposals/" + proposal.path("id").asText() + "/withdraw";
    }

    private HttpResponse<String> as(World.Officer officer, String path, String body) throws Exception {
        return PolicyDesk.asOfficer(world, officer.token(), "POST", path, body);
    }
}
