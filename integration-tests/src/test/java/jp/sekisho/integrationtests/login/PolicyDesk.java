package jp.sekisho.integrationtests.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.proxy.Origin;

/** Changes the realm's policy as a firm does: an administrator saves it, and where it is lower two officers want it. */
final class PolicyDesk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final World world;
    private Optional<Clerk> proposer = Optional.empty();
    private Optional<Clerk> approver = Optional.empty();

    PolicyDesk(World world) {
        this.world = world;
    }

    /** The component as it stands. */
    ObjectNode policy() {
        return (ObjectNode) world.admin()
                .get(World.realm("/components?type=" + PolicyProvider.class.getName()))
                .path(0);
    }

    void save(ObjectNode policy) throws Exception {
        try {
            world.admin().put(World.realm("/components/" + policy.path("id").asText()), policy);
        } catch (Admin.Refused refused) {
            if (!refused.getMessage().contains("lower than the policy in force")) {
                throw refused;
            }
            lower(policy.path("config"));
        }
    }

    private void lower(JsonNode config) throws Exception {
        if (proposer.isEmpty()) {
            proposer = Optional.of(new Clerk("sekisho-officer"));
            approver = Optional.of(new Clerk("sekisho-approver"));
        }
        ObjectNode wanted = JSON.createObjectNode().put("reason", "試験");
        ObjectNode values = wanted.putObject("config");
        config.properties().forEach(key -> {
            if (key.getValue().path(0).isTextual()) {
                values.put(key.getKey(), key.getValue().path(0).asText());
            }
        });
        String id = JSON.readTree(proposer.get().post("/policy/proposals", wanted, 202))
                .path("id")
                .asText();
        approver.get().post("/proposals/" + id + "/approve", Map.of("reason", "試験"), 204);
    }

    /** An officer who stays signed in. */
    private final class Clerk {

        private final String role;
        private String refresh;

        Clerk(String role) throws Exception {
            this.role = role;
            this.refresh = world.officer(role).refresh();
        }

        private String post(String path, Object body, int status) throws Exception {
            HttpResponse<String> answer = asOfficer(world, token(), "POST", path, JSON.writeValueAsString(body));
            if (answer.statusCode() != status) {
                throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        }

        /** Where a test has shortened sessions, his may be over. */
        private String token() throws Exception {
            HttpResponse<String> signedIn = world.app().refresh(refresh);
            if (signedIn.statusCode() != 200) {
                World.Officer anew = world.officer(role);
                refresh = anew.refresh();
                return anew.token();
            }
            JsonNode tokens = JSON.readTree(signedIn.body());
            refresh = tokens.path("refresh_token").asText();
            return tokens.path("access_token").asText();
        }
    }

    /** A call of an officer from the firm's house. @param path below {@code sekisho} */
    static HttpResponse<String> asOfficer(World world, String token, String method, String path, String body)
            throws Exception {
        URI uri = world.keycloak().base().resolve(World.realm("/sekisho" + path));
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", Origin.TOKYO_HOME.address())
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
