package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.proxy.Origin;
import jp.sekisho.tools.backtest.Backtest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a firm's apps ask before they move money: through their door, on a stock server. */
// FFAJ-1.3-B4, FFAJ-1.4-S2, FFAJ-3-S2
@LoginTest(World.Setup.JP_2025)
class OperationsIT {

    private static final String ORDER = """
            {"instrument":"USD/JPY","side":"BUY","positionEffect":"OPEN","quantity":"10000","amount":{"value":"1500000","currency":"JPY"}}""";
    private static final String CLOSING = """
            {"instrument":"USD/JPY","side":"SELL","positionEffect":"CLOSE","quantity":"10000"}""";
    private static final String PAYEE =
            "{\"bank\":\"0001\",\"branch\":\"123\",\"accountType\":\"ORDINARY\",\"account\":\"%s\",\"holder\":\"%s\"}";
    private static final String OWN = "スズキ ハナコ";

    private final World world;
    private final PastOrders past;

    /** Nobody else's: who names the same one as others is looked at. */
    private final String account = ThreadLocalRandom.current().nextInt(1000, 10_000) + "567";

    OperationsIT(World world) {
        this.world = world;
        this.past = new PastOrders(world);
    }

    @Test
    void anOrderIsAllowedRedeemedOnceAndTold() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        past.made(backend, tokens, ORDER);
        ObjectNode request = usual(Backend.request("TRADE", tokens, ORDER));

        JsonNode allowed = Backend.read(backend.propose(request), 200);
        assertThat(allowed.path("decision").asText()).as(allowed.toString()).isEqualTo("ALLOW");
        assertThat(allowed.path("state").asText()).isEqualTo("ALLOWED");
        assertThat(allowed.path("policyVersion").asText()).startsWith("jp-2025:");
        assertThat(Instant.parse(allowed.path("expiresAt").asText())).isAfter(Instant.now());
        assertThat(allowed.has("risk")).as("only for who may read it").isFalse();
        assertThat(allowed.path("digest").asText())
                .as("whoever knows what he wants to do makes the same")
                .isEqualTo(digest(allowed, backend, customer, request));

        assertThat(Backend.read(backend.propose(request), 200)).as("again").isEqualTo(allowed);
        ObjectNode other = request.deepCopy();
        other.withObject("/details").put("quantity", "20000");
        assertThat(type(backend.propose(other), 409)).isEqualTo("other-content");

        assertThat(type(backend.result(allowed, "EXECUTED"), 409))
                .as("before it was redeemed")
                .isEqualTo("result");
        assertThat(type(backend.redeem(allowed, "0".repeat(64)), 409)).isEqualTo("digest");
        assertThat(Backend.read(backend.redeem(allowed), 200).path("state").asText())
                .isEqualTo("REDEEMED");
        assertThat(type(backend.redeem(allowed), 409)).isEqualTo("redeemed");
        assertThat(Backend.read(backend.result(allowed, "EXECUTED"), 200)
                        .path("state")
                        .asText())
                .isEqualTo("EXECUTED");
        assertThat(Backend.read(backend.result(allowed, "EXECUTED"), 200)
                        .path("state")
                        .asText())
                .isEqualTo("EXECUTED");
        assertThat(type(backend.result(allowed, "REJECTED"), 409)).isEqualTo("result");
        assertThat(backend.get(allowed).path("state").asText()).isEqualTo("EXECUTED");

        world.awaitTold(customer, "ご注文成立");
        assertThat(world.mailsTo(customer))
                .filteredOn(mail -> mail.subject().contains("ご注文成立"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("1,500,000 JPY", "USD/JPY"));
        List<Tables.Record> decision = world.records(customer).stream()
                .filter(record ->
                        record.content().contains(allowed.path("operation").asText()))
                .toList();
        assertThat(decision)
                .extracting(Tables.Record::kind, Tables.Record::result)
                .containsExactly(
                        tuple("DECISION", "ADMITTED"), tuple("RESULT", "REDEEMED"), tuple("RESULT", "EXECUTED"));
    }

    /** Who cancels what is about to be done does not silence that it was. */
    // FFAJ-1.3-B2
    @Test
    void whatWasDoneIsToldAlthoughItWasSaidToBeCancelled() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode redeemed = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        Backend.read(backend.redeem(redeemed), 200);
        URI own = world.base()
                .resolve("/realms/broker/sekisho/account/operations/"
                        + redeemed.path("operation").asText());
        assertThat(Bearer.send(HttpRequest.newBuilder(own).DELETE(), tokens.access())
                        .statusCode())
                .as("the customer himself, too late")
                .isEqualTo(404);
        assertThat(Backend.read(backend.result(redeemed, "CANCELLED"), 200)
                        .path("state")
                        .asText())
                .isEqualTo("CANCELLED");
        assertThat(Backend.read(backend.result(redeemed, "EXECUTED"), 200)
                        .path("state")
                        .asText())
                .isEqualTo("EXECUTED");
        assertThat(type(backend.result(redeemed, "CANCELLED"), 409)).isEqualTo("result");
        world.awaitTold(customer, "ご注文成立");

