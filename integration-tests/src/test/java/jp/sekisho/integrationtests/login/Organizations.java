package jp.sekisho.integrationtests.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.sekisho.integrationtests.visitor.App;

/** The realm has organizations until this is closed; shipped, it has none. */
final class Organizations implements AutoCloseable {

    private final World world;
    private final JsonNode realm;
    private final List<String> found = new ArrayList<>();

    private Organizations(World world) {
        this.world = world;
        realm = world.admin().get(World.realm(""));
        ObjectNode organized = realm.deepCopy();
        world.admin().put(World.realm(""), organized.put("organizationsEnabled", true));
    }

    static Organizations in(World world) {
        return new Organizations(world);
    }

    /** @return the path of a new one */
    String found(String name) {
        world.admin()
                .post(
                        World.realm("/organizations"),
                        Map.of("name", name, "alias", name, "domains", List.of(Map.of("name", name + ".example"))));
        String organization = World.realm("/organizations/"
                + world.admin()
                        .get(World.realm("/organizations?exact=true&search=" + name))
                        .at("/0/id")
                        .asText());
        found.add(organization);
        return organization;
    }

    boolean invite(String organization, String address) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(world.keycloak().base().resolve(organization + "/members/invite-user"))
                                .header(
                                        "Authorization",
                                        "Bearer " + world.admin().token())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(App.form(Map.of("email", address))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 204;
    }

    @Override
    public void close() {
        found.forEach(world.admin()::delete);
        world.admin().put(World.realm(""), realm);
    }
}
