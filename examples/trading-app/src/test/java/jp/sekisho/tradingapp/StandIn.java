package jp.sekisho.tradingapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.erdtman.jcs.JsonCanonicalizer;

/** An identity provider that decides as the test says, and keeps what it is asked. */
final class StandIn {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Optional<String> WAITS = Optional.of("2030-11-30T10:00:00Z");

    /** What a test does between a redemption and its answer. */
    @FunctionalInterface
    interface Meanwhile {
        void happens() throws Exception;
    }

    private static final Meanwhile NOTHING = () -> {};

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final RSAKey key = key();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> pushed = Map.of();
    private volatile String proposal = "";
    private volatile String operation;
    private volatile String customer;
    private volatile String digest;
    private volatile String state;
    private volatile String decision;
    private volatile Optional<String> until = WAITS;
    private volatile String refusal;
    private volatile String idToken;
    private volatile boolean down;
    private volatile boolean deaf;
    private volatile Meanwhile meanwhile = NOTHING;

    private StandIn(HttpServer server) {
        this.server = server;
    }

    static StandIn start() {
        try {
            StandIn standIn =
                    new StandIn(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            standIn.server.createContext("/realms/broker", standIn::handle);
            standIn.server.setExecutor(standIn.threads);
            standIn.server.start();
            return standIn;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("k-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    void begin(String subject) {
        customer = subject;
        until = WAITS;
        refusal = null;
        idToken = null;
        down = false;
        deaf = false;
        meanwhile = NOTHING;
        forget();
    }

    void forget() {
        calls.clear();
    }

    void decide(String newState, String newDecision) {
        state = newState;
        decision = newDecision;
    }

    /** A person looks at it, or has by then. */
    void hold(Optional<String> newUntil) {
        until = newUntil;
    }

    void refuseRedemptions(String newState) {
        refusal = newState;
    }

    void fall() {
        down = true;
    }

    void rise() {
        down = false;
    }

    /** Asks for patience where somebody tells what became of it. */
    void stopHearing() {
        deaf = true;
    }

    void hear() {
        deaf = false;
    }

    /** Once: before it is answered that something is redeemed. */
    void whileItRedeems(Meanwhile work) {
        meanwhile = work;
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort() + "/realms/broker";
    }

    List<String> calls() {
        return calls;
    }

    Map<String, String> pushed() {
        return pushed;
    }

    String operation() {
        return operation;
    }

    String idToken() {
        return idToken;
    }

    String lastProposal() {
        return proposal;
    }

    String lastId() throws IOException {
        return JSON.readTree(proposal).path("id").asText();
    }

    /** The customer confirms, and the token says so, but for the change. */
    void confirm(Consumer<Map<String, Object>> change) throws Exception {
        confirm(change, key);
    }

    void confirmForged() throws Exception {
        confirm(claims -> {}, key());
    }

    private void confirm(Consumer<Map<String, Object>> change, RSAKey signer) throws Exception {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                issuer(),
                "aud",
                "trading-app",
                "sub",
                customer,
                "iat",
                now,
                "exp",
                now + 300,
                "auth_time",
                now,
                "nonce",
                pushed.get("nonce"),
                "acr",
                "urn:sekisho:acr:operation",
                "operation",
                operation,
                "digest",
                digest));
        change.accept(claims);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k-1").build(), JWTClaimsSet.parse(claims));
        token.sign(new RSASSASigner(signer));
        idToken = token.serialize();
        state = "CONFIRMED";
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/realms/broker".length());
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.startsWith("/sekisho/operations")) {
            operations(exchange, path.substring("/sekisho/operations".length()), sent);
        } else if (path.startsWith("/sekisho/sessions")) {
            send(exchange, 200, "{\"session\":\"goes-on\"}");
        } else if (path.endsWith("/openid-configuration")) {
            send(exchange, 200, """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
                     "jwks_uri": "%1$s/certs", "pushed_authorization_request_endpoint": "%1$s/par",
                     "response_types_supported": ["code"], "subject_types_supported": ["public"],
                     "id_token_signing_alg_values_supported": ["RS256"]}
                    """.formatted(issuer()));
        } else if (path.equals("/certs")) {
            send(exchange, 200, "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}");
        } else if (path.equals("/par")) {
            pushed = form(sent);
            send(exchange, 201, "{\"request_uri\":\"urn:pushed\",\"expires_in\":60}");
        } else if (form(sent).get("grant_type").equals("client_credentials")) {
            send(exchange, 200, "{\"access_token\":\"of-the-app\",\"token_type\":\"Bearer\",\"expires_in\":300}");
        } else {
            send(
                    exchange,
                    200,
                    "{\"access_token\":\"of-the-customer\",\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\""
                            + idToken + "\"}");
        }
    }

