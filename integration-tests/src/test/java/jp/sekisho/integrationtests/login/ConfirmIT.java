package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A customer confirms what his app asks about: sees it, signs it once, and one token says so. */
// JP25-11, FFAJ-1.4-S1
@LoginTest(World.Setup.JP_2025)
class ConfirmIT {

    private static final String ORDER = """
            {"instrument":"USD/JPY","side":"BUY","positionEffect":"OPEN","quantity":"10000","amount":{"value":"1500000","currency":"JPY"}}""";
    private static final String ACCOUNT =
            "{\"bank\":\"0001\",\"branch\":\"123\",\"accountType\":\"ORDINARY\",\"account\":\"1234567\",\"holder\":\"スズキ ハナコ\"}";
    private static final String PAYEE = "{\"payee\":" + ACCOUNT + "}";
    private static final String WITHDRAWAL =
            "{\"amount\":{\"value\":\"300000\",\"currency\":\"JPY\"},\"payee\":" + ACCOUNT + "}";
    private static final String ACR = "urn:sekisho:acr:operation";
    private static final String LEVEL = "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"" + ACR + "\"]}}}";

    private final World world;
    private final Backend backend;

    ConfirmIT(World world) {
        this.world = world;
        this.backend = Backend.ofTheTradingApp(world);
    }

    /** Somebody who is logged in, with an order that he is to confirm. */
    private record Desk(Customer customer, SoftPasskey passkey, Visitor visitor, App.Tokens tokens) {}

