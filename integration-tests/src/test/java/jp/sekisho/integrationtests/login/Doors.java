package jp.sekisho.integrationtests.login;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;

/** The doors at which somebody who is in goes on, each tried by a real request. */
final class Doors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONSOLE = "account-console";

    private final World world;
    private final App app;
    private final App console;
    private final Visitor visitor;
    private final String access;
    private final String account;
    private String refresh;

    private Doors(World world, App app, App console, Visitor visitor, App.Tokens tokens, String account) {
        this.world = world;
        this.app = app;
        this.console = console;
        this.visitor = visitor;
        this.access = tokens.access();
        this.refresh = tokens.refresh();
        this.account = account;
    }

    /** @param visitor whose browser holds the session of these tokens */
    static Doors of(World world, Visitor visitor, App.Tokens tokens) throws Exception {
        App console = console(world, world.base());
        String account = visitor.at(console).openLogin().tokens().access();
        return new Doors(world, world.app(), console, visitor, tokens, account);
    }

    /** The same doors of another node. */
    Doors on(URI node, String address) {
        App there = new App(node, DemoRealm.NAME, app.client(), Optional.of(World.SECRET), app.callback());
        return new Doors(
                world,
                there,
                console(world, node),
                visitor.at(there).header("X-Forwarded-For", address),
                new App.Tokens(access, refresh, null, null),
                account);
    }

    static App console(World world, URI node) {
        return new App(
                node,
                DemoRealm.NAME,
                CONSOLE,
                Optional.empty(),
                world.base().resolve("/realms/" + DemoRealm.NAME + "/account/").toString());
    }

    /** A request at a door. */
    @FunctionalInterface
    interface Door {
        /** @return whether it let him through */
        boolean open() throws Exception;
    }

    Map<String, Door> all() {
        Map<String, Door> doors = new LinkedHashMap<>();
        doors.put("cookie", () -> back(visitor.copy().openLogin()).code().isPresent());
        doors.put("refresh", this::refresh);
        doors.put("introspection", () -> world.active(app, access));
        doors.put("userinfo", () -> app.userInfo(access) == 200);
        doors.put(
                "own-account",
                () -> get(realm("/sekisho/account/notices"), access).statusCode() == 200);
        doors.put("stock-account", () -> get(realm("/account/"), account).statusCode() == 200);
        return doors;
    }

    /** Takes his authenticator app away in Keycloak's account interface. @return whether it is gone */
    boolean removeApp(String id) throws Exception {
        String credentials = World.realm("/users/" + id + "/credentials");
        String otp = world.admin()
                .get(credentials)
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("otp"))
                .map(credential -> credential.path("id").asText())
                .findFirst()
                .orElseThrow();
        send(HttpRequest.newBuilder(realm("/account/credentials/" + otp))
                .header("Authorization", "Bearer " + account)
                .header("Accept", "application/json")
                .DELETE());
        return !world.admin().get(credentials).findValuesAsText("id").contains(otp);
    }

    /** A letter that is under way asks for its code, which may wait. */
    private static Page back(Page page) {
        return page.kind() == Page.Kind.POSTAL_CODE
                ? page.submit("#sekisho-postal-code-form", Map.of("later", "true"))
                : page;
    }

    private boolean refresh() throws Exception {
        HttpResponse<String> answer = app.refresh(refresh);
        if (answer.statusCode() == 200) {
            refresh = JSON.readTree(answer.body()).path("refresh_token").asText();
        }
        return answer.statusCode() == 200;
    }

    private URI realm(String path) {
        return app.loginPage(Map.of()).resolve("/realms/" + DemoRealm.NAME + path);
    }

    private static HttpResponse<String> get(URI uri, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
