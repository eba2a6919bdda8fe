package jp.sekisho.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SekishoClientTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATION = "0e1d4c53-9a4f-4a39-8f0e-6a4f8f0f7a11";
    private static final Payee PAYEE = new Payee(
            "0001", "123", Payee.AccountType.ORDINARY, "1234567", "スズキ ハナコ", Optional.of("みほん銀行"), Optional.empty());
    private static final Proposal WITHDRAWAL = new Proposal(
            "w-1",
            new Customer.BySession("hanako", "s-1"),
            Instant.parse("2026-11-29T10:00:00Z"),
            Optional.of(new Proposal.Seen("192.0.2.1", "Chrome")),
            new Details.Withdrawal(Money.of("1500000", "JPY"), PAYEE, Optional.empty()));

    /** One that is sent while nothing is prepared breaks the connection. */
    private final Queue<Prepared> prepared = new ConcurrentLinkedQueue<>();

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Boolean> renewed = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private SekishoClient client;
    private String issuer;

    private interface Prepared {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        issuer = "http://localhost:" + server.getAddress().getPort() + "/realms/broker";
        client = client(Duration.ofSeconds(30));
    }

    private SekishoClient client(Duration patience) {
        return new SekishoClient(issuer, "trading-app", this::token, HttpClient.newHttpClient(), patience);
    }

    private String token(boolean renew) {
        renewed.add(renew);
        return renew ? "renewed" : "kept";
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestMethod()
                + ' '
                + exchange.getRequestURI().getRawPath()
                + ' '
                + exchange.getRequestHeaders().getFirst("Authorization")
                + ' '
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Prepared next = prepared.poll();
        if (next == null) {
            exchange.close();
            return;
        }
        next.answer(exchange);
    }

    private void answers(int status, String body, String... headers) {
        prepared.add(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private String view(String state, String decision, String more) {
        return view(state, decision, more, digest(WITHDRAWAL));
    }

    private static String view(String state, String decision, String more, String digest) {
        return """
                {"operation":"%s","state":"%s","decision":"%s",%s"digest":"%s","policyVersion":"jp-2025:1","expiresAt":"2026-11-29T10:10:00Z"}
                """.formatted(OPERATION, state, decision, more, digest);
    }

    private String digest(Proposal proposal) {
        return new Content(OPERATION, issuer, "trading-app", proposal).digest();
    }

    @Test
    void eachDecisionIsAnAnswerOfItsOwn() {
        String contact = "\"contact\":{\"name\":\"窓口\",\"phone\":\"0120\",\"hours\":\"24\"},";
        answers(200, view("ALLOWED", "ALLOW", ""));
        assertThat(client.propose(WITHDRAWAL)).isInstanceOf(Answer.Allowed.class);

        answers(
                200,
                view(
                        "STEP_UP",
                        "STEP_UP",
                        "\"requirement\":{\"acr\":\"urn:sekisho:acr:operation\",\"factorClass\":\"PHISHING_RESISTANT\"},"));
        assertThat(client.propose(WITHDRAWAL))
                .isInstanceOfSatisfying(
                        Answer.StepUp.class,
                        asked -> assertThat(asked.factorClass()).isEqualTo("PHISHING_RESISTANT"));

        answers(
                200,
                view("HELD", "HOLD", "\"cause\":\"payee-wait\",\"holdUntil\":\"2026-11-30T10:00:00Z\"," + contact));
        assertThat(client.propose(WITHDRAWAL)).isInstanceOfSatisfying(Answer.Held.class, held -> {
            assertThat(held.until()).contains(Instant.parse("2026-11-30T10:00:00Z"));
            assertThat(held.contact().phone()).isEqualTo("0120");
        });

        answers(200, view("DENIED", "DENY", "\"cause\":\"frozen\"," + contact));
        assertThat(client.propose(WITHDRAWAL))
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo("frozen"));

        answers(200, view("ALLOWED", "ALLOW", "\"risk\":{\"level\":\"LOW\",\"score\":-1.5,\"reasons\":[\"x\"]},"));
        assertThat(client.find(OPERATION).known().risk()).contains(new Answer.Risk("LOW", -1.5, List.of("x")));
    }

    @Test
    void moneyIsSentAsDigitsAndWhoeverKnowsThemMakesTheSameDigest() throws Exception {
        answers(200, view("ALLOWED", "ALLOW", ""));
        client.propose(WITHDRAWAL);

        assertThat(received).singleElement().satisfies(sent -> {
            assertThat(sent).startsWith("POST /realms/broker/sekisho/operations Bearer kept ");
            JsonNode body = JSON.readTree(sent.substring(sent.indexOf('{')));
            assertThat(body).isEqualTo(JSON.readTree("""
                    {"id":"w-1","type":"WITHDRAWAL","session":"s-1","occurredAt":"2026-11-29T10:00:00Z",
                     "client":{"address":"192.0.2.1","userAgent":"Chrome"},
                     "details":{"amount":{"value":"1500000","currency":"JPY"},
                      "payee":{"bank":"0001","branch":"123","accountType":"ORDINARY","account":"1234567",
                               "holder":"スズキ ハナコ","bankName":"みほん銀行"}}}
                    """));
        });
        // SHA-256 of the canonical text, written out once by hand.
        String canonical =
                "{\"client\":\"trading-app\",\"details\":{\"amount\":{\"currency\":\"JPY\",\"value\":\"1500000\"},"
                        + "\"payee\":{\"account\":\"1234567\",\"accountType\":\"ORDINARY\",\"bank\":\"0001\",\"bankName\":\"みほん銀行\","
                        + "\"branch\":\"123\",\"holder\":\"スズキ ハナコ\"}},\"issuer\":\"" + issuer
                        + "\",\"occurredAt\":\"2026-11-29T10:00:00Z\",\"operation\":\"" + OPERATION
                        + "\",\"subject\":\"hanako\",\"type\":\"WITHDRAWAL\"}";
        assertThat(digest(WITHDRAWAL))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(canonical.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void theOtherDetailsAreWhatTheApiKnows() throws Exception {
        assertThat(new Details.Order(
                                "USD/JPY",
                                Details.Side.BUY,
                                Details.PositionEffect.OPEN,
                                Details.OrderType.MARKET,
                                new BigDecimal("10000"),
                                Optional.of(Money.of("1513200", "JPY")),
                                new Details.Market(
                                        Optional.of(new BigDecimal("0.5")), Optional.of(Money.of("9.50", "USD"))))
                        .json())
                .isEqualTo(JSON.readTree("""
                {"instrument":"USD/JPY","side":"BUY","positionEffect":"OPEN","orderType":"MARKET","quantity":"10000",
                 "amount":{"value":"1513200","currency":"JPY"},"holdingsShare":"0.5",
                 "dailyTurnover":{"value":"9.50","currency":"USD"}}"""));
        assertThat(new Details.Cancellation(Optional.of("USD/JPY")).json())
                .isEqualTo(JSON.readTree("{\"action\":\"CANCEL\",\"instrument\":\"USD/JPY\"}"));
        assertThat(new Details.ProfileChange(Set.of("phone", "address")).json())
                .isEqualTo(JSON.readTree("{\"attributes\":[\"address\",\"phone\"]}"));
        assertThat(new Details.BankAccountChange(PAYEE).json().path("payee")).hasSize(6);
        assertThatThrownBy(() -> Money.of("1.5", "JPY")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of("0", "JPY")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of("-1", "JPY")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerAboutSomethingElseIsNone() {
        answers(200, view("ALLOWED", "ALLOW", "", "0".repeat(64)));
        assertThatThrownBy(() -> client.propose(WITHDRAWAL)).isInstanceOf(NoAnswerException.class);
    }

    @Test
    void whatIsRedeemedIsWhatTheAppIsAboutToDo() {
        answers(200, view("REDEEMED", "ALLOW", ""));
        assertThat(client.redeem(OPERATION, WITHDRAWAL).known().state()).isEqualTo(State.REDEEMED);
        assertThat(received)
                .singleElement()
                .asString()
                .startsWith("POST /realms/broker/sekisho/operations/" + OPERATION + "/redeem ")
                .contains("{\"digest\":\"" + digest(WITHDRAWAL) + "\"}");
        answers(200, view("EXECUTED", "ALLOW", ""));
        client.result(OPERATION, Result.EXECUTED);
        assertThat(received.get(1)).contains("/result ", "{\"result\":\"EXECUTED\"}");
    }

    @Test
    void aRefusalIsAnExceptionThatSaysHowItStands() {
        answers(
                409,
                "{\"type\":\"urn:sekisho:problem:redeemed\",\"title\":\"Conflict\",\"status\":409,\"detail\":\"Before.\",\"operation\":"
                        + view("REDEEMED", "ALLOW", "") + "}");
        assertThatThrownBy(() -> client.redeem(OPERATION, WITHDRAWAL))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status()).isEqualTo(409);
                    assertThat(problem.type()).isEqualTo("urn:sekisho:problem:redeemed");
                    assertThat(problem.title()).isEqualTo("Conflict");
                    assertThat(problem.operation().orElseThrow().known().state())
                            .isEqualTo(State.REDEEMED);
                });
        answers(
                429,
                "{\"type\":\"urn:sekisho:problem:requests\",\"title\":\"Too Many Requests\",\"detail\":\"x\"}",
                "Retry-After",
                "7");
        assertThatThrownBy(() -> client.propose(WITHDRAWAL))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    @Test
    void whereTheConnectionBreaksAProposalIsSentOnceMoreAndARedemptionNever() {
        prepared.add(HttpExchange::close);
        answers(200, view("ALLOWED", "ALLOW", ""));
        assertThat(client.propose(WITHDRAWAL)).isInstanceOf(Answer.Allowed.class);
        assertThat(received).hasSize(2);
        assertThat(received.get(1)).isEqualTo(received.get(0));

        received.clear();
        assertThatThrownBy(() -> client.propose(WITHDRAWAL)).isInstanceOf(NoAnswerException.class);
        assertThat(received).hasSize(2);

        received.clear();
        assertThatThrownBy(() -> client.redeem(OPERATION, WITHDRAWAL)).isInstanceOf(NoAnswerException.class);
        assertThat(received).hasSize(1);
    }

    @Test
    void nobodyWaitsForEver() {
        prepared.add(exchange -> await());
        assertThatThrownBy(() -> client(Duration.ofMillis(200)).propose(WITHDRAWAL))
                .isInstanceOf(NoAnswerException.class);
        assertThat(received).as("once").hasSize(1);
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() {
        String unauthorized =
                "{\"type\":\"urn:sekisho:problem:unauthorized\",\"title\":\"Unauthorized\",\"detail\":\"x\"}";
        answers(401, unauthorized);
        answers(200, view("REDEEMED", "ALLOW", ""));
        client.redeem(OPERATION, WITHDRAWAL);
        assertThat(renewed).containsExactly(false, true);
        assertThat(received.get(1)).contains(" Bearer renewed ");

        answers(401, unauthorized);
        answers(401, unauthorized);
        assertThatThrownBy(() -> client.redeem(OPERATION, WITHDRAWAL))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(401));
    }

    @Test
    void whatCannotBeUnderstoodDecidesNothing() {
        Queue<String> bodies = new ArrayDeque<>(List.of(
                "",
                "<html>",
                "{}",
                "null",
                "[]",
                view("ALLOWED", "PERHAPS", ""),
                view("SOMEWHERE", "ALLOW", ""),
                view("HELD", "HOLD", ""),
                view("STEP_UP", "STEP_UP", "")));
        while (!bodies.isEmpty()) {
            String body = bodies.poll();
            answers(200, body);
            assertThatThrownBy(() -> client.propose(WITHDRAWAL)).as(body).isInstanceOf(NoAnswerException.class);
        }
        answers(502, "Bad Gateway");
        assertThatThrownBy(() -> client.propose(WITHDRAWAL)).isInstanceOf(NoAnswerException.class);
        answers(302, "{}", "Location", issuer);
        assertThatThrownBy(() -> client.propose(WITHDRAWAL)).isInstanceOf(NoAnswerException.class);
    }

    @Test
    void tokensFollowNoRedirect() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThatThrownBy(() -> new SekishoClient(issuer, "x", renew -> "t", following, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdStaysOneSegmentOfThePath() {
        answers(404, "{\"type\":\"urn:sekisho:problem:not-found\",\"title\":\"Not Found\",\"detail\":\"x\"}");
        assertThatThrownBy(() -> client.find("../sessions/x")).isInstanceOf(ProblemException.class);
        assertThat(received).singleElement().asString().contains("/operations/..%2Fsessions%2Fx ");
    }
}
