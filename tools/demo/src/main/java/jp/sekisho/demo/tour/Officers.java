package jp.sekisho.demo.tour;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.stack.proxy.Origin;

/** The firm's officers at their application, which calls Sekisho with their tokens. */
final class Officers implements AutoCloseable {

    private static final String VERIFIER = "a-verifier-that-is-long-enough-for-pkce-and-no-secret-here";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Tour.World world;
    private final Users users;
    private final Browser browser;

    private Officers(Tour.World world, Users users, Browser browser) {
        this.world = world;
        this.users = users;
        this.browser = browser;
    }

    static Officers start(Tour.World world, Users users) throws IOException {
        return new Officers(world, users, Browser.start("ja"));
    }

    /**
     * The token of an officer, who logs in by passkey only.
     *
     * @param role what he may do
     */
    String token(Customer officer, String role) throws Exception {
        users.give(officer, role);
        browser.hold(users.passkey(officer), world.keycloak().getHost(), users.id(officer));
        Visitor desk = Visitor.at(browser, officer, world);
        browser.forgetCookiesBut();
        desk.comeFrom(Origin.TOKYO_HOME);
        browser.open(world.authorization(DemoRealm.OFFICERS_CLIENT, callback(), Tour.World.challenge(VERIFIER)));
        // The browser offers the passkey by itself.
        browser.await("#sekisho-remember-form");
        browser.follow("#sekisho-remember-no");
        String query = URI.create(browser.url()).getRawQuery();
        Told.that(query != null && query.contains("code="), "the officer is at his desk", browser.url());
        browser.layPasskeysAside();
        return exchange(query.replaceFirst(".*code=([^&]+).*", "$1"));
    }

    HttpResponse<String> post(String token, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(world.keycloak().resolve("/admin/realms/" + DemoRealm.NAME + "/sekisho/" + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String exchange(String code) throws Exception {
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                DemoRealm.OFFICERS_CLIENT,
                "code",
                code,
                "redirect_uri",
                callback(),
                "code_verifier",
                VERIFIER);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(world.realm().resolve("protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.entrySet().stream()
                                .map(field -> field.getKey() + "="
                                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"))))
                        .build(),
                BodyHandlers.ofString());
        Told.that(answer.statusCode() == 200, "the officer gets a token", answer.body());
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    private String callback() {
        return world.app().resolve("/").toString();
    }

    @Override
    public void close() {
        browser.close();
    }
}