        JsonNode never = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        Backend.read(backend.result(never, "CANCELLED"), 200);
        assertThat(type(backend.result(never, "EXECUTED"), 409))
                .as("it was not redeemed")
                .isEqualTo("result");
    }

    @Test
    void aCustomerAlwaysGetsOutAndOnlyAFreezeKeepsHimIn() throws Exception {
        Customer customer = world.customer();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode asked = Backend.read(backend.propose(Backend.request("TRADE", tokens, ORDER)), 200);
        assertThat(asked.path("decision").asText())
                .as("of whom little is known")
                .isEqualTo("STEP_UP");
        assertThat(asked.at("/requirement/acr").asText()).isEqualTo("urn:sekisho:acr:operation");
        assertThat(asked.at("/requirement/factorClass").asText()).isEqualTo("OTP");
        assertThat(type(backend.redeem(asked), 409)).isEqualTo("step-up");
        JsonNode out = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        assertThat(out.path("decision").asText()).isEqualTo("ALLOW");
        JsonNode cancel =
                Backend.read(backend.propose(Backend.request("TRADE", tokens, "{\"action\":\"CANCEL\"}")), 200);
        assertThat(cancel.path("decision").asText()).isEqualTo("ALLOW");
        assertThat(backend.propose(Backend.request("WITHDRAWAL", tokens, withdrawal("CANCEL")))
                        .statusCode())
                .as("no withdrawal is a way out")
                .isEqualTo(422);

        freeze(customer, "TRADE");
        JsonNode frozen = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        assertThat(frozen.path("decision").asText()).isEqualTo("DENY");
        assertThat(frozen.path("cause").asText()).isEqualTo("frozen");
        assertThat(frozen.at("/contact/phone").asText()).isNotEmpty();
        assertThat(backend.get(out).path("state").asText())
                .as("what nobody did yet is taken back")
                .isEqualTo("VOIDED");
        assertThat(type(backend.redeem(out), 409)).isEqualTo("frozen");
        assertThat(Backend.read(backend.propose(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE"))), 200)
                        .path("decision")
                        .asText())
                .as("another operation is not frozen")
                .isEqualTo("HOLD");
    }

    @Test
    void nothingIsWithdrawnToANewAccountBeforeItsWait() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode held =
                Backend.read(backend.propose(usual(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE")))), 200);
        assertThat(held.path("decision").asText()).isEqualTo("HOLD");
        assertThat(held.path("cause").asText()).isEqualTo("payee-wait");
        assertThat(Instant.parse(held.path("holdUntil").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));
        world.awaitTold(customer, "保留");
        assertThat(type(backend.redeem(held), 409)).isEqualTo("held");
        past.set(held, "HOLD_UNTIL = ?, CREATED_AT = CREATED_AT - 86400000", Instant.now());
        assertThat(type(backend.redeem(held), 409))
                .as("it is decided again, and to be confirmed")
                .isEqualTo("step-up");
        JsonNode again = backend.get(held);
        assertThat(again.path("decision").asText()).isEqualTo("STEP_UP");
        assertThat(again.at("/requirement/factorClass").asText()).isEqualTo("PHISHING_RESISTANT");
        assertThat(again.path("digest")).isEqualTo(held.path("digest"));
    }

    /** Malware changes the codes and leaves the familiar name. */
    // FFAJ-1.4-S4, JP25-11
    @Test
    void whereMoneyGoesIsToldByTheCodesOfBankAndBranch() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        ObjectNode request = usual(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE")));
        ObjectNode payee = request.withObject("/details/payee").put("bank", "0009");
        for (String name : List.of("みほん銀行(0001)", "みほん銀行（０００１）", "みほん銀行 0001")) {
            payee.put("bankName", name);
            HttpResponse<String> refused = backend.propose(request);
            assertThat(Backend.read(refused, 400).path("pointer").asText())
                    .as(name)
                    .isEqualTo("/details/payee/bankName");
        }
        payee.put("bankName", "みほん銀行");
        JsonNode held = Backend.read(backend.propose(request), 200);
        assertThat(held.path("decision").asText()).as(held.toString()).isEqualTo("HOLD");
        world.awaitTold(customer, "保留");
        assertThat(world.mailsTo(customer))
                .filteredOn(mail -> mail.subject().contains("保留"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("みほん銀行(0009) 123 ****567"));
        URI own = world.base().resolve("/realms/broker/sekisho/account/operations");
        assertThat(Bearer.send(HttpRequest.newBuilder(own), tokens.access()).body())
                .contains("みほん銀行(0009) 123 ****567");
    }

    // FFAJ-3-S2, JP25-9
    @Test
    void whoTradesAsAlwaysIsNotAskedAndWhoDoesNotIs() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = readingRisk("TRADE");
        JsonNode first = Backend.read(backend.propose(usual(Backend.request("TRADE", tokens, ORDER))), 200);
        assertThat(first.path("decision").asText())
                .as("of whom no order is known")
                .isEqualTo("STEP_UP");
        assertThat(reasons(first)).contains("few-operations").doesNotContain("new-instrument");

        past.made(backend, tokens, ORDER);
        JsonNode asAlways = Backend.read(backend.propose(usual(Backend.request("TRADE", tokens, ORDER))), 200);
        assertThat(asAlways.path("decision").asText()).as(asAlways.toString()).isEqualTo("ALLOW");
        assertThat(asAlways.at("/risk/level").asText()).isEqualTo("LOW");

        JsonNode large = Backend.read(
                backend.propose(usual(Backend.request("TRADE", tokens, ORDER.replace("1500000", "90000000")))), 200);
        assertThat(large.path("decision").asText()).as(large.toString()).isEqualTo("STEP_UP");
        assertThat(reasons(large)).contains("unusual-amount").doesNotContain("few-operations", "new-instrument");
        world.awaitTold(customer, "いつもと異なるご注文");
        assertThat(world.mailsTo(customer))
                .filteredOn(mail -> mail.subject().contains("いつもと異なるご注文"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("90,000,000 JPY", "USD/JPY"));

        JsonNode thin = Backend.read(
                backend.propose(
                        usual(
                                Backend.request(
                                        "TRADE",
                                        tokens,
                                        ORDER.replace("USD/JPY", "9999")
                                                .replace(
                                                        "{\"instrument\"",
                                                        "{\"dailyTurnover\":{\"value\":\"20000000\",\"currency\":\"JPY\"},\"instrument\"")))),
                200);
        assertThat(thin.path("decision").asText()).as(thin.toString()).isEqualTo("STEP_UP");
        assertThat(reasons(thin)).contains("new-instrument", "thin-instrument");
        assertThat(Backend.read(backend.propose(usual(Backend.request("TRADE", tokens, CLOSING))), 200)
                        .path("decision")
                        .asText())
                .isEqualTo("ALLOW");
    }

    /** There is nothing else to be said against him there. */
    // FFAJ-1.2-B2
    @Test
    void anAccessRuleCountsWhereTheCustomerAlwaysIs() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        past.made(backend, tokens, ORDER);
        assertThat(order(backend, tokens).path("decision").asText()).isEqualTo("ALLOW");
        String home = Origin.TOKYO_HOME.address();
        HttpResponse<String> rule = PolicyDesk.asOfficer(
                world,
                world.officerToken(),
                "POST",
                "/access-rules",
                AccessRulesIT.rule("CLIENT", backend.client(), "DENY", "NETWORK", home));
        assertThat(rule.statusCode()).as(rule.body()).isEqualTo(201);
        World.await(
                "the rule is in force",
                () -> order(backend, tokens).path("decision").asText().equals("DENY"));
        JsonNode denied = order(backend, tokens);
        assertThat(denied.path("cause").asText()).as(denied.toString()).isEqualTo("access-rule");
        assertThat(world.records(customer))
                .filteredOn(record ->
                        record.content().contains(denied.path("operation").asText()))
                .singleElement()
                .satisfies(record -> assertThat(record.content()).contains(home));
    }

    // FFAJ-3-S2
    @Test
    void allThatIsThereToANewAccountRightAfterALoginIsHighAndHeld() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = readingRisk("WITHDRAWAL");
        for (int day = 2; day < 8; day++) {
            JsonNode before = Backend.read(
                    backend.propose(usual(Backend.request(
                            "WITHDRAWAL", tokens, withdrawal("PLACE").replace("300000", "30000")))),
                    200);
            past.set(before, "STATE = 'EXECUTED', CREATED_AT = ?", Instant.now().minus(Duration.ofDays(day)));
        }
        String all = "{\"available\":{\"value\":\"3000000\",\"currency\":\"JPY\"},"
                + withdrawal("PLACE")
                        .replace("300000", "3000000")
                        .replace(account, "7654321")
                        .substring(1);
        JsonNode held = Backend.read(backend.propose(usual(Backend.request("WITHDRAWAL", tokens, all))), 200);
        assertThat(held.path("decision").asText()).as(held.toString()).isEqualTo("HOLD");
        assertThat(held.path("cause").asText()).isEqualTo("payee-wait");
        assertThat(held.at("/risk/level").asText()).as(held.toString()).isEqualTo("HIGH");
        assertThat(reasons(held)).contains("unusual-amount", "whole-balance", "new-payee", "credential-changed");
    }

    // FFAJ-3-B
    @Test
    void whatAPageNoticedOnAnyNodeCounts() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = readingRisk("TRADE");
        past.made(backend, tokens, ORDER);
        ObjectNode batch = Backend.JSON
                .createObjectNode()
                .put("session", tokens.accessClaims().path("sid").asText());
        batch.withArray("events").addObject().put("type", "FINDING").put("kind", "WEBDRIVER");
        Backend.read(backend.signals(backend.token(), "application/json", batch.toString()), 202);
        JsonNode driven = order(backend, tokens);
        assertThat(driven.path("decision").asText()).as(driven.toString()).isEqualTo("STEP_UP");
        assertThat(reasons(driven)).contains("automated-browser");
        Backend elsewhere = backend.on(world.twin().base());
        World.await(
                "what one node heard at the other",
                () -> reasons(order(elsewhere, tokens)).contains("automated-browser"));
    }

    private static JsonNode order(Backend node, App.Tokens tokens) {
        try {
            return Backend.read(node.propose(usual(Backend.request("TRADE", tokens, ORDER))), 200);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    // JP25-11, FFAJ-3-S2
    @Test
    void aSessionThatWentOnElsewhereIsNotedAndWhatIsChangedBeforeAWithdrawalToo() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = readingRisk("WITHDRAWAL");
        JsonNode before =
                Backend.read(backend.propose(usual(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE")))), 200);
        assertThat(reasons(before))
                .contains("new-payee", "credential-changed", "device-added")
                .doesNotContain("session-device-changed", "session-network-changed", "contact-changed");

        ObjectNode account = (ObjectNode) world.admin().get(World.realm("/users/" + world.id(customer)));
        account.withObject("/attributes").putArray("residenceCountry").add("US");
        world.admin().put(World.realm("/users/" + world.id(customer)), account);
        ObjectNode elsewhere = Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE"));
        elsewhere
                .putObject("client")
                .put("address", Origin.OSAKA_MOBILE.address())
                .put("userAgent", Visitor.SAFARI);
        JsonNode after = Backend.read(backend.propose(elsewhere), 200);
        assertThat(reasons(after)).contains("session-device-changed", "session-network-changed", "contact-changed");
    }

    // FFAJ-3-S2
    @Test
    void anAccountThatSeveralCustomersNameWithinDaysIsLookedAt() throws Exception {
        Backend backend = readingRisk("WITHDRAWAL BANK_ACCOUNT_CHANGE");
        String change = "{\"payee\":" + payee(OWN) + "}";
        JsonNode first = Backend.read(
                backend.propose(usual(Backend.request("BANK_ACCOUNT_CHANGE", in(settled()), change))), 200);
        assertThat(reasons(first)).doesNotContain("shared-payee");
        JsonNode second = Backend.read(
                backend.propose(usual(Backend.request("BANK_ACCOUNT_CHANGE", in(settled()), change))), 200);
        assertThat(reasons(second)).contains("shared-payee");
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .anySatisfy(alert -> assertThat(alert)
                        .contains("payee-doubtful", second.path("operation").asText()))
                .noneSatisfy(alert ->
                        assertThat(alert).contains(first.path("operation").asText()));

        App.Tokens shut = in(settled());
        limits(shut, false, true, "null", false);
        JsonNode denied =
                Backend.read(backend.propose(usual(Backend.request("BANK_ACCOUNT_CHANGE", shut, change))), 200);
        assertThat(denied.path("decision").asText()).as(denied.toString()).isEqualTo("DENY");
        assertThat(reasons(denied)).contains("shared-payee");
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .as("what is denied may be had as often as somebody asks")
                .noneSatisfy(alert ->
                        assertThat(alert).contains(denied.path("operation").asText()));
    }

    // JP25-9
    @Test
    void waysOutMakeNothingUsual() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = readingRisk("TRADE");
        for (int day = 2; day < 8; day++) {
            for (String out : List.of(
                    ORDER.replace("OPEN", "CLOSE"),
                    ORDER.replace("{\"instrument\"", "{\"action\":\"CANCEL\",\"instrument\""))) {
                JsonNode allowed = Backend.read(backend.propose(Backend.request("TRADE", tokens, out)), 200);
                assertThat(allowed.path("decision").asText()).isEqualTo("ALLOW");
                Backend.read(backend.redeem(allowed), 200);
                past.set(allowed, "CREATED_AT = ?", Instant.now().minus(Duration.ofDays(day)));
            }
        }
        JsonNode opening = order(backend, tokens);
        assertThat(opening.path("decision").asText()).as(opening.toString()).isEqualTo("STEP_UP");
        assertThat(reasons(opening)).contains("few-operations");
    }

    // JP25-9
    @Test
    void aLargeOrderInPartsThatAreRedeemedAtOnceIsNoSmallOne() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = readingRisk("TRADE");
        past.made(backend, tokens, ORDER);
        Queue<JsonNode> parts = new ConcurrentLinkedQueue<>();
        for (int part = 0; part < 16; part++) {
            JsonNode allowed = order(backend, tokens);
            assertThat(allowed.path("decision").asText()).as(allowed.toString()).isEqualTo("ALLOW");
            parts.add(allowed);
        }
        List<HttpResponse<String>> answers =
                together(List.of(backend, backend.on(world.twin().base())), (node, token) -> {
                    JsonNode part = parts.remove();
                    return node.redeem(token, part, part.path("digest").asText());
                });
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 200)
                .as("fewer than twice as many as anybody may in a minute")
                .hasSizeBetween(5, 9);
        for (HttpResponse<String> answer : answers) {
            if (answer.statusCode() != 200) {
                assertThat(type(answer, 409)).isEqualTo("step-up");
                assertThat(answer.body()).contains("order-rate");
            }
        }
    }

    // FFAJ-1.4-S3
    @Test
    void aLateResultBringsBackNoAccountThatWasTakenOffOrDisowned() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        URI payees = world.base().resolve("/realms/broker/sekisho/account/payees");

        JsonNode disowned = redeemed(backend, tokens, ", DISOWNED_AT = 1");
        Backend.read(backend.result(disowned, "EXECUTED"), 200);
        assertThat(Backend.read(Bearer.send(HttpRequest.newBuilder(payees), tokens.access()), 200))
                .isEmpty();

        Backend.read(backend.result(redeemed(backend, tokens, ""), "EXECUTED"), 200);
        JsonNode known = Backend.read(Bearer.send(HttpRequest.newBuilder(payees), tokens.access()), 200);
        assertThat(known).hasSize(1);
        JsonNode late = redeemed(backend, tokens, "");
        URI one = URI.create(payees + "/" + known.path(0).path("id").asText());
        assertThat(Bearer.send(HttpRequest.newBuilder(one).DELETE(), tokens.access())
                        .statusCode())
                .isEqualTo(204);
        assertThat(Backend.read(backend.result(late, "EXECUTED"), 200)
                        .path("state")
                        .asText())
                .isEqualTo("EXECUTED");
        assertThat(Backend.read(Bearer.send(HttpRequest.newBuilder(payees), tokens.access()), 200))
                .isEmpty();
        JsonNode next =
                Backend.read(backend.propose(usual(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE")))), 200);
        assertThat(next.path("cause").asText()).as(next.toString()).isEqualTo("payee-wait");
    }

    /** As after its wait and a gesture, which other tests show. */
    private JsonNode redeemed(Backend backend, App.Tokens tokens, String more) throws Exception {
        JsonNode withdrawal =
                Backend.read(backend.propose(usual(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE")))), 200);
        past.set(withdrawal, "STATE = 'REDEEMED'" + more + ", REDEEMED_AT = ?", Instant.now());
        return withdrawal;
    }

    private static List<String> reasons(JsonNode operation) {
        List<String> reasons = new ArrayList<>();
        operation.at("/risk/reasons").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }

    private Backend readingRisk(String type) throws Exception {
        return Backend.made(
                world,
                Map.of("sekisho.front-ends", "trading-app", "sekisho.operations", type),
                "evaluate-operations",
                "read-risk");
    }

    @Test
    void aCustomerTakesBackWhatIsHeldAndNothingOfAnother() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode held = Backend.read(backend.propose(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE"))), 200);
        String path = "/realms/broker/sekisho/account/operations";
        HttpResponse<String> own =
                Bearer.send(HttpRequest.newBuilder(world.base().resolve(path)), tokens.access());
        assertThat(own.body())
                .contains(held.path("operation").asText(), "***567")
                .doesNotContain(account);
        URI one = world.base().resolve(path + '/' + held.path("operation").asText());
        App.Tokens another = in(settled());
        assertThat(Bearer.send(HttpRequest.newBuilder(one).DELETE(), another.access())
                        .statusCode())
                .isEqualTo(404);
        assertThat(Bearer.send(HttpRequest.newBuilder(one).DELETE(), tokens.access())
                        .statusCode())
                .isEqualTo(204);
        assertThat(Bearer.send(HttpRequest.newBuilder(one).DELETE(), tokens.access())
                        .statusCode())
                .isEqualTo(404);
        assertThat(type(backend.redeem(held), 409)).isEqualTo("cancelled");
    }

    // FFAJ-1.4-S2, FFAJ-1.4-S3
    @Test
    void anAccountThatTheFirmKnewWaitsNoMoreAndItsCustomerLimitsWhatGoesThere() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        String known = "{\"reason\":\"移行\",\"payees\":[{\"user\":\"" + world.id(customer) + "\",\"account\":"
                + payee(OWN) + ",\"since\":\"2020-04-01T00:00:00+09:00\"}]}";
        assertThat(LocksIT.asOfficer(world, "POST", "/payees", known).statusCode())
                .as("two officers open it first")
                .isEqualTo(403);
        world.during("changes", "{\"operations\":{\"payee-imports-until\":\"2099-12-31\"}}", () -> {
            assertThat(LocksIT.asOfficer(world, "POST", "/payees", known.replace(world.id(customer), "nobody"))
                            .statusCode())
                    .isEqualTo(422);
            HttpResponse<String> wrong = LocksIT.asOfficer(world, "POST", "/payees", known.replace("\"123\"", "\"1\""));
            assertThat(Backend.read(wrong, 422).path("pointer").asText()).startsWith("/payees/0/account");
            assertThat(Backend.read(LocksIT.asOfficer(world, "POST", "/payees", known), 200)
                            .path("added")
                            .asInt())
                    .isEqualTo(1);
            assertThat(Backend.read(LocksIT.asOfficer(world, "POST", "/payees", known), 200)
                            .path("left")
                            .asInt())
                    .as("what is known stays as it is")
                    .isEqualTo(1);
        });
        assertThat(world.tables().evidence(world.realmId(), "PAYEES_IMPORTED"))
                .anySatisfy(record ->
                        assertThat(record).contains("移行", "\"added\":1").doesNotContain("1234567"));
        JsonNode allowed =
                Backend.read(backend.propose(usual(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE")))), 200);
        assertThat(allowed.path("decision").asText()).as(allowed.toString()).isEqualTo("STEP_UP");
        past.made(backend, tokens, ORDER);
        assertThat(Backend.read(backend.propose(usual(Backend.request("TRADE", tokens, ORDER))), 200)
                        .path("decision")
                        .asText())
                .as("a usual order")
                .isEqualTo("ALLOW");

        limits(tokens, true, true, "null", true);
        assertThat(cause(backend, tokens, "WITHDRAWAL", withdrawal("PLACE"))).isEqualTo("own-limit");
        assertThat(cause(backend, tokens, "BANK_ACCOUNT_CHANGE", "{\"payee\":" + payee(OWN) + "}"))
                .isEqualTo("own-limit");
        assertThat(Backend.read(backend.propose(usual(Backend.request("TRADE", tokens, ORDER))), 200)
                        .path("decision")
                        .asText())
                .as("each order on its own")
                .isEqualTo("STEP_UP");
        assertThat(Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200)
                        .path("decision")
                        .asText())
                .as("the way out")
                .isEqualTo("ALLOW");
        world.awaitTold(customer, "制限を強化");

        JsonNode loosening = limits(tokens, false, false, "{\"value\":\"500000\",\"currency\":\"JPY\"}", false);
        assertThat(loosening.path("withdrawalsOff").asBoolean()).isTrue();
        assertThat(Instant.parse(loosening.at("/pending/from").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));
        world.awaitTold(customer, "制限の緩和");
        world.tables().limitsAreLoosened(world.realmId(), world.id(customer));
        assertThat(cause(backend, tokens, "WITHDRAWAL", withdrawal("PLACE").replace("300000", "600000")))
                .as("more than 500,000 yen in a day")
                .isEqualTo("own-limit");

        String path = "/realms/broker/sekisho/account/payees";
        HttpResponse<String> own =
                Bearer.send(HttpRequest.newBuilder(world.base().resolve(path)), tokens.access());
        assertThat(own.body()).contains("***567", OWN).doesNotContain("1234567");
        URI one = world.base()
                .resolve(path + '/' + Backend.read(own, 200).path(0).path("id").asText());
        assertThat(Bearer.send(
                                HttpRequest.newBuilder(one).DELETE(),
                                in(settled()).access())
                        .statusCode())
                .isEqualTo(404);
        assertThat(Bearer.send(HttpRequest.newBuilder(one).DELETE(), tokens.access())
                        .statusCode())
                .isEqualTo(204);
        world.awaitTold(customer, "口座の削除");
        ObjectNode less =
                usual(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE").replace("300000", "1000")));
        assertThat(Backend.read(backend.propose(less), 200).path("cause").asText())
                .as("as one that was never there")
                .isEqualTo("payee-wait");

        HttpResponse<String> abroad = Bearer.send(
                HttpRequest.newBuilder(world.base().resolve("/realms/broker/sekisho/account/access-rules"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(AccessRulesIT.own("DENY", "ABROAD", ""))),
                tokens.access());
        assertThat(abroad.statusCode()).as(abroad.body()).isEqualTo(201);
        World.await(
                "refused in Frankfurt",
                () -> world.visitor(Origin.FRANKFURT)
                                .openLogin()
                                .passkey(world.passkey(customer))
                                .kind()
                        == Kind.FINAL_REFUSAL);
        in(customer);
    }

    /** As after a gesture, which other tests show. */
    private String cause(Backend backend, App.Tokens tokens, String type, String details) throws Exception {
        JsonNode denied = Backend.read(backend.propose(usual(Backend.request(type, tokens, details))), 200);
        assertThat(denied.path("decision").asText()).as(denied.toString()).isEqualTo("DENY");
        return denied.path("cause").asText();
    }

    private JsonNode limits(App.Tokens tokens, boolean withdrawals, boolean accounts, String amount, boolean each)
            throws Exception {
        return Backend.read(
                Bearer.put(
                        world.base().resolve("/realms/broker/sekisho/account/limits"),
                        tokens.access(),
                        "application/json",
                        """
                        {"withdrawalsOff": %s, "accountsOff": %s, "dailyAmount": %s, "eachOrder": %s}""".formatted(withdrawals, accounts, amount, each)),
                200);
    }

    @Test
    void anAccountInAnotherNameWaitsForAPerson() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        ObjectNode request =
                usual(Backend.request("BANK_ACCOUNT_CHANGE", tokens, "{\"payee\":" + payee("タナカ タロウ") + "}"));
        JsonNode doubtful = Backend.read(backend.propose(request), 200);
        assertThat(doubtful.path("decision").asText()).isEqualTo("HOLD");
        assertThat(Backend.read(backend.propose(request), 200)).as("again").isEqualTo(doubtful);
        String id = doubtful.path("operation").asText();
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .filteredOn(alert -> alert.contains(id))
                .hasSize(1);
        assertThat(world.records(customer))
                .filteredOn(record ->
                        record.kind().equals("DECISION") && record.content().contains(id))
                .hasSize(1);
        assertThat(doubtful.path("cause").asText()).isEqualTo("payee-review");
        assertThat(doubtful.has("holdUntil")).isFalse();
        assertThat(type(backend.redeem(doubtful), 409)).isEqualTo("held");
        String operations = "/customers/" + world.id(customer) + "/operations";
        HttpResponse<String> seen = LocksIT.asOfficer(world, "GET", operations, "");
        assertThat(seen.body()).contains("タナカ タロウ", "\"review\":true").doesNotContain(account);
        String release = operations + '/' + doubtful.path("operation").asText() + "/release";
        String reason = "{\"reason\":\"屋号、通帳の写しを確認\"}";
        assertThat(LocksIT.asOfficer(world, "POST", release, reason).statusCode())
                .isEqualTo(204);
        assertThat(LocksIT.asOfficer(world, "POST", release, reason).statusCode())
                .isEqualTo(409);
        assertThat(type(backend.redeem(doubtful), 409))
                .as("it is decided again")
                .isEqualTo("step-up");
        String stop = operations + '/' + doubtful.path("operation").asText() + "/stop";
        assertThat(LocksIT.asOfficer(world, "POST", stop, reason).statusCode()).isEqualTo(204);
        assertThat(type(backend.redeem(doubtful), 409)).isEqualTo("voided");
        JsonNode own = Backend.read(
                backend.propose(
                        usual(Backend.request("BANK_ACCOUNT_CHANGE", tokens, "{\"payee\":" + payee("ｽｽﾞｷ ﾊﾅｺ") + "}"))),
                200);
        assertThat(own.path("decision").asText()).isEqualTo("STEP_UP");
    }

    /** Who looks after customers could look after his friend's money. */
    // FFAJ-2.1-S3
    @Test
    void whatWaitsOfAnOfficerIsReleasedByTwo() throws Exception {
        Customer customer = settled();
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode doubtful = Backend.read(
                backend.propose(usual(
                        Backend.request("BANK_ACCOUNT_CHANGE", in(customer), "{\"payee\":" + payee("タナカ タロウ") + "}"))),
                200);
        assertThat(doubtful.path("cause").asText()).isEqualTo("payee-review");
        world.give(customer, "sekisho-officer");
        World.Officer one = world.officer("sekisho-officer", "sekisho-approver");
        World.Officer two = world.officer("sekisho-approver");
        String operations = "/customers/" + world.id(customer) + "/operations/";
        String release = operations + doubtful.path("operation").asText() + "/release";
        String reason = "{\"reason\":\"屋号\"}";

        assertThat(PolicyDesk.asOfficer(world, one.token(), "POST", operations + "x/release", reason)
                        .statusCode())
                .isEqualTo(409);
        String proposal = Letters.proposed(PolicyDesk.asOfficer(world, one.token(), "POST", release, reason));
        assertThat(Letters.approve(world, one.token(), proposal).statusCode()).isEqualTo(403);
        assertThat(type(backend.redeem(doubtful), 409)).isEqualTo("held");

        assertThat(Letters.approve(world, two.token(), proposal).statusCode()).isEqualTo(204);

        assertThat(type(backend.redeem(doubtful), 409))
                .as("it is decided again")
                .isEqualTo("step-up");
    }

    /** Who calls it a withdrawal gets around neither the look at whose account it is nor its wait. */
    // FFAJ-1.4-S3
    @Test
    void aWithdrawalToAnotherNameWaitsForAPersonAsWell() throws Exception {
        Customer customer = settled();
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode doubtful = Backend.read(
                backend.propose(usual(Backend.request(
                        "WITHDRAWAL", in(customer), withdrawal("PLACE").replace(OWN, "タナカ タロウ")))),
                200);
        assertThat(doubtful.path("cause").asText()).as(doubtful.toString()).isEqualTo("payee-review");
        assertThat(doubtful.has("holdUntil")).isFalse();
        assertThat(LocksIT.asOfficer(
                                world,
                                "POST",
                                "/customers/" + world.id(customer) + "/operations/"
                                        + doubtful.path("operation").asText() + "/release",
                                "{\"reason\":\"屋号、通帳の写しを確認\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(type(backend.redeem(doubtful), 409))
                .as("it is as new as it was")
                .isEqualTo("held");
        assertThat(Instant.parse(backend.get(doubtful).path("holdUntil").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));
        past.set(doubtful, "HOLD_UNTIL = ?, CREATED_AT = CREATED_AT - 86400000", Instant.now());
        assertThat(type(backend.redeem(doubtful), 409)).isEqualTo("step-up");
    }

    /** What is held is told by mail. */
    @Test
    void aCustomerIsNotFloodedByOneApp() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        Backend another = Backend.ofTheTradingApp(world);
        world.during("changes", "{\"operations\":{\"confirmations-per-hour\":2}}", () -> {
            ObjectNode request = Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE"));
            JsonNode held = Backend.read(backend.propose(request), 200);
            assertThat(held.path("decision").asText()).isEqualTo("HOLD");
            assertThat(Backend.read(backend.propose(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE"))), 200)
                            .path("decision")
                            .asText())
                    .isEqualTo("HOLD");
            assertThat(Backend.read(backend.propose(request), 200))
                    .as("what was asked before, again")
                    .isEqualTo(held);
            assertThat(type(backend.propose(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE"))), 429))
                    .isEqualTo("confirmations");
            assertThat(backend.propose(Backend.request("TRADE", tokens, CLOSING))
                            .statusCode())
                    .as("he gets out")
                    .isEqualTo(200);
            assertThat(another.propose(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE")))
                            .statusCode())
                    .as("whose credential was stolen shuts no other app")
                    .isEqualTo(200);
        });
    }

    /** As who writes the table, and has no key. */
    // JP25-11
    @Test
    void aRowThatSaysItMayIsNotEnough() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode asked = Backend.read(
                backend.propose(Backend.request("PROFILE_CHANGE", tokens, "{\"attributes\":[\"email\"]}")), 200);
        assertThat(asked.path("decision").asText()).isEqualTo("STEP_UP");
        past.set(asked, "STATE = 'CONFIRMED', CONFIRMED_BY = 'PASSKEY', CONFIRMED_AT = ?", Instant.now());
        assertThat(type(backend.redeem(asked), 409)).isEqualTo("voided");
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .anySatisfy(alert -> assertThat(alert)
                        .contains("operation-tampered", asked.path("operation").asText()));

        JsonNode other = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        past.set(other, "TYPE = 'PROFILE_CHANGE', ENDED_AT = ?", Instant.now());
        assertThat(type(backend.redeem(other), 409)).isEqualTo("voided");

        for (String wayOut : List.of("true", "WAY_OUT")) {
            JsonNode order = Backend.read(backend.propose(Backend.request("TRADE", tokens, ORDER)), 200);
            assertThat(order.path("decision").asText()).isEqualTo("STEP_UP");
            past.set(
                    order,
                    "STATE = 'HELD', OUTCOME = 'HOLD', WAY_OUT = " + wayOut + ", HOLD_UNTIL = ?",
                    Instant.now().minusSeconds(1));
            assertThat(type(backend.redeem(order), 409))
                    .as("decided again by nobody")
                    .isEqualTo("voided");
        }

        JsonNode waiting = Backend.read(
                backend.propose(Backend.request(
                        "WITHDRAWAL", tokens, withdrawal("PLACE").replace(OWN, "タナカ タロウ"))),
                200);
        assertThat(waiting.path("cause").asText()).isEqualTo("payee-review");
        past.set(waiting, "HOLD_UNTIL = ?", Instant.now().minusSeconds(1));
        assertThat(type(backend.redeem(waiting), 409)).as("nobody looked at it").isEqualTo("voided");

        JsonNode twice = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        Backend.read(backend.redeem(twice), 200);
        past.set(twice, "STATE = 'ALLOWED', REDEEMED_AT = null, ENDED_AT = ?", Instant.now());
        assertThat(backend.redeem(twice).statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(backend.get(twice).path("state").asText()).isEqualTo("ALLOWED");
    }

    @Test
    void aStolenCredentialNamesNobodyWhoIsNotThere() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode known = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);

        Backend foreign = Backend.made(
                world, Map.of("sekisho.operations", "TRADE WITHDRAWAL"), "evaluate-operations", "read-risk");
        assertThat(foreign.propose(Backend.request("TRADE", tokens, CLOSING)).statusCode())
                .as("a customer of another app")
                .isEqualTo(422);
        ObjectNode bySession = Backend.request("TRADE", tokens, CLOSING);
        bySession.remove("subjectToken");
        bySession.put("session", tokens.idClaims().path("sid").asText());
        assertThat(foreign.propose(bySession).statusCode()).isEqualTo(422);
        assertThat(Backend.read(backend.propose(bySession), 200)
                        .path("decision")
                        .asText())
                .as("the app of the session")
                .isEqualTo("ALLOW");
        String id = known.path("operation").asText();
        assertThat(foreign.get(foreign.token(), id).statusCode()).isEqualTo(404);
        assertThat(foreign.redeem(known).statusCode()).isEqualTo(404);
        assertThat(foreign.result(known, "CANCELLED").statusCode()).isEqualTo(404);

        for (String nobody : List.of(UUID.randomUUID().toString(), "", "x", "\u0000", "名無し")) {
            bySession.put("id", UUID.randomUUID().toString()).put("session", nobody);
            assertThat(backend.propose(bySession).statusCode()).as(nobody).isEqualTo(422);
        }
        ObjectNode byOwnToken = Backend.request("TRADE", tokens, CLOSING).put("subjectToken", backend.token());
        assertThat(backend.propose(byOwnToken).statusCode()).as("no customer").isEqualTo(422);
        assertThat(backend.post("", tokens.access(), "application/json", "{}").statusCode())
                .as("a customer is no app")
                .isEqualTo(401);
        assertThat(backend.post("", "nonsense", "application/json", "{}").statusCode())
                .isEqualTo(401);
        Backend withoutRole =
                Backend.made(world, Map.of("sekisho.front-ends", "trading-app", "sekisho.operations", "TRADE"));
        assertThat(withoutRole
                        .propose(Backend.request("TRADE", tokens, CLOSING))
                        .statusCode())
                .isEqualTo(403);
        Backend withoutTypes = Backend.made(world, Map.of("sekisho.front-ends", "trading-app"), "evaluate-operations");
        assertThat(withoutTypes
                        .propose(Backend.request("TRADE", tokens, CLOSING))
                        .statusCode())
                .isEqualTo(403);

        Backend reading = Backend.made(
                world,
                Map.of("sekisho.front-ends", "trading-app", "sekisho.operations", "TRADE"),
                "evaluate-operations",
                "read-risk");
        JsonNode risky = Backend.read(reading.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        assertThat(risky.at("/risk/level").asText()).isIn("LOW", "MEDIUM", "HIGH");
        assertThat(risky.at("/risk/score").isNumber()).isTrue();
        assertThat(risky.at("/risk/reasons").isArray()).isTrue();
    }

    @Test
    void anAppsTokenIsWorthNothingOnceItsEndHasCome() throws Exception {
        List<Consumer<Backend>> ends = List.of(
                app -> app.change(client -> client.put("enabled", false)),
                app -> app.change(client ->
                        client.put("notBefore", Instant.now().plusSeconds(60).getEpochSecond())),
                app -> app.change(client -> client.withObject("/attributes").put("dpop.bound.access.tokens", "true")),
                app -> world.admin().put(app.account(), Map.of("enabled", false)),
                app -> world.admin().delete(app.account()));
        for (Consumer<Backend> end : ends) {
            Backend app = Backend.ofTheTradingApp(world);
            String token = app.token();
            assertThat(answer(app, token)).as("before").isEqualTo(404);
            end.accept(app);
            assertThat(answer(app, token)).as("end " + ends.indexOf(end)).isEqualTo(401);
        }

        Backend revoking = Backend.ofTheTradingApp(world);
        String revoked = revoking.token();
        assertThat(revoking.revoke(revoked).statusCode()).isEqualTo(200);
        assertThat(answer(revoking, revoked)).as("revoked").isEqualTo(401);

        Backend stranger = Backend.made(world, Map.of());
        assertThat(answer(stranger, stranger.token())).as("without the role").isEqualTo(403);
        world.admin().get(World.realm("/client-scopes")).forEach(scope -> {
            if (scope.path("name").asText().equals("sekisho")) {
                world.admin()
                        .delete(stranger.path() + "/default-client-scopes/"
                                + scope.path("id").asText());
            }
        });
        assertThat(answer(stranger, stranger.token()))
                .as("for another audience")
                .isEqualTo(401);

        Backend brief = Backend.ofTheTradingApp(world);
        brief.change(client -> client.withObject("/attributes").put("access.token.lifespan", "1"));
        String passing = brief.token();
        World.await("its time is over", () -> answer(brief, passing) == 401);

        Backend staying = Backend.ofTheTradingApp(world);
        staying.change(client -> client.withObject("/attributes").put("client_credentials.use_refresh_token", "true"));
        String ofASession = staying.token();
        assertThat(answer(staying, ofASession)).as("of a session").isEqualTo(404);
        world.admin().post(staying.account() + "/logout", Map.of());
        assertThat(answer(staying, ofASession)).as("which ended").isEqualTo(401);
    }

    /** That a signature is right is remembered: of that token, and while the realm has the key. */
    @Test
    void anAppsTokenIsWorthWhatItsKeyIs() throws Exception {
        String name = UUID.randomUUID().toString();
        world.admin()
                .post(
                        World.realm("/components"),
                        Map.of(
                                "name",
                                name,
                                "providerType",
                                "org.keycloak.keys.KeyProvider",
                                "providerId",
                                "rsa-generated",
                                "config",
                                Map.of("priority", List.of("1000"))));
        ObjectNode key = (ObjectNode)
                world.admin().get(World.realm("/components?name=" + name)).get(0);
        String path = World.realm("/components/" + key.path("id").asText());
        try {
            Backend app = Backend.ofTheTradingApp(world);
            String token = app.token();
            assertThat(answer(app, token)).isEqualTo(404);
            assertThat(answer(app, token)).as("again").isEqualTo(404);
            String[] parts = token.split("\\.");
            String[] others = app.token().split("\\.");
            assertThat(answer(app, parts[0] + '.' + parts[1] + '.' + others[2]))
                    .as("of another signature")
                    .isEqualTo(401);
            assertThat(answer(app, parts[0] + '.' + others[1] + '.' + parts[2]))
                    .as("of other claims")
                    .isEqualTo(401);
            ObjectNode disabled = key.deepCopy();
            disabled.withObject("/config").putArray("enabled").add("false");
            world.admin().put(path, disabled);
            assertThat(answer(app, token)).as("of a key that is disabled").isEqualTo(401);
        } finally {
            world.admin().delete(path);
        }
    }

    private static int answer(Backend app, String token) {
        try {
            return app.get(token, UUID.randomUUID().toString()).statusCode();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void whoIsLoggedOutIsNotThereAnyMore() throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        world.admin().post(World.realm("/users/" + world.id(customer) + "/logout"), Map.of());
        assertThat(backend.propose(Backend.request("TRADE", tokens, CLOSING)).statusCode())
                .isEqualTo(422);
    }

    @Test
    void ofManyThatRedeemOnTwoNodesOneDoes() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        try (KeycloakServer twin = world.twin()) {
            URI here = URI.create("http://localhost:" + world.keycloak().base().getPort());
            List<Backend> nodes = List.of(
                    backend.on(here),
                    backend.on(URI.create("http://localhost:" + twin.base().getPort())));
            for (int round = 0; round < 5; round++) {
                JsonNode allowed = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
                List<Integer> statuses = atOnce(nodes, allowed);
                assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
                assertThat(statuses).filteredOn(status -> status != 200).containsOnly(409);
            }
            ObjectNode request = Backend.request("TRADE", tokens, CLOSING);
            assertThat(proposedAtOnce(nodes, request))
                    .as("one row, whoever came first")
                    .hasSize(1);
        }
    }

    @Test
    void whatIsOverOrWasChangedInTheDatabaseIsNotRedeemed() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode late = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        past.set(late, "EXPIRES_AT = ?", Instant.now().minusMillis(1));
        assertThat(type(backend.redeem(late), 409)).isEqualTo("expired");
        assertThat(backend.get(late).path("state").asText()).isEqualTo("EXPIRED");

        JsonNode changed = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        past.set(
                changed,
                "DIGEST = '" + "0".repeat(64) + "', EXPIRES_AT = ?",
                Instant.now().plusSeconds(600));
        assertThat(type(backend.redeem(changed, "0".repeat(64)), 409)).isEqualTo("voided");
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .anySatisfy(alert -> assertThat(alert)
                        .contains(
                                "operation-tampered", changed.path("operation").asText()));

        JsonNode replaced = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        Instant later = Instant.now().plusSeconds(600);
        past.set(
                replaced,
                "CONTENT = (select CONTENT from SEKISHO_OPERATION where ID = '"
                        + late.path("operation").asText() + "'), EXPIRES_AT = ?",
                later);
        assertThat(type(backend.redeem(replaced), 409)).isEqualTo("voided");
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .anySatisfy(alert -> assertThat(alert)
                        .contains(
                                "operation-tampered", replaced.path("operation").asText()));

        JsonNode sealed = Backend.read(backend.propose(Backend.request("TRADE", tokens, CLOSING)), 200);
        past.set(sealed, "CONTENT = 'a-key-that-is-gone:' || CONTENT, EXPIRES_AT = ?", later);
        assertThat(type(backend.redeem(sealed), 503)).isEqualTo("no-key");
        assertThat(backend.get(sealed).path("state").asText())
                .as("nobody changed it")
                .isEqualTo("ALLOWED");
    }

    @Test
    void anAppThatAsksTooOftenWaits() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        world.during("changes", "{\"operations\":{\"requests-per-minute\":3}}", () -> {
            List<Integer> statuses = new ArrayList<>();
            HttpResponse<String> last = null;
            for (int i = 0; i < 8; i++) {
                last = backend.propose(Backend.request("TRADE", tokens, CLOSING));
                statuses.add(last.statusCode());
            }
            // A minute may have begun meanwhile.
            assertThat(statuses).contains(200, 429);
            if (last.statusCode() == 429) {
                assertThat(Integer.parseInt(
                                last.headers().firstValue("Retry-After").orElseThrow()))
                        .isBetween(1, 60);
            }
        });
    }

    /** Who scripts an app's form uses up his own share: not what others ask, and not what is under way. */
    @Test
    void oneCustomerKeepsNobodyElseWaiting() throws Exception {
        App.Tokens scripted = in(settled());
        App.Tokens other = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        String token = backend.token();
        world.during("changes", "{\"operations\":{\"requests-per-minute\":20,\"requests-per-customer\":2}}", () -> {
            JsonNode first = Backend.read(backend.propose(token, Backend.request("TRADE", scripted, CLOSING)), 200);
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                answers.add(backend.propose(token, Backend.request("TRADE", scripted, CLOSING)));
                // Of whom nobody is logged in, and what nobody can read.
                assertThat(type(
                                backend.propose(
                                        token, Backend.request("TRADE", CLOSING).put("session", "gone")),
                                422))
                        .isEqualTo("customer");
                assertThat(backend.post("", token, "application/json", "{}").statusCode())
                        .isEqualTo(400);
            }
            // A minute may have begun meanwhile.
            assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                    .hasSizeLessThan(5);
            for (HttpResponse<String> answer : answers) {
                if (answer.statusCode() != 200) {
                    assertThat(type(answer, 429)).isEqualTo("one-customer");
                    assertThat(Integer.parseInt(
                                    answer.headers().firstValue("Retry-After").orElseThrow()))
                            .isBetween(1, 60);
                }
            }
            assertThat(backend.propose(token, Backend.request("TRADE", scripted, ORDER))
                            .statusCode())
                    .as("what opens is counted apart")
                    .isEqualTo(200);
            assertThat(backend.propose(token, Backend.request("TRADE", other, CLOSING))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(backend.redeem(token, first, first.path("digest").asText())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(backend.result(token, first, "EXECUTED").statusCode()).isEqualTo(200);
        });
    }

    @Test
    void whatAnAppAskedAboutGoesOnHoweverMuchIsAsked() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        String token = backend.token();
        world.during("changes", "{\"operations\":{\"requests-per-minute\":1}}", () -> {
            JsonNode only = Backend.read(backend.propose(token, Backend.request("TRADE", tokens, CLOSING)), 200);
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                statuses.add(backend.propose(token, Backend.request("TRADE", tokens, CLOSING))
                        .statusCode());
            }
            // A minute may have begun meanwhile.
            assertThat(statuses).contains(429);
            assertThat(backend.redeem(token, only, only.path("digest").asText()).statusCode())
                    .isEqualTo(200);
            assertThat(backend.result(token, only, "EXECUTED").statusCode()).isEqualTo(200);
            assertThat(backend.get(token, only.path("operation").asText()).statusCode())
                    .isEqualTo(200);
        });
    }

    @Test
    void whatCannotBeReadIsPointedAt() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        ObjectNode good = Backend.request("TRADE", tokens, ORDER);
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("/id", "{\"id\":\"\"}"),
                Map.entry("/type", "{\"type\":\"LOGIN\"}"),
                Map.entry("/occurredAt", "{\"occurredAt\":\"yesterday\"}"),
                Map.entry("/more", "{\"more\":1}"),
                Map.entry("/client/address", "{\"client\":{\"userAgent\":\"x\"}}"),
                Map.entry("/details/side", "{\"details\":{\"instrument\":\"USD/JPY\",\"side\":\"LONG\"}}"),
                Map.entry("/details/amount/value", "{\"details\":{\"amount\":{\"value\":1,\"currency\":\"JPY\"}}}"),
                Map.entry("/subjectToken", "{\"session\":\"x\"}"));
        for (Map.Entry<String, String> fault : wrong.entrySet()) {
            ObjectNode request = good.deepCopy();
            request.setAll((ObjectNode) Backend.JSON.readTree(fault.getValue()));
            JsonNode problem = Backend.read(backend.propose(request), 400);
            assertThat(problem.path("pointer").asText()).as(problem.toString()).isEqualTo(fault.getKey());
        }
        for (String details : List.of("{}", "{\"instrument\":\"USD/JPY\"}", "{\"side\":\"BUY\"}")) {
            assertThat(backend.propose(Backend.request("TRADE", tokens, details))
                            .statusCode())
                    .as(details)
                    .isEqualTo(422);
        }
        for (Instant untimely :
                List.of(Instant.now().minus(Duration.ofHours(25)), Instant.now().plus(Duration.ofHours(1)))) {
            ObjectNode late = Backend.request("TRADE", tokens, CLOSING).put("occurredAt", untimely.toString());
            assertThat(Backend.read(backend.propose(late), 422).path("pointer").asText())
                    .isEqualTo("/occurredAt");
        }
        String token = backend.token();
        assertThat(backend.post("", token, "application/json", "").statusCode()).isEqualTo(400);
        assertThat(backend.post("", token, "application/json", "[]").statusCode())
                .isEqualTo(400);
        assertThat(backend.post("", token, "application/json", "{\"id\":\"a\",\"id\":\"b\"}")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> xml = backend.post("", token, "application/xml", good.toString());
        assertThat(xml.statusCode()).isEqualTo(415);
        assertThat(xml.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(backend.post(
                                "",
                                token,
                                "application/json",
                                good.put("id", "x".repeat(20_000)).toString())
                        .statusCode())
                .isEqualTo(413);
        assertThat(backend.get(token, "x").statusCode()).isEqualTo(404);
        assertThat(backend.get(token, "%00").statusCode()).isBetween(400, 404);
    }

    @Test
    void aDecisionIsSixStatementsAtMost() throws Exception {
        App.Tokens tokens = in(settled());
        Backend backend = Backend.ofTheTradingApp(world);
        past.made(backend, tokens, ORDER);
        String token = backend.token();
        List<List<String>> counted = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ObjectNode request = usual(Backend.request("TRADE", tokens, ORDER));
            AtomicReference<String> id = new AtomicReference<>();
            counted.add(world.statements(
                    () -> id.set(Backend.read(backend.post("", token, "application/json", request.toString()), 200)
                            .path("operation")
                            .asText()),
                    // Its record, with the commit.
                    () -> "\\\"operationId\\\":\\\"" + id.get()));
        }
        List<String> fewest =
                counted.stream().min(Comparator.comparing(List::size)).orElseThrow();
        assertThat(fewest).hasSizeLessThanOrEqualTo(6);
        assertThat(fewest).anyMatch(sql -> sql.contains("insert into SEKISHO_OPERATION"));
        assertThat(fewest).anyMatch(sql -> sql.contains("insert into SEKISHO_EVIDENCE"));
    }

    /** "What would last month have looked like": the log says enough to decide again, and by the same policy the same. */
    // JP25-10
    @Test
    void whatWasDecidedIsDecidedAgainByOtherThresholds(@TempDir Path folder) throws Exception {
        Customer customer = settled();
        App.Tokens tokens = in(customer);
        Backend backend = Backend.ofTheTradingApp(world);
        for (String order : List.of(ORDER, CLOSING)) {
            Backend.read(backend.propose(usual(Backend.request("TRADE", tokens, order))), 200);
        }
        Backend.read(backend.propose(usual(Backend.request("WITHDRAWAL", tokens, withdrawal("PLACE")))), 200);
        for (String holder : List.of(OWN, "タナカ タロウ")) {
            String account = "{\"payee\":" + payee(holder) + "}";
            Backend.read(backend.propose(usual(Backend.request("BANK_ACCOUNT_CHANGE", tokens, account))), 200);
        }
        freeze(customer, "TRADE");
        Backend.read(backend.propose(usual(Backend.request("TRADE", tokens, CLOSING))), 200);
        Path log = Files.write(
                folder.resolve("log.jsonl"),
                world.records(customer).stream().map(Tables.Record::content).toList());

        String same = again(log, "{}");
        assertThat(same)
                .contains("7 decisions on 1 customers")
                .contains("LOGIN", "TRADE", "WITHDRAWAL", "BANK_ACCOUNT_CHANGE")
                .doesNotContain("->");
        String refused = again(
                log,
                "{\"requirements\":{\"WITHDRAWAL\":{\"LOW\":\"REFUSED\",\"MEDIUM\":\"REFUSED\",\"HIGH\":\"REFUSED\"}}}");
        assertThat(refused).containsPattern("[A-Z]+ HOLD -> [A-Z]+ DENY: 1 of 1 customers, 0 of them disowned");
        String higher = again(log, "{\"risk\":{\"cuts\":{\"medium\":-10}},\"anomaly\":{\"cuts\":{\"medium\":-10}}}");
        assertThat(higher)
                .as("a way out stays one, and a freeze a freeze")
                .containsPattern("MEDIUM ALLOW +0 +1")
                .containsPattern("MEDIUM DENY +0 +1");
    }

    private static String again(Path log, String policy) throws Exception {
        Path changes = Files.writeString(log.resolveSibling("policy.json"), policy);
        StringWriter out = new StringWriter();
        int code = Backtest.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(log.toString(), "--policy=" + changes);
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    /** Each route with each of its statuses, each property of its answers; a key that is missing is another server's story. */
    @Test
    void theDocumentIsWhatTheServerAnswers() throws Exception {
        Contract contract = Contract.of(world);
        App.Tokens tokens = in(settled());
        App.Tokens held = in(world.customer());
        Backend backend = Backend.made(
                world,
                Map.of("sekisho.front-ends", "trading-app", "sekisho.operations", "TRADE WITHDRAWAL"),
                "evaluate-operations",
                "read-risk");
        String token = backend.token();
        ObjectNode order = usual(Backend.request("TRADE", tokens, CLOSING));
        contract.checkRequest(order);
        ObjectNode withdrawal = usual(Backend.request("WITHDRAWAL", held, withdrawal("PLACE")));
        contract.checkRequest(withdrawal);
        ObjectNode other = order.deepCopy();
        other.withObject("/details").put("quantity", "1");
        String propose = "/operations";
        contract.check("post", propose, backend.propose(order));
        JsonNode known = Backend.read(backend.propose(order), 200);
        HttpResponse<String> waiting = backend.propose(withdrawal);
        contract.check("post", propose, waiting);
        contract.check("post", propose, backend.propose(other));
        contract.check("post", propose, backend.propose(order.deepCopy().put("session", "x")));
        contract.check("post", propose, backend.propose(Backend.request("TRADE", tokens, "{}")));
        contract.check(
                "post",
                propose,
                backend.propose(Backend.request("PROFILE_CHANGE", tokens, "{\"attributes\":[\"email\"]}")));
        contract.check("post", propose, backend.post("", "x", "application/json", "{}"));
        contract.check("post", propose, backend.post("", token, "text/plain", "{}"));
        contract.check("post", propose, backend.post("", token, "application/json", "x".repeat(20_000)));

        String get = "/operations/{operation}";
        String id = known.path("operation").asText();
        contract.check("get", get, backend.get(token, id));
        contract.check("get", get, backend.get(token, "x"));
        contract.check("get", get, backend.get("x", id));
        contract.check("get", get, backend.get(withoutRole(), id));
        for (String step : List.of("redeem", "result")) {
            String path = get + '/' + step;
            String good = step.equals("redeem")
                    ? "{\"digest\":\"" + known.path("digest").asText() + "\"}"
                    : "{\"result\":\"EXECUTED\"}";
            String early = Backend.read(waiting, 200).path("operation").asText();
            contract.check("post", path, backend.post('/' + early + '/' + step, token, "application/json", good));
            contract.check("post", path, backend.post('/' + id + '/' + step, token, "application/json", good));
            contract.check("post", path, backend.post("/x/" + step, token, "application/json", good));
            contract.check("post", path, backend.post('/' + id + '/' + step, "x", "application/json", good));
            contract.check("post", path, backend.post('/' + id + '/' + step, withoutRole(), "application/json", good));
            contract.check("post", path, backend.post('/' + id + '/' + step, token, "application/json", "{}"));
            contract.check("post", path, backend.post('/' + id + '/' + step, token, "text/plain", good));
            contract.check(
                    "post", path, backend.post('/' + id + '/' + step, token, "application/json", "x".repeat(20_000)));
        }
        world.during("changes", "{\"operations\":{\"requests-per-minute\":1}}", () -> {
            Backend busy = Backend.ofTheTradingApp(world);
            String own = busy.token();
            ObjectNode only = Backend.request("TRADE", tokens, CLOSING);
            String one = '/'
                    + Backend.read(busy.propose(own, only), 200)
                            .path("operation")
                            .asText();
            // Two of them at least are within one minute.
            for (int i = 0; i < 3; i++) {
                contract.check("get", get, busy.get(own, one.substring(1)));
                contract.check("post", get + "/redeem", busy.post(one + "/redeem", own, "application/json", "{}"));
                contract.check("post", get + "/result", busy.post(one + "/result", own, "application/json", "{}"));
                contract.check("post", propose, busy.propose(own, only));
            }
        });
        assertThat(contract.missed("/operations", Set.of(" 503"))).isEmpty();
    }

    private String withoutRole() throws Exception {
        return Backend.made(world, Map.of()).token();
    }

    private Customer settled() throws Exception {
        Customer customer = world.customer();
        HighRiskIT.alwaysAtHomeInTokyo(world, customer);
        return customer;
    }

    private App.Tokens in(Customer customer) throws Exception {
        return Jp2025IT.entered(world.visitor(Origin.TOKYO_HOME).openLogin().passkey(world.passkey(customer)))
                .tokens();
    }

    /** Where the customer always is, by the app's word. */
    private static ObjectNode usual(ObjectNode request) {
        request.putObject("client").put("address", Origin.TOKYO_HOME.address()).put("userAgent", Visitor.CHROME);
        return request;
    }

    private String withdrawal(String action) {
        return "{\"amount\":{\"value\":\"300000\",\"currency\":\"JPY\"},\"action\":\"" + action + "\",\"payee\":"
                + payee(OWN) + "}";
    }

    private String payee(String holder) {
        return String.format(PAYEE, account, holder);
    }

    private void freeze(Customer customer, String operation) throws Exception {
        HttpResponse<String> frozen = LocksIT.asOfficer(
                world,
                "POST",
                "/customers/" + world.id(customer) + "/freeze",
                "{\"operation\":\"" + operation + "\",\"reason\":\"he called\"}");
        assertThat(frozen.statusCode()).as(frozen.body()).isLessThan(300);
    }

    private static String type(HttpResponse<String> answer, int status) throws Exception {
        JsonNode problem = Backend.read(answer, status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        return problem.path("type").asText().replace("urn:sekisho:problem:", "");
    }

    /** As an app makes it of what it knows: names sorted, no spaces (RFC 8785). */
    private String digest(JsonNode operation, Backend backend, Customer customer, JsonNode request) throws Exception {
        String text = "{\"client\":\"" + backend.client() + "\",\"details\":{\"amount\":{\"currency\":\"JPY\","
                + "\"value\":\"1500000\"},\"instrument\":\"USD/JPY\",\"positionEffect\":\"OPEN\",\"quantity\":\"10000\","
                + "\"side\":\"BUY\"},\"issuer\":\"" + world.base().toString().replaceAll("/$", "")
                + "/realms/broker\",\"occurredAt\":\""
                + request.path("occurredAt").asText() + "\",\"operation\":\""
                + operation.path("operation").asText() + "\",\"subject\":\"" + world.id(customer)
                + "\",\"type\":\"TRADE\"}";
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @FunctionalInterface
    private interface Asking {
        HttpResponse<String> of(Backend node, String token) throws Exception;
    }

    private static List<Integer> atOnce(List<Backend> nodes, JsonNode operation) throws Exception {
        return together(
                        nodes,
                        (node, token) -> node.redeem(
                                token, operation, operation.path("digest").asText()))
                .stream()
                .map(HttpResponse::statusCode)
                .toList();
    }

    /** @return the ids of the operations that came of it */
    private static List<String> proposedAtOnce(List<Backend> nodes, JsonNode request) throws Exception {
        List<String> ids = new ArrayList<>();
        for (HttpResponse<String> answer :
                together(nodes, (node, token) -> node.post("", token, "application/json", request.toString()))) {
            ids.add(Backend.read(answer, 200).path("operation").asText());
        }
        return ids.stream().distinct().toList();
    }

    private static List<HttpResponse<String>> together(List<Backend> nodes, Asking asking) throws Exception {
        int each = 8;
        String token = nodes.get(0).token();
        CyclicBarrier start = new CyclicBarrier(each * nodes.size());
        ExecutorService threads = Executors.newFixedThreadPool(each * nodes.size());
        try {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (Backend node : nodes) {
                for (int i = 0; i < each; i++) {
                    answers.add(threads.submit(() -> {
                        start.await();
                        return asking.of(node, token);
                    }));
                }
            }
            List<HttpResponse<String>> all = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : answers) {
                all.add(answer.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }
}
