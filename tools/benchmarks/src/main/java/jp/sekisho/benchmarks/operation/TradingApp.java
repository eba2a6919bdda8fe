package jp.sekisho.benchmarks.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import jp.sekisho.benchmarks.login.Lane;
import jp.sekisho.benchmarks.login.Login;
import jp.sekisho.benchmarks.site.Customer;
import jp.sekisho.benchmarks.site.Realms;
import jp.sekisho.benchmarks.site.Tables;

/** A trading app whose customers are logged in, and its back end, which asks about them. */
public final class TradingApp {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JSON_TYPE = "application/json";
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String BACKEND = "client_id=" + Realms.BACKEND + "&client_secret=" + Realms.BACKEND_SECRET;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ALLOWED = "\"decision\":\"ALLOW\"";

    /** Orders of a customer, as many as make another one usual. */
    private static final int PAST = 5;

    /** Events of a batch of signals. */
    public static final int EVENTS = 20;

    /** By the customer's name. */
    private final Map<String, String> tokens = new HashMap<>();

    /** By the customer's name. */
    private final Map<String, String> sessions = new HashMap<>();

    private final String own;

    private TradingApp(String own) {
        this.own = own;
    }

    /** Everybody of the lane logs in, and has ordered the same before: what is usual needs no question. */
    public static TradingApp ofTraders(HttpClient http, Lane lane, Tables tables)
            throws IOException, InterruptedException, SQLException {
        TradingApp app = of(http, lane);
        for (Customer customer : lane.customers()) {
            for (int order = 0; order < PAST; order++) {
                app.close(http, lane, customer);
            }
        }
        // Nothing is usual by ways out.
        tables.execute(
                "update sekisho_operation set way_out = false, position_effect = 'OPEN', created_at = created_at - ?",
                Duration.ofDays(2).toMillis());
        return app;
    }

    /** Everybody of the lane logs in. */
    public static TradingApp of(HttpClient http, Lane lane) throws IOException, InterruptedException {
        TradingApp app = new TradingApp(token(http, lane, BACKEND + "&grant_type=client_credentials"));
        for (Customer customer : lane.customers()) {
            String token = token(
                    http,
                    lane,
                    "grant_type=authorization_code&client_id=" + Realms.CLIENT + "&redirect_uri=" + Realms.CALLBACK
                            + "&code=" + Login.code(http, lane, customer));
            app.tokens.put(customer.name(), token);
            app.sessions.put(
                    customer.name(),
                    JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                            .path("sid")
                            .asText());
        }
        return app;
    }

    private static String token(HttpClient http, Lane lane, String form) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(http, request(lane, "/protocol/openid-connect/token", FORM_TYPE, form));
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    /** Keycloak's own: is the token still alive? */
    public void introspect(HttpClient http, Lane lane, Customer customer) throws IOException, InterruptedException {
        expect(
                send(
                        http,
                        request(
                                lane,
                                "/protocol/openid-connect/token/introspect",
                                FORM_TYPE,
                                BACKEND + "&token=" + tokens.get(customer.name()))),
                "\"active\":true");
    }

    /** Is an order of the customer all right? He is where he always is. */
    public void propose(HttpClient http, Lane lane, Customer customer) throws IOException, InterruptedException {
        asked(http, lane, customer, "OPEN");
    }

    /** The same, and it is done, of which the customer is told. */
    public void trade(HttpClient http, Lane lane, Customer customer) throws IOException, InterruptedException {
        redeemed(http, lane, asked(http, lane, customer, "OPEN"), true);
    }

    /** One that closes: nobody is asked about it. */
    private void close(HttpClient http, Lane lane, Customer customer) throws IOException, InterruptedException {
        redeemed(http, lane, asked(http, lane, customer, "CLOSE"), false);
    }

    private void redeemed(HttpClient http, Lane lane, HttpResponse<String> answer, boolean executed)
            throws IOException, InterruptedException {
        JsonNode allowed = JSON.readTree(answer.body());
        String operation = "/sekisho/operations/" + allowed.path("operation").asText();
        ObjectNode digest =
                JSON.createObjectNode().put("digest", allowed.path("digest").asText());
        expect(sent(http, lane, operation + "/redeem", digest), "\"state\":\"REDEEMED\"");
        if (executed) {
            expect(
                    sent(
                            http,
                            lane,
                            operation + "/result",
                            JSON.createObjectNode().put("result", "EXECUTED")),
                    "\"state\":\"EXECUTED\"");
        }
    }

    private HttpResponse<String> asked(HttpClient http, Lane lane, Customer customer, String effect)
            throws IOException, InterruptedException {
        ObjectNode order = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("type", "TRADE")
                .put("subjectToken", tokens.get(customer.name()))
                .put("occurredAt", Instant.now().toString());
        order.putObject("client").put("address", customer.address()).put("userAgent", customer.userAgent());
        order.putObject("details")
                .put("instrument", "USD/JPY")
                .put("side", "BUY")
                .put("positionEffect", effect)
                .put("quantity", "10000")
                .putObject("amount")
                .put("value", "1500000")
                .put("currency", "JPY");
        return expect(sent(http, lane, "/sekisho/operations", order), ALLOWED);
    }

    /** What a page noticed in some seconds. */
    public void tell(HttpClient http, Lane lane, Customer customer) throws IOException, InterruptedException {
        ObjectNode batch = JSON.createObjectNode().put("session", sessions.get(customer.name()));
        ArrayNode events = batch.putArray("events");
        for (int i = 0; i < EVENTS; i += 2) {
            events.addObject()
                    .put("type", "TRANSITION")
                    .put("from", "home")
                    .put("to", "order")
                    .put("stayMillis", 4000 + i);
            events.addObject()
                    .put("type", "RHYTHM")
                    .put("intervals", 12)
                    .put("medianMillis", 140)
                    .put("deviationMillis", 35);
        }
        expect(sent(http, lane, "/sekisho/signals", batch), "\"left\":0");
    }

    private HttpResponse<String> sent(HttpClient http, Lane lane, String path, ObjectNode body)
            throws IOException, InterruptedException {
        return send(http, request(lane, path, JSON_TYPE, body.toString()).header("Authorization", "Bearer " + own));
    }

    private static HttpRequest.Builder request(Lane lane, String path, String type, String body) {
        return HttpRequest.newBuilder(URI.create(lane.server() + "/realms/" + lane.realm() + path))
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.uri() + ": " + answer.statusCode() + ' ' + answer.body());
        }
        return answer;
    }

    private static HttpResponse<String> expect(HttpResponse<String> answer, String part) throws IOException {
        if (!answer.body().contains(part)) {
            throw new IOException(answer.uri() + ": " + part + " expected: " + answer.body());
        }
        return answer;
    }
}