    private void operations(HttpExchange exchange, String path, String sent) throws IOException {
        if (path.isEmpty()) {
            proposal = sent;
        }
        if (down) {
            send(exchange, 502, "Bad Gateway");
            return;
        }
        if (path.isEmpty()) {
            calls.add("propose");
            operation = UUID.randomUUID().toString();
            digest = digest((ObjectNode) JSON.readTree(sent));
            send(exchange, 200, view(state));
        } else if (path.endsWith("/redeem")) {
            calls.add("redeem");
            boolean same = JSON.readTree(sent).path("digest").asText().equals(digest);
            boolean open = state.equals("ALLOWED") || state.equals("CONFIRMED") || state.equals("HELD") && isDue();
            if (same && open && refusal == null) {
                String redeemed = view("REDEEMED");
                happens();
                send(exchange, 200, redeemed);
            } else {
                send(
                        exchange,
                        409,
                        "{\"type\":\"urn:sekisho:problem:x\",\"title\":\"Conflict\",\"detail\":\"x\",\"operation\":"
                                + view(refusal == null ? state : refusal) + "}");
            }
        } else if (path.endsWith("/result")) {
            String result = JSON.readTree(sent).path("result").asText();
            if (deaf) {
                send(
                        exchange,
                        429,
                        "{\"type\":\"urn:sekisho:problem:x\",\"title\":\"Too Many Requests\",\"detail\":\"x\"}");
                return;
            }
            calls.add("result " + result);
            send(exchange, 200, view(result));
        } else {
            calls.add("find");
            send(exchange, 200, view(state));
        }
    }

    private boolean isDue() {
        return until.filter(time -> Instant.parse(time).isBefore(Instant.now())).isPresent();
    }

    private void happens() {
        Meanwhile work = meanwhile;
        meanwhile = NOTHING;
        try {
            work.happens();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String view(String now) throws IOException {
        ObjectNode view = JSON.createObjectNode()
                .put("operation", operation)
                .put("state", now)
                .put("decision", decision)
                .put("digest", digest)
                .put("policyVersion", "jp-2025:1")
                .put("expiresAt", "2030-01-01T00:00:00Z");
        if (decision.equals("STEP_UP")) {
            view.putObject("requirement")
                    .put("acr", "urn:sekisho:acr:operation")
                    .put("factorClass", "PHISHING_RESISTANT");
        }
        if (decision.equals("HOLD")) {
            until.ifPresent(time -> view.put("holdUntil", time));
        }
        if (decision.equals("HOLD") || decision.equals("DENY")) {
            view.put("cause", "payee-wait")
                    .putObject("contact")
                    .put("name", "関所証券")
                    .put("phone", "0120-000-000")
                    .put("hours", "24h");
        }
        return JSON.writeValueAsString(view);
    }

    private String digest(ObjectNode request) throws IOException {
        JsonNode content = JSON.createObjectNode()
                .put("operation", operation)
                .put("issuer", issuer())
                .put("client", "trading-backend")
                .put("subject", customer)
                .put("type", request.path("type").asText())
                .put("occurredAt", request.path("occurredAt").asText())
                .set("details", request.path("details"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(new JsonCanonicalizer(content.toString()).getEncodedUTF8()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            String[] both = pair.split("=", 2);
            form.put(both[0], URLDecoder.decode(both.length > 1 ? both[1] : "", StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