    private Desk desk() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens =
                Jp2025IT.entered(visitor.openLogin().passkey(passkey)).tokens();
        return new Desk(customer, passkey, visitor, tokens);
    }

    private JsonNode asked(Desk desk) throws Exception {
        JsonNode asked = Backend.read(backend.propose(Backend.request("TRADE", desk.tokens(), ORDER)), 200);
        assertThat(asked.path("decision").asText()).as(asked.toString()).isEqualTo("STEP_UP");
        return asked;
    }

    private static String id(JsonNode operation) {
        return operation.path("operation").asText();
    }

    static Map<String, String> request(String operation) {
        return new HashMap<>(Map.of(
                "claims",
                LEVEL,
                "authorization_details",
                "[{\"type\":\"sekisho_operation\",\"operation\":\"" + operation + "\"}]",
                "nonce",
                UUID.randomUUID().toString(),
                "state",
                "of-the-app"));
    }

    private Page open(Visitor visitor, Map<String, String> request) throws Exception {
        return visitor.get(world.app().pushed(request));
    }

    private Page open(Desk desk, JsonNode operation) throws Exception {
        Page page = open(desk.visitor(), request(id(operation)));
        assertThat(page.shows("#sekisho-operation")).as(page.toString()).isTrue();
        return page;
    }

    private String state(JsonNode operation) throws Exception {
        return backend.get(operation).path("state").asText();
    }

    private static void refused(Page page, String why) {
        assertThat(page.kind()).as(page.toString()).isEqualTo(Kind.APP);
        assertThat(page.code()).isEmpty();
        assertThat(page.parameter("error")).contains("access_denied");
        assertThat(page.parameter("error_description")).contains(why);
        assertThat(page.parameter("state")).contains("of-the-app");
    }

    @Test
    void oneGestureConfirmsWhatIsShownAndOneTokenSaysSo() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);

        Page page = open(desk, order);
        assertThat(page.document().select("#sekisho-operation").text())
                .contains("USD/JPY", "買い", "新規", "10,000", "1,500,000 JPY");
        long before = Instant.now().getEpochSecond();
        Page in = page.passkey(desk.passkey());
        assertThat(in.kind()).as("one gesture: " + in).isEqualTo(Kind.APP);
        assertThat(state(order)).isEqualTo("CONFIRMED");

        App.Tokens tokens = in.tokens();
        for (JsonNode claims : List.of(tokens.accessClaims(), tokens.idClaims())) {
            assertThat(claims.path("operation").asText()).as(claims.toString()).isEqualTo(id(order));
            assertThat(claims.path("digest").asText())
                    .isEqualTo(order.path("digest").asText());
            assertThat(claims.path("acr").asText()).isEqualTo(ACR);
            assertThat(claims.path("amr")).extracting(JsonNode::asText).containsExactly("hwk");
            assertThat(claims.path("auth_time").asLong()).isBetween(before - 5, before + 60);
            assertThat(claims.has("authorization_details")).isFalse();
        }
        assertThat(tokens.accessClaims().path("sid").asText())
                .as("no session of its own")
                .isEqualTo(desk.tokens().accessClaims().path("sid").asText());

        HttpResponse<String> refreshed = world.app().refresh(tokens.refresh());
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
        JsonNode later = claims(Backend.JSON.readTree(refreshed.body()).path("access_token"));
        saysNothing(later);
        saysNothing(
                desk.visitor().openLogin(Map.of("nonce", "another")).tokens().accessClaims());

        assertThat(Backend.read(backend.redeem(order), 200).path("state").asText())
                .isEqualTo("REDEEMED");
        assertThat(world.records(desk.customer()).stream()
                        .filter(record -> record.content().contains(id(order))))
                .extracting(Tables.Record::kind, Tables.Record::result)
                .contains(tuple("RESULT", "CONFIRMED"), tuple("RESULT", "REDEEMED"));
        assertThat(world.records(desk.customer()))
                .filteredOn(record -> "CONFIRMED".equals(record.result()))
                .singleElement()
                .satisfies(record -> assertThat(record.content())
                        .contains(
                                "\"factors\":[\"PASSKEY\"]",
                                "\"credential\"",
                                order.path("digest").asText()));
        Tables.Record confirmed = world.records(desk.customer()).stream()
                .filter(record -> "CONFIRMED".equals(record.result()))
                .findFirst()
                .orElseThrow();
        verifiable(Backend.JSON.readTree(confirmed.content()), desk.passkey());
    }

    /** By who has nothing but the record, and knows whose key it is: without the pack, and without the library that verified it first. */
    // JP25-12, FFAJ-3-S3
    private static void verifiable(JsonNode record, SoftPasskey passkey) throws Exception {
        JsonNode gesture = record.path("gesture");
        assertThat(passkey.credentialData())
                .contains("\"" + gesture.path("publicKey").asText() + "\"");
        byte[] clientData = bytes(gesture, "clientDataJson");
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(bytes(gesture, "nonce"));
        byte[] challenge =
                sha256.digest(HexFormat.of().parseHex(record.path("digest").asText()));
        JsonNode said = Backend.JSON.readTree(clientData);
        assertThat(said.path("challenge").asText())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(challenge));
        assertThat(said.properties().stream().map(Map.Entry::getKey))
                .as("nothing of a person")
                .containsExactlyInAnyOrder("type", "challenge", "origin", "crossOrigin");

        // EC2 for ES256 on P-256 (RFC 9053, 7.1.1), as the passkey of the tests writes it.
        byte[] key = bytes(gesture, "publicKey");
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(key, 10, 42)), new BigInteger(1, Arrays.copyOfRange(key, 45, 77)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
        signature.update(bytes(gesture, "authenticatorData"));
        signature.update(sha256.digest(clientData));
        assertThat(signature.verify(bytes(gesture, "signature"))).isTrue();
    }

    private static byte[] bytes(JsonNode gesture, String part) {
        return Base64.getUrlDecoder().decode(gesture.path(part).asText());
    }

    /** No authenticator signs so much: whoever made his own fills the log with nothing. */
    @Test
    void whatIsTooLongToBeKeptConfirmsNothing() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);
        Page page = open(desk, order);
        String challenge =
                page.document().selectFirst("#authenticateWebAuthnButton").attr("data-challenge");
        Map<String, String> answer = new HashMap<>(desk.passkey().answer(challenge, world.base()));
        Base64.Decoder decoder = Base64.getUrlDecoder();
        byte[] padded = (new String(decoder.decode(answer.get("clientDataJSON")), StandardCharsets.UTF_8)
                        + " ".repeat(4000))
                .getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(
                KeyFactory.getInstance("EC").generatePrivate(desk.passkey().key()));
        signature.update(decoder.decode(answer.get("authenticatorData")));
        signature.update(MessageDigest.getInstance("SHA-256").digest(padded));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        answer.put("clientDataJSON", encoder.encodeToString(padded));
        answer.put("signature", encoder.encodeToString(signature.sign()));

        Page again = page.submit("form#webauth", answer);
        assertThat(again.shows("#sekisho-operation")).as(again.toString()).isTrue();
        assertThat(state(order)).isEqualTo("STEP_UP");
    }

    private static JsonNode claims(JsonNode token) throws Exception {
        return Backend.JSON.readTree(
                Base64.getUrlDecoder().decode(token.asText().split("\\.")[1]));
    }

    private static void saysNothing(JsonNode claims) {
        assertThat(claims.has("operation")).as(claims.toString()).isFalse();
        assertThat(claims.has("digest")).isFalse();
        assertThat(claims.has("authorization_details")).isFalse();
        assertThat(claims.path("acr").asText()).isNotEqualTo(ACR);
    }

    @Test
    void whoIsNotLoggedInLogsInAndThenConfirms() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);
        Backend.read(backend.propose(Backend.request("TRADE", desk.tokens(), ORDER)), 200);
        Visitor elsewhere = world.visitor(Origin.TOKYO_HOME).withDeviceOf(desk.visitor());

        Page login = open(elsewhere, request(id(order)));
        assertThat(login.shows("#sekisho-operation")).as("to nobody").isFalse();
        Page after = login.passkey(desk.passkey());
        refused(after.kind() == Kind.REMEMBER ? after.remember(true) : after, "not-to-be-confirmed");
        assertThat(state(order))
                .as("asked about in the other session, which lives")
                .isEqualTo("STEP_UP");

        world.admin().post(World.realm("/users/" + world.id(desk.customer()) + "/logout"), Map.of());
        Page again = open(elsewhere, request(id(order)));
        assertThat(again.shows("#sekisho-operation")).isFalse();
        Page shown = again.passkey(desk.passkey());
        Page confirming = shown.kind() == Kind.REMEMBER ? shown.remember(true) : shown;
        assertThat(confirming.shows("#sekisho-operation"))
                .as(confirming.toString())
                .isTrue();
        Page in = confirming.passkey(desk.passkey());
        assertThat(in.tokens().idClaims().path("operation").asText()).isEqualTo(id(order));
    }

    @Test
    void anIncompleteRequestConfirmsNothing() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);

        Map<String, String> unpushed = request(id(order));
        Page open = desk.visitor().openLogin(unpushed);
        assertThat(open.parameter("error")).as(open.toString()).contains("invalid_request");

        Map<String, String> withoutLevel = request(id(order));
        withoutLevel.remove("claims");
        refused(open(desk.visitor(), withoutLevel), "incomplete");
        Map<String, String> voluntary = request(id(order));
        voluntary.remove("claims");
        voluntary.put("acr_values", ACR);
        refused(open(desk.visitor(), voluntary), "incomplete");
        Map<String, String> withoutNonce = request(id(order));
        withoutNonce.remove("nonce");
        refused(open(desk.visitor(), withoutNonce), "incomplete");
        Map<String, String> withoutDetails = request(id(order));
        withoutDetails.remove("authorization_details");
        refused(open(desk.visitor(), withoutDetails), "incomplete");
        Map<String, String> unreadable = request("../" + id(order));
        assertThat(open(desk.visitor(), unreadable).parameter("error")).contains("invalid_request");
        Map<String, String> two = request(id(order));
        two.computeIfPresent("authorization_details", (name, one) -> one.replace("]", "," + one.substring(1)));
        refused(open(desk.visitor(), two), "incomplete");
        refused(open(desk.visitor(), request(UUID.randomUUID().toString())), "not-to-be-confirmed");

        assertThat(state(order)).isEqualTo("STEP_UP");
    }

    @Test
    void theCustomerDoesNotWantIt() throws Exception {
        Desk desk = desk();
        JsonNode unwanted = asked(desk);
        refused(open(desk, unwanted).submit("#sekisho-confirm-form", Map.of("cancel", "true")), "cancelled");
        assertThat(state(unwanted)).isEqualTo("CANCELLED");
        refused(open(desk.visitor(), request(id(unwanted))), "not-to-be-confirmed");
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .as("what he does not want is nobody's alarm")
                .noneMatch(alert -> alert.contains(id(unwanted)));
    }

    /** He is contained as after a stolen session, and told wherever he can be. */
    // JP25-9
    @Test
    void whoWasShownWhatHeDidNotOrderIsContained() throws Exception {
        Desk desk = desk();
        String user = world.id(desk.customer());
        String second = "second-" + desk.customer().email();
        world.alsoAt(desk.tokens().access(), second);
        done(desk, propose(desk, "BANK_ACCOUNT_CHANGE", PAYEE, "STEP_UP"));
        assertThat(world.tables().payees(user)).containsExactly("PENDING");
        JsonNode waiting = propose(desk, "WITHDRAWAL", WITHDRAWAL, "HOLD");
        JsonNode underWay = propose(desk, "BANK_ACCOUNT_CHANGE", PAYEE.replace("1234567", "7654321"), "STEP_UP");
        confirm(desk, underWay);
        Backend.read(backend.redeem(underWay), 200);
        JsonNode foreign = asked(desk);

        refused(open(desk, foreign).submit("#sekisho-confirm-form", Map.of("not-mine", "true")), "disowned");

        assertThat(state(foreign)).isEqualTo("VOIDED");
        assertThat(state(waiting)).as("what the same session began").isEqualTo("VOIDED");
        assertThat(world.tables().payees(user)).containsExactly("REMOVED");
        Backend.read(backend.result(underWay, "EXECUTED"), 200);
        assertThat(world.tables().payees(user))
                .as("what the app had begun is done, and begins no wait that a thaw would find over")
                .containsExactly("REMOVED");
        for (String told : List.of("お心当たりのないお手続き", "停止したお知らせ")) {
            for (String address : List.of(desk.customer().email(), second)) {
                world.awaitTold(address, told);
            }
        }
        assertThat(world.mailsTo(desk.customer()))
                .filteredOn(mail -> mail.subject().contains("お心当たりのないお手続き"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("1,500,000 JPY", "USD/JPY", "緊急停止コード"));
        assertThat(world.active(world.app(), desk.tokens().access())).isFalse();
        assertThat(world.app().refresh(desk.tokens().refresh()).statusCode()).isEqualTo(400);
        desk.visitor().forgetSession();
        Page login = desk.visitor().openLogin().passkey(desk.passkey());
        assertThat(login.code()).as(login.toString()).isEmpty();
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .anySatisfy(alert -> assertThat(alert)
                        .contains("operation-disowned", id(foreign), "\"session\":\"confirmation\"")
                        .contains("\"payeesRemoved\""));
        List<String> disowned = world.tables().evidence(world.realmId(), "DISOWNED");
        assertThat(world.records(desk.customer()))
                .filteredOn(record -> record.kind().equals("DECISION"))
                .filteredOn(record -> record.content().contains("\"operation\":\"LOGIN\"")
                        || record.content().contains(id(foreign)))
                .filteredOn(record -> !"REFUSED".equals(record.result()))
                .as("the order, and the login of its session")
                .hasSize(2)
                .allSatisfy(record -> assertThat(disowned).anyMatch(fact -> fact.contains(record.id())));
        assertThat(world.tables().hostile(world.realmId(), user))
                .as("his device and where he was, until he comes back on it")
                .isEqualTo(2);
    }

    /** From the registration of an account to the money on it, and what becomes of it where an app does not do it. */
    // FFAJ-1.4-S2, FFAJ-1.4-S3, FFAJ-1.4-S4
    @Test
    void aWithdrawalWaitsForItsAccountIsConfirmedDoneAndTold() throws Exception {
        Desk desk = desk();
        String user = world.id(desk.customer());
        String second = "second-" + desk.customer().email();
        world.alsoAt(desk.tokens().access(), second);

        JsonNode change = propose(desk, "BANK_ACCOUNT_CHANGE", PAYEE, "STEP_UP");
        assertThat(backend.redeem(change).statusCode()).as("not confirmed").isEqualTo(409);
        done(desk, change);
        world.awaitTold(desk.customer().email(), "出金先口座");
        world.awaitTold(second, "出金先口座");
        assertThat(world.tables().payees(user)).containsExactly("PENDING");

        JsonNode withdrawal = propose(desk, "WITHDRAWAL", WITHDRAWAL, "HOLD");
        assertThat(withdrawal.path("cause").asText()).isEqualTo("payee-wait");
        assertThat(Instant.parse(withdrawal.path("holdUntil").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
        refused(open(desk.visitor(), request(id(withdrawal))), "not-to-be-confirmed");
        assertThat(backend.redeem(withdrawal).statusCode()).isEqualTo(409);
        set(withdrawal, "HOLD_UNTIL = 1");
        assertThat(backend.redeem(withdrawal).statusCode())
                .as("decided again: the account waits still")
                .isEqualTo(409);
        assertThat(state(withdrawal)).isEqualTo("HELD");
        set(withdrawal, "HOLD_UNTIL = 1");
        theWaitIsOver(user);
        assertThat(backend.redeem(withdrawal).statusCode()).isEqualTo(409);
        assertThat(state(withdrawal)).as("decided again").isEqualTo("STEP_UP");
        done(desk, withdrawal);

        world.awaitTold(desk.customer().email(), "ご出金");
        world.awaitTold(second, "ご出金");
        Backend.read(backend.result(withdrawal, "EXECUTED"), 200);
        assertThat(backend.result(withdrawal, "REJECTED").statusCode()).isEqualTo(409);
        assertThat(world.mailsTo(desk.customer()))
                .filteredOn(mail -> mail.subject().contains("ご出金"))
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.text()).contains("300,000 JPY", "567").doesNotContain("1234567"));
        assertThat(world.tables().payees(user)).containsExactly("KNOWN");

        HttpResponse<String> choice = Bearer.put(
                world.base().resolve("/realms/broker/sekisho/account/notices"),
                desk.tokens().access(),
                "application/json",
                "{\"withdrawn\":false}");
        assertThat(choice.statusCode()).as(choice.body()).isLessThan(300);
        int told = withdrawn(user);
        done(desk, propose(desk, "WITHDRAWAL", WITHDRAWAL, "STEP_UP"));
        for (String end : List.of("REJECTED", "CANCELLED")) {
            JsonNode undone = propose(desk, "WITHDRAWAL", WITHDRAWAL, "STEP_UP");
            confirm(desk, undone);
            Backend.read(backend.redeem(undone), 200);
            Backend.read(backend.result(undone, end), 200);
            assertThat(state(undone)).isEqualTo(end);
            String other = end.equals("REJECTED") ? "CANCELLED" : "REJECTED";
            assertThat(backend.result(undone, other).statusCode()).isEqualTo(409);
        }
        assertThat(withdrawn(user)).as("he does not want to hear it").isEqualTo(told);

        JsonNode limited = propose(desk, "WITHDRAWAL", WITHDRAWAL, "STEP_UP");
        confirm(desk, limited);
        limits(desk, true, false);
        assertThat(redeemed(limited)).as("off since he confirmed it").endsWith(":own-limit");
        limits(desk, false, false);
        assertThat(redeemed(limited)).as("on again in a day").endsWith(":own-limit");
        world.tables().limitsAreLoosened(world.realmId(), user);
        Backend.read(backend.redeem(limited), 200);

        JsonNode frozen = propose(desk, "WITHDRAWAL", WITHDRAWAL, "STEP_UP");
        confirm(desk, frozen);
        JsonNode order = asked(desk);
        HttpResponse<String> freeze = LocksIT.asOfficer(
                world,
                "POST",
                "/customers/" + user + "/freeze",
                "{\"operation\":\"WITHDRAWAL\",\"reason\":\"he called\"}");
        assertThat(freeze.statusCode()).as(freeze.body()).isLessThan(300);
        assertThat(backend.redeem(frozen).statusCode()).isEqualTo(409);
        assertThat(state(frozen)).isEqualTo("VOIDED");
        done(desk, order);
        assertThat(world.tables().payees(user)).as("one operation only").containsExactly("KNOWN");
    }

    private void limits(Desk desk, boolean withdrawalsOff, boolean eachOrder) throws Exception {
        HttpResponse<String> set = Bearer.put(
                world.base().resolve("/realms/broker/sekisho/account/limits"),
                desk.tokens().access(),
                "application/json",
                "{\"withdrawalsOff\":" + withdrawalsOff + ",\"accountsOff\":false,\"dailyAmount\":null,\"eachOrder\":"
                        + eachOrder + "}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    }

    /** @return why not */
    private String redeemed(JsonNode operation) throws Exception {
        return Backend.read(backend.redeem(operation), 409).path("type").asText();
    }

    private JsonNode propose(Desk desk, String type, String details, String decision) throws Exception {
        JsonNode proposed = Backend.read(backend.propose(Backend.request(type, desk.tokens(), details)), 200);
        assertThat(proposed.path("decision").asText()).as(proposed.toString()).isEqualTo(decision);
        return proposed;
    }

    private void confirm(Desk desk, JsonNode operation) throws Exception {
        Page in = open(desk, operation).passkey(desk.passkey());
        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        assertThat(in.tokens().accessClaims().path("operation").asText()).isEqualTo(id(operation));
    }

    /** Confirmed by the customer, redeemed and executed by the app. */
    private void done(Desk desk, JsonNode operation) throws Exception {
        confirm(desk, operation);
        Backend.read(backend.redeem(operation), 200);
        assertThat(Backend.read(backend.result(operation, "EXECUTED"), 200)
                        .path("state")
                        .asText())
                .isEqualTo("EXECUTED");
    }

    /** How often he was told of a withdrawal, sent or not. */
    private int withdrawn(String user) throws Exception {
        return (int) world.tables().outbox(user).stream()
                .filter(message -> message.startsWith("withdrawn "))
                .count();
    }

    private void theWaitIsOver(String user) throws Exception {
        update("update SEKISHO_PAYEE set USABLE_FROM = 0 where USER_ID = ?", user);
    }

    @Test
    void anothersOperationIsShownToNobody() throws Exception {
        JsonNode order = asked(desk());
        Desk other = desk();

        refused(open(other.visitor(), request(id(order))), "not-to-be-confirmed");

        assertThat(state(order)).isEqualTo("STEP_UP");
    }

    // FFAJ-1.3-B4
    @Test
    void whoWantsToBeAskedAboutEachOrderOpensNoWindow() throws Exception {
        Desk desk = desk();
        JsonNode first = asked(desk);
        assertThat(open(desk, first).shows("#sekisho-window")).isTrue();
        limits(desk, false, true);
        Page page = open(desk, first);
        assertThat(page.shows("#sekisho-window")).as("nor is one promised").isFalse();
        page.passkey(desk.passkey());
        Backend.read(backend.redeem(first), 200);
        asked(desk);
    }

    // FFAJ-1.3-B4
    @Test
    void whoNeverTradedConfirmsOnceForOrdersLikeIt() throws Exception {
        Desk desk = desk();
        JsonNode first = asked(desk);
        assertThat(open(desk, first).passkey(desk.passkey()).kind()).isEqualTo(Kind.APP);
        assertThat(decided(desk, ORDER)).as("it was confirmed, and is not done").isEqualTo("STEP_UP");
        Backend.read(backend.redeem(first), 200);
        assertThat(decided(desk, ORDER)).isEqualTo("ALLOW");
        assertThat(decided(desk, ORDER.replace("1500000", "2500000"))).isEqualTo("ALLOW");
        assertThat(decided(desk, ORDER.replace("\"JPY\"", "\"USD\"").replace("1500000", "1500000.00")))
                .as("that says nothing of another currency")
                .isEqualTo("STEP_UP");
        assertThat(decided(desk, ORDER.replace("1500000", "15000000")))
                .as("nor of ten times as much")
                .isEqualTo("STEP_UP");
        assertThat(decided(desk, ORDER)).as("which ended the window").isEqualTo("STEP_UP");
        set(first, "WINDOW_UNTIL = 99999999999999");
        assertThat(decided(desk, ORDER)).as("by who has no key").isEqualTo("STEP_UP");
    }

    private String decided(Desk desk, String order) throws Exception {
        return Backend.read(backend.propose(Backend.request("TRADE", desk.tokens(), order)), 200)
                .path("decision")
                .asText();
    }

    /** Two tabs of one browser: what one page shows, the other's gesture does not confirm. */
    @Test
    void aGestureIsGoodForOneOperationOnce() throws Exception {
        Desk desk = desk();
        JsonNode one = asked(desk);
        JsonNode two = asked(desk);
        Page pageOfOne = open(desk, one);
        Page pageOfTwo = open(desk, two);
        String challenge =
                pageOfOne.document().selectFirst("#authenticateWebAuthnButton").attr("data-challenge");
        Map<String, String> gesture = desk.passkey().answer(challenge, world.base());

        Page wrong = pageOfTwo.submit("form#webauth", gesture);
        assertThat(wrong.shows("#sekisho-operation")).as(wrong.toString()).isTrue();
        assertThat(state(two)).isEqualTo("STEP_UP");
        Map<String, String> forged = new HashMap<>(gesture);
        forged.put("operation", id(two));
        forged.put("digest", two.path("digest").asText());
        Page first = pageOfOne.submit("form#webauth", forged);
        assertThat(first.kind()).as(first.toString()).isEqualTo(Kind.APP);
        assertThat(state(one)).isEqualTo("CONFIRMED");
        assertThat(state(two)).isEqualTo("STEP_UP");
        Page again = wrong.submit("form#webauth", gesture);
        assertThat(again.shows("#sekisho-operation")).as("a replay").isTrue();
        Page second = again.passkey(desk.passkey());

        assertThat(second.tokens().idClaims().path("operation").asText()).isEqualTo(id(two));
        assertThat(first.tokens().idClaims().path("operation").asText()).isEqualTo(id(one));
    }

    @Test
    void aLostGestureIsMadeAgainAndOneWithoutVerificationIsNone() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);

        Page lost = open(desk, order).submit("form#webauth", Map.of("error", "NotAllowedError"));
        assertThat(lost.shows("#sekisho-operation")).as(lost.toString()).isTrue();
        Page unverified = lost.passkey(desk.passkey().withoutVerification());
        assertThat(unverified.shows("#sekisho-operation"))
                .as(unverified.toString())
                .isTrue();
        Page foreign = unverified.passkey(SoftPasskey.of(world.id(desk.customer())));
        assertThat(foreign.shows("#sekisho-operation")).isTrue();
        assertThat(state(order)).isEqualTo("STEP_UP");
        assertThat(foreign.passkey(desk.passkey()).kind()).isEqualTo(Kind.APP);
        assertThat(state(order)).isEqualTo("CONFIRMED");
    }

    @Test
    void whoIsNotVerifiedConfirmsNothingWhateverTheRealmAsks() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);
        String verification = "webAuthnPolicyPasswordlessUserVerificationRequirement";
        world.admin().put(World.realm(""), Map.of(verification, "discouraged"));
        try {
            Page again = open(desk, order).passkey(desk.passkey().withoutVerification());
            assertThat(again.shows("#sekisho-operation")).as(again.toString()).isTrue();
        } finally {
            world.admin().put(World.realm(""), Map.of(verification, "required"));
        }
        assertThat(state(order)).isEqualTo("STEP_UP");
    }

    /** Keycloak shares a tab's challenge among its requests: whoever posts at the same time may be asked again. */
    @Test
    void ofManyWhoPostTheSameGestureNoMoreThanOneConfirms() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);
        Page page = open(desk, order);

        List<Page> answers = AtOnce.post(List.of(page, page, page, page), one -> one.passkey(desk.passkey()));

        assertThat(answers).filteredOn(answer -> answer.code().isPresent()).hasSizeLessThanOrEqualTo(1);
        if ("STEP_UP".equals(state(order))) {
            assertThat(open(desk, order).passkey(desk.passkey()).kind()).isEqualTo(Kind.APP);
        }
        assertThat(world.records(desk.customer()))
                .filteredOn(record -> "CONFIRMED".equals(record.result()))
                .hasSize(1);
        assertThat(state(order)).isEqualTo("CONFIRMED");
    }

    @Test
    void whatIsTakenBackAfterTheGestureIsInNoToken() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);
        Page confirmed = open(desk, order).passkey(desk.passkey());
        HttpResponse<String> freeze = LocksIT.asOfficer(
                world,
                "POST",
                "/customers/" + world.id(desk.customer()) + "/freeze",
                "{\"operation\":\"TRADE\",\"reason\":\"he called\"}");
        assertThat(freeze.statusCode()).as(freeze.body()).isLessThan(300);

        saysNothing(confirmed.tokens().accessClaims());

        assertThat(state(order)).isEqualTo("VOIDED");
        assertThat(backend.redeem(order).statusCode()).isEqualTo(409);
    }

    /** A thief may have begun it: its result comes when the customer is frozen by now. */
    // FFAJ-1.4-S3, JP25-8
    @Test
    void whatIsRegisteredOnceHeIsFrozenIsNotHis() throws Exception {
        Desk desk = desk();
        JsonNode change = Backend.read(
                backend.propose(Backend.request(
                        "BANK_ACCOUNT_CHANGE",
                        desk.tokens(),
                        "{\"payee\":{\"bank\":\"0001\",\"branch\":\"123\",\"accountType\":\"ORDINARY\",\"account\":\"7654321\","
                                + "\"holder\":\"スズキ ハナコ\"}}")),
                200);
        open(desk, change).passkey(desk.passkey()).tokens();
        Backend.read(backend.redeem(change), 200);
        HttpResponse<String> freeze = LocksIT.asOfficer(
                world,
                "POST",
                "/customers/" + world.id(desk.customer()) + "/freeze",
                "{\"operation\":\"ALL\",\"reason\":\"he called\"}");
        assertThat(freeze.statusCode()).as(freeze.body()).isLessThan(300);

        Backend.read(backend.result(change, "EXECUTED"), 200);

        assertThat(payees(desk)).isZero();
    }

    private long payees(Desk desk) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        world.database().url(),
                        world.database().user(),
                        world.database().password());
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from SEKISHO_PAYEE where USER_ID = ?")) {
            count.setString(1, world.id(desk.customer()));
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Whoever asked, and its front ends; no other app that the customer uses. */
    @Test
    void noOtherAppHasItConfirmed() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);
        App other = new App(
                world.base(),
                DemoRealm.NAME,
                "other-app-" + UUID.randomUUID(),
                Optional.of(World.SECRET),
                "http://localhost/other");
        world.admin()
                .post(
                        World.realm("/clients"),
                        Map.of(
                                "clientId", other.client(),
                                "publicClient", false,
                                "secret", World.SECRET,
                                "redirectUris", List.of(other.callback()),
                                "defaultClientScopes", List.of("basic", "acr", "amr", "operation", "sekisho")));

        refused(desk.visitor().at(other).get(other.pushed(request(id(order)))), "not-to-be-confirmed");

        assertThat(state(order)).isEqualTo("STEP_UP");
    }

    // JP25-1
    @Test
    void theFirmSaysWhichPasskeyConfirms() throws Exception {
        Desk desk = desk();
        SoftPasskey bound = world.boundPasskey(desk.customer());
        JsonNode first = asked(desk);
        JsonNode second = asked(desk);
        world.during("changes", "{\"passkey\":{\"TRADE\":\"DEVICE_BOUND\"}}", () -> {
            Page another = open(desk, first).passkey(desk.passkey());
            assertThat(another.shows("#sekisho-operation"))
                    .as(another.toString())
                    .isTrue();
            assertThat(state(first)).isEqualTo("STEP_UP");
            assertThat(another.passkey(bound).kind()).isEqualTo(Kind.APP);
            assertThat(state(first)).isEqualTo("CONFIRMED");
        });
        world.during("changes", "{\"passkey\":{\"TRADE\":\"SECOND\"}}", () -> {
            Page another = open(desk, second).passkey(bound).passkey(bound);
            assertThat(another.shows("#sekisho-operation"))
                    .as(another.toString())
                    .isTrue();
            assertThat(state(second)).isEqualTo("STEP_UP");
            assertThat(another.passkey(desk.passkey()).kind()).isEqualTo(Kind.APP);
            assertThat(state(second)).isEqualTo("CONFIRMED");
        });
    }

    @Test
    void whoHoldsNoPasskeyIsSentBack() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);
        world.admin()
                .get(World.realm("/users/" + world.id(desk.customer()) + "/credentials"))
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("webauthn-passwordless"))
                .forEach(credential -> world.admin()
                        .delete(World.realm("/users/" + world.id(desk.customer()) + "/credentials/"
                                + credential.path("id").asText())));

        Page back = open(desk.visitor(), request(id(order)));

        assertThat(back.code()).as(back.toString()).isEmpty();
        assertThat(state(order)).isEqualTo("STEP_UP");
    }

    @Test
    void aProvisionalPasskeyConfirmsNothingAndALockedOperationIsNotShown() throws Exception {
        Desk desk = desk();
        JsonNode order = asked(desk);
        SoftPasskey provisional = world.provisionalPasskey(desk.customer());

        Page page = open(desk, order).passkey(provisional);
        assertThat(page.text()).contains("このパスキーは仮登録中");
        assertThat(state(order)).isEqualTo("STEP_UP");
        world.tables().locked(world.realmId(), world.id(desk.customer()), "TRADE");
        refused(page.passkey(desk.passkey()), "locked");
        refused(open(desk.visitor(), request(id(order))), "locked");
        assertThat(state(order)).isEqualTo("STEP_UP");
    }

    @Test
    void whatHappensMeanwhileCounts() throws Exception {
        Desk desk = desk();
        JsonNode frozen = asked(desk);
        Page before = open(desk, frozen);
        HttpResponse<String> freeze = LocksIT.asOfficer(
                world,
                "POST",
                "/customers/" + world.id(desk.customer()) + "/freeze",
                "{\"operation\":\"TRADE\",\"reason\":\"he called\"}");
        assertThat(freeze.statusCode()).as(freeze.body()).isLessThan(300);
        refused(before.passkey(desk.passkey()), "not-to-be-confirmed");
        assertThat(state(frozen)).isEqualTo("VOIDED");

        Desk other = desk();
        JsonNode changed = asked(other);
        Page shown = open(other, changed);
        set(changed, "DIGEST = '" + "0".repeat(64) + "'");
        refused(shown.passkey(other.passkey()), "not-to-be-confirmed");
        assertThat(state(changed)).isEqualTo("VOIDED");

        JsonNode replaced = asked(other);
        Page whole = open(other, replaced);
        set(replaced, "CONTENT = (select CONTENT from SEKISHO_OPERATION where ID = '" + id(changed) + "')");
        refused(whole.passkey(other.passkey()), "not-to-be-confirmed");
        assertThat(state(replaced)).isEqualTo("VOIDED");

        for (String lowered : List.of(
                "REQUIREMENT = 'NOTHING'", "RISK_LEVEL = case RISK_LEVEL when 'LOW' then 'HIGH' else 'LOW' end")) {
            JsonNode less = asked(other);
            Page asking = open(other, less);
            set(less, lowered);
            refused(asking.passkey(other.passkey()), "not-to-be-confirmed");
            assertThat(state(less)).as(lowered).isEqualTo("VOIDED");
        }

        JsonNode late = asked(other);
        Page page = open(other, late);
        set(late, "EXPIRES_AT = 1");
        refused(page.passkey(other.passkey()), "not-to-be-confirmed");

        JsonNode left = asked(other);
        Page last = open(other, left);
        world.admin().post(World.realm("/users/" + world.id(other.customer()) + "/logout"), Map.of());
        Page login = last.passkey(other.passkey());
        assertThat(login.code()).as(login.toString()).isEmpty();
        assertThat(state(left)).isEqualTo("STEP_UP");
    }

    private void set(JsonNode operation, String set) throws Exception {
        update("update SEKISHO_OPERATION set " + set + " where ID = ?", id(operation));
    }

    private void update(String sql, String id) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        world.database().url(),
                        world.database().user(),
                        world.database().password());
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, id);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
