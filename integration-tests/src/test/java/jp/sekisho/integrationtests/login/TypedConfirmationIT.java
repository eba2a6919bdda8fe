package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who holds no passkey confirms by trading password and a code; what guessing them stops, and what goes on. */
// FFAJ-1.3-B1, FFAJ-1.3-B3, FFAJ-1.4-S1, FFAJ-1.4-S2, FFAJ-1.4-S5
@LoginTest
class TypedConfirmationIT {

    private static final String ORDER = """
            {"instrument":"USD/JPY","side":"BUY","positionEffect":"OPEN","quantity":"10000","amount":{"value":"1500000","currency":"JPY"}}""";
    /** So much of what is new of these customers is new at once that they are at HIGH, where the profile wants a passkey. */
    private static final String NEVER_HIGH = "{\"anomaly\":{\"cuts\":{\"high\":60}}}";

    private static final Map<String, String> SETTING = Map.of("kc_action", "sekisho-trading-password");
    private static final String FORM = "#sekisho-confirm-typed";
    private static final String GOOD = "Hoshi+Tetsu4Kumo";
    private static final String WRONG = "Mado/Yuki9Kawara";
    private static final String STOPPED = "取引パスワードなどの誤りにより操作を停止したお知らせ";

    private static final AtomicInteger NUMBER = new AtomicInteger(7000);

    private final World world;
    private final Backend backend;

    TypedConfirmationIT(World world) {
        this.world = world;
        this.backend = Backend.ofTheTradingApp(world);
    }

    /** Somebody who is logged in, has a trading password, and holds no passkey any more. */
    private record Desk(Customer customer, Visitor visitor, App.Tokens tokens) {}

    private Desk desk() throws Exception {
        return desk(world.customer());
    }

    private Desk desk(Customer customer) throws Exception {
        SoftPasskey passkey = world.passkey(customer);
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page asked = visitor.openLogin(SETTING).passkey(passkey).remember(true);
        Page in = asked.submit(
                "#sekisho-trading-password-form",
                Map.of("password", customer.password(), "password-new", GOOD, "password-confirm", GOOD));
        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        App.Tokens tokens = in.tokens();
        layPasskeysAside(customer);
        return new Desk(customer, visitor, tokens);
    }

    private void layPasskeysAside(Customer customer) {
        String credentials = World.realm("/users/" + world.id(customer) + "/credentials");
        world.admin()
                .get(credentials)
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("webauthn-passwordless"))
                .forEach(passkey -> world.admin()
                        .delete(credentials + '/' + passkey.path("id").asText()));
    }

    private JsonNode asked(App.Tokens tokens, String type, String details) throws Exception {
        ObjectNode request = Backend.request(type, tokens, details);
        JsonNode asked = Backend.read(backend.propose(request), 200);
        assertThat(asked.path("decision").asText()).as(asked.toString()).isEqualTo("STEP_UP");
        assertThat(asked.at("/requirement/factorClass").asText()).isEqualTo("OTP");
        return asked;
    }

    private JsonNode order(Desk desk) throws Exception {
        return asked(desk.tokens(), "TRADE", ORDER);
    }

    /** To an account whose wait is over. */
    private JsonNode withdrawal(App.Tokens tokens) throws Exception {
        return withdrawal(tokens, payee());
    }

    private JsonNode withdrawal(App.Tokens tokens, String payee) throws Exception {
        List<JsonNode> asked = new ArrayList<>();
        world.during("changes", NEVER_HIGH, () -> asked.add(waited(held(tokens, payee))));
        assertThat(asked.get(0).at("/requirement/factorClass").asText()).isEqualTo("OTP");
        return asked.get(0);
    }

    private JsonNode held(App.Tokens tokens, String payee) throws Exception {
        JsonNode held = Backend.read(backend.propose(Backend.request("WITHDRAWAL", tokens, withdrawalTo(payee))), 200);
        assertThat(held.path("decision").asText()).as(held.toString()).isEqualTo("HOLD");
        return held;
    }

    private JsonNode waited(JsonNode held) throws Exception {
        set(held, "HOLD_UNTIL = CREATED_AT, CREATED_AT = CREATED_AT - 90000000");
        assertThat(backend.redeem(held).statusCode()).as("decided again").isEqualTo(409);
        JsonNode asked = backend.get(held);
        assertThat(asked.path("decision").asText()).as(asked.toString()).isEqualTo("STEP_UP");
        return asked;
    }

    private JsonNode account(App.Tokens tokens) throws Exception {
        List<JsonNode> asked = new ArrayList<>();
        world.during(
                "changes",
                NEVER_HIGH,
                () -> asked.add(asked(tokens, "BANK_ACCOUNT_CHANGE", "{\"payee\":" + payee() + "}")));
        return asked.get(0);
    }

    /** Nobody else's in these stories: an account that several name is a mark against it. */
    private static String payee() {
        return String.format(
                "{\"bank\":\"0001\",\"branch\":\"123\",\"accountType\":\"ORDINARY\",\"account\":\"%04d567\",\"holder\":\"スズキ ハナコ\"}",
                NUMBER.incrementAndGet());
    }

    private static String withdrawalTo(String payee) {
        return "{\"amount\":{\"value\":\"300000\",\"currency\":\"JPY\"},\"payee\":" + payee + "}";
    }

    private JsonNode withdrawal(Desk desk) throws Exception {
        return withdrawal(desk.tokens());
    }

    private Page open(Desk desk, JsonNode operation) throws Exception {
        return desk.visitor().get(world.app().pushed(ConfirmIT.request(id(operation))));
    }

    private Page form(Desk desk, JsonNode operation) throws Exception {
        Page page = open(desk, operation);
        assertThat(page.shows(FORM)).as(page.toString()).isTrue();
        return page;
    }

    private static Page typed(Page page, String password, String code) {
        return page.submit(FORM, Map.of("trading-password", password, "code", code));
    }

    private static String id(JsonNode operation) {
        return operation.path("operation").asText();
    }

    private String state(JsonNode operation) throws Exception {
        return backend.get(operation).path("state").asText();
    }

    private int failures(Desk desk, String subject) throws Exception {
        return world.tables().failures(world.realmId(), world.id(desk.customer())).entrySet().stream()
                .filter(counter -> counter.getKey().startsWith(subject + '/'))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static void sentBack(Page page, String why) {
        assertThat(page.kind()).as(page.toString()).isEqualTo(Kind.APP);
        assertThat(page.code()).isEmpty();
        assertThat(page.parameter("error_description")).contains(why);
    }

    @Test
    void aWithdrawalIsConfirmedByTradingPasswordAndCode() throws Exception {
        Desk desk = desk();
        JsonNode withdrawal = withdrawal(desk);
        Page page = form(desk, withdrawal);
        assertThat(page.document().select("#sekisho-operation").text())
                .contains("ご出金", "300,000 JPY", "****567", "スズキ ハナコ");
        assertThat(page.shows("#authenticateWebAuthnButton")).isFalse();

        String code = world.otp(desk.customer(), 0);
        Page wrong = typed(page, WRONG, code);
        assertThat(wrong.text()).contains("取引パスワード、または確認のための数字が正しくありません");
        assertThat(failures(desk, "trading-password")).isEqualTo(1);
        assertThat(failures(desk, "otp")).as("not looked at").isZero();
        assertThat(failures(desk, "WITHDRAWAL")).isEqualTo(1);
        Page unlike = typed(wrong, GOOD, "000000".equals(code) ? "000001" : "000000");
        assertThat(unlike.text()).as("nobody hears which").contains("取引パスワード、または確認のための数字が正しくありません");
        assertThat(failures(desk, "trading-password")).isEqualTo(1);
        assertThat(failures(desk, "otp")).isEqualTo(1);
        assertThat(failures(desk, "WITHDRAWAL")).isEqualTo(2);
        assertThat(failures(desk, "LOGIN")).isZero();
        Page empty = typed(unlike, GOOD, "");
        assertThat(empty.text()).contains("両方をご入力ください");
        assertThat(state(withdrawal)).isEqualTo("STEP_UP");

        long before = Instant.now().getEpochSecond();
        Page in = typed(empty, GOOD, code);
        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        assertThat(state(withdrawal)).isEqualTo("CONFIRMED");
        JsonNode claims = in.tokens().accessClaims();
        assertThat(claims.path("operation").asText()).as(claims.toString()).isEqualTo(id(withdrawal));
        assertThat(claims.path("digest")).isEqualTo(withdrawal.path("digest"));
        assertThat(claims.path("acr").asText()).isEqualTo("urn:sekisho:acr:operation");
        assertThat(claims.path("amr")).extracting(JsonNode::asText).containsExactly("otp", "pwd");
        assertThat(claims.path("auth_time").asLong()).isBetween(before - 5, before + 60);
        for (String counter : List.of("trading-password", "otp", "WITHDRAWAL")) {
            assertThat(failures(desk, counter)).as(counter).isZero();
        }
        assertThat(world.records(desk.customer()))
                .filteredOn(record -> "CONFIRMED".equals(record.result()))
                .singleElement()
                .satisfies(
                        record -> assertThat(record.content()).contains("\"factors\":[\"TOTP\",\"TRADING_PASSWORD\"]"));
        assertThat(Backend.read(backend.redeem(withdrawal), 200).path("state").asText())
                .isEqualTo("REDEEMED");
    }

    /** Under the profile as it is shipped: nothing of him is new, so that nobody wants a passkey of him. */
    // FFAJ-1.4-S1, FFAJ-1.4-S2
    @Test
    void whoHasLongWithdrawnGoesOnWithoutAPasskey() throws Exception {
        Desk desk = desk();
        String payee = payee();
        JsonNode first = withdrawal(desk.tokens(), payee);
        Page confirmed = typed(form(desk, first), GOOD, world.otp(desk.customer(), 0));
        assertThat(confirmed.kind()).as(confirmed.toString()).isEqualTo(Kind.APP);
        Backend.read(backend.redeem(first), 200);
        Backend.read(backend.result(first, "EXECUTED"), 200);
        new PastOrders(world).longAgo(desk.customer(), first);

        JsonNode next = asked(desk.tokens(), "WITHDRAWAL", withdrawalTo(payee));
        Page in = typed(form(desk, next), GOOD, world.otp(desk.customer(), 1));
        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        assertThat(state(next)).isEqualTo("CONFIRMED");
        assertThat(Backend.read(backend.redeem(next), 200).path("state").asText())
                .isEqualTo("REDEEMED");
    }

    /** That nothing of what spoke against it is to be seen any more is no reason to ask for less. */
    // FFAJ-3-S2
    @Test
    void whatWaitedAsksForWhatItAskedForAtFirst() throws Exception {
        Desk desk = desk();
        JsonNode held = held(desk.tokens(), payee());
        world.admin().post(World.realm("/users/" + world.id(desk.customer()) + "/logout"), Map.of());
        List<JsonNode> asked = new ArrayList<>();
        world.during("changes", NEVER_HIGH, () -> asked.add(waited(held)));
        assertThat(asked.get(0).at("/requirement/factorClass").asText()).isEqualTo("PHISHING_RESISTANT");
        assertThat(world.records(desk.customer()))
                .filteredOn(record -> record.content().contains("\"earlier\""))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.content()).contains(id(held));
                    assertThat(record.level()).isEqualTo("HIGH");
                });
    }

    /** Guessing stops withdrawals; the login goes on, and so does trading by passkey. */
    // FFAJ-1.4-S5
    @Test
    void whoGuessesStopsWithdrawalsAndNoLogin() throws Exception {
        Desk desk = desk();
        JsonNode withdrawal = withdrawal(desk);
        JsonNode order = order(desk);
        Page page = typed(form(desk, withdrawal), WRONG, "000000");
        world.tables().failedBefore(world.realmId(), world.id(desk.customer()), 9, 9);

        Page stopped = typed(page, WRONG, "000000");
        assertThat(stopped.text()).contains("このお手続きを停止しております", "ログインは、引き続き");
        assertThat(stopped.shows(FORM)).isFalse();
        world.awaitTold(desk.customer(), STOPPED);
        assertThat(world.tables().evidence(world.realmId(), "LOCK"))
                .anyMatch(record -> record.contains("CREDENTIAL_LOCK") && record.contains("WITHDRAWAL"));
        sentBack(stopped.submit("#sekisho-confirm-form", Map.of("back", "true")), "locked");
        assertThat(state(withdrawal)).isEqualTo("STEP_UP");
        JsonNode next =
                Backend.read(backend.propose(Backend.request("WITHDRAWAL", desk.tokens(), withdrawalTo(payee()))), 200);
        assertThat(next.path("decision").asText()).isEqualTo("DENY");
        assertThat(next.path("cause").asText()).isEqualTo("locked");

        Page trade = open(desk, order);
        assertThat(trade.shows("#sekisho-obstacle")).as(trade.toString()).isTrue();
        sentBack(trade.submit("#sekisho-confirm-form", Map.of("back", "true")), "not-confirmed");
        assertThat(state(order)).isEqualTo("STEP_UP");

        Visitor again = world.visitor(Origin.TOKYO_HOME).withDeviceOf(desk.visitor());
        Page login = again.logIn(desk.customer());
        assertThat(login.kind()).as("the login goes on: " + login).isEqualTo(Kind.APP);
        SoftPasskey passkey = world.passkey(desk.customer());
        Page in = open(desk, order).passkey(passkey);
        assertThat(in.kind()).as("trading by passkey goes on: " + in).isEqualTo(Kind.APP);
        assertThat(state(order)).isEqualTo("CONFIRMED");
        sentBack(open(desk, withdrawal), "locked");
    }

    /** Three operations do not give three times the guesses of one secret. */
    // FFAJ-1.3-B3
    @Test
    void allOperationsTogetherGiveTheGuessesOfOne() throws Exception {
        Desk desk = desk();
        JsonNode withdrawal = withdrawal(desk);
        JsonNode order = order(desk);
        JsonNode account = account(desk.tokens());
        typed(form(desk, withdrawal), WRONG, "000000");
        typed(form(desk, order), WRONG, "000000");
        assertThat(failures(desk, "trading-password")).isEqualTo(2);
        assertThat(failures(desk, "WITHDRAWAL")).isEqualTo(1);
        assertThat(failures(desk, "TRADE")).isEqualTo(1);
        world.tables().failedBefore(world.realmId(), world.id(desk.customer()), 9, 9);

        Page stopped = typed(form(desk, account), WRONG, "000000");
        assertThat(stopped.shows("#sekisho-obstacle")).as(stopped.toString()).isTrue();
        for (JsonNode other : List.of(withdrawal, order)) {
            Page page = open(desk, other);
            assertThat(page.shows("#sekisho-obstacle")).as(page.toString()).isTrue();
            assertThat(state(other)).isEqualTo("STEP_UP");
        }
    }

    /** What another page showed, what was sent already, and what is not in the row any more, is not confirmed. */
    // JP25-11
    @Test
    void aFormIsGoodOnceForWhatItShowed() throws Exception {
        Desk desk = desk();
        JsonNode one = order(desk);
        JsonNode two = order(desk);
        Page pageOfOne = form(desk, one);
        Page pageOfTwo = form(desk, two);
        String code = world.otp(desk.customer(), 0);
        String shown = pageOfOne.document().selectFirst(FORM + " [name=shown]").val();

        Page foreign = pageOfTwo.submit(FORM, Map.of("trading-password", GOOD, "code", code, "shown", shown));
        assertThat(foreign.text()).contains("画面の内容が新しくなりました");
        String before = pageOfTwo.document().selectFirst(FORM + " [name=shown]").val();
        Page old = foreign.submit(FORM, Map.of("trading-password", GOOD, "code", code, "shown", before));
        assertThat(old.text()).as("what it showed is shown anew").contains("画面の内容が新しくなりました");
        assertThat(typed(pageOfTwo, GOOD, code).shows(FORM)).as("a replay").isTrue();
        assertThat(state(two)).isEqualTo("STEP_UP");
        assertThat(failures(desk, "trading-password")).isZero();

        List<Page> answers = AtOnce.post(List.of(pageOfOne, pageOfOne, pageOfOne), page -> typed(page, GOOD, code));
        assertThat(answers).filteredOn(answer -> answer.code().isPresent()).hasSizeLessThanOrEqualTo(1);
        if ("STEP_UP".equals(state(one))) {
            // Keycloak shares a tab among its requests: whoever posts at the same time may be asked again.
            assertThat(typed(form(desk, one), GOOD, world.otp(desk.customer(), -1))
                            .kind())
                    .isEqualTo(Kind.APP);
        }
        assertThat(state(one)).isEqualTo("CONFIRMED");
        assertThat(world.records(desk.customer()))
                .filteredOn(record -> "CONFIRMED".equals(record.result()))
                .hasSize(1);
        assertThat(state(two)).isEqualTo("STEP_UP");

        Page last = form(desk, two);
        set(two, "DIGEST = '" + "0".repeat(64) + "'");
        sentBack(typed(last, GOOD, world.otp(desk.customer(), 1)), "not-to-be-confirmed");
        assertThat(state(two)).isEqualTo("VOIDED");
    }

    /** By mail, where the profile takes the strongest factor and he holds no other. */
    // JP25-3
    @Test
    void aCodeByMailIsASecondFactorOfWhoHoldsNoOther() throws Exception {
        Desk desk = desk(world.customerWithoutApp());
        JsonNode order = order(desk);
        Page page = form(desk, order);
        assertThat(page.text()).contains("確認コードをお送りしました");
        String code = world.mailCode(desk.customer(), 1);
        Page again = form(desk, order);
        String second = world.mailCode(desk.customer(), 2);
        Page foreign = typed(again, GOOD, code);
        assertThat(foreign.shows(FORM)).as("that of another tab: " + foreign).isTrue();
        Page resent = foreign.submit(FORM, Map.of("resend", "true"));
        String third = world.mailCode(desk.customer(), 3);
        assertThat(typed(resent, GOOD, second).shows(FORM)).as("replaced").isTrue();
        Page in = typed(form(desk, order), GOOD, world.mailCode(desk.customer(), 4));
        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        assertThat(third).isNotEqualTo(second);
        assertThat(in.tokens().idClaims().path("amr"))
                .extracting(JsonNode::asText)
                .containsExactly("otp", "pwd");
        assertThat(state(order)).isEqualTo("CONFIRMED");
    }

    @Test
    void whoHasNoTradingPasswordIsToldSo() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page in = visitor.enrol(customer);
        Desk desk = new Desk(customer, visitor, in.tokens());
        JsonNode order = order(desk);

        Page page = open(desk, order);
        assertThat(page.text()).contains("取引パスワードの設定が必要です");
        assertThat(page.shows(FORM)).isFalse();
        sentBack(page.submit("#sekisho-confirm-form", Map.of("back", "true")), "not-confirmed");

        assertThat(state(order)).isEqualTo("STEP_UP");
    }

    @Test
    void aRealmMayAskForItBesideThePasskey() throws Exception {
        Desk desk = desk();
        JsonNode order = order(desk);
        SoftPasskey passkey = world.passkey(desk.customer());
        world.during("changes", "{\"operations\":{\"trading-password\":\"ALWAYS\"}}", () -> {
            Page alone = open(desk, order).passkey(passkey);
            assertThat(alone.text()).contains("取引パスワードをご入力ください");
            Page wrong = both(alone, passkey, WRONG);
            assertThat(wrong.text()).contains("取引パスワードが正しくありません");
            assertThat(state(order)).isEqualTo("STEP_UP");
            Page in = both(wrong, passkey, GOOD);
            assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
            assertThat(in.tokens().idClaims().path("amr"))
                    .extracting(JsonNode::asText)
                    .containsExactly("hwk", "pwd");
            assertThat(state(order)).isEqualTo("CONFIRMED");
        });
    }

    private Page both(Page page, SoftPasskey passkey, String password) {
        String challenge =
                page.document().selectFirst("#authenticateWebAuthnButton").attr("data-challenge");
        Map<String, String> answer = new HashMap<>(passkey.answer(challenge, world.base()));
        answer.put("trading-password", password);
        return page.submit("form#webauth", answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void theSameInABrowser(String locale) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = owner.browser();
            owner.enrolPasskey(customer);
            owner.openTradingPassword(locale);
            browser.type("#password", customer.password());
            browser.type("#password-new", GOOD);
            browser.type("#password-confirm", GOOD);
            browser.follow("#sekisho-submit");
            App.Tokens tokens = world.app().exchange(owner.inApp());
            JsonNode also = asked(tokens, "TRADE", ORDER);
            world.during("changes", "{\"operations\":{\"trading-password\":\"ALWAYS\"}}", () -> {
                open(browser, also, locale);
                Pictures.take(owner, locale, "confirm-also");
                browser.type("#trading-password", GOOD);
                browser.follow("#authenticateWebAuthnButton");
                owner.inApp();
                assertThat(state(also)).isEqualTo("CONFIRMED");
            });
            layPasskeysAside(customer);
            browser.layPasskeysAside();

            JsonNode withdrawal = withdrawal(tokens);
            open(browser, withdrawal, locale);
            assertThat(browser.textOf("#sekisho-operation")).contains("300,000 JPY");
            Pictures.take(owner, locale, "confirm-typed");
            browser.type("#trading-password", WRONG);
            browser.type("#code", world.otp(customer, 1));
            browser.follow("#sekisho-submit");
            assertThat(browser.shows("#sekisho-notice")).isTrue();
            Pictures.take(owner, locale, "confirm-typed-wrong");
            browser.type("#trading-password", GOOD);
            browser.type("#code", world.otp(customer, 1));
            browser.follow("#sekisho-submit");
            JsonNode claims = world.app().exchange(owner.inApp()).idClaims();
            assertThat(claims.path("operation").asText()).isEqualTo(id(withdrawal));

            JsonNode stopped = account(tokens);
            open(browser, stopped, locale);
            world.tables().failedBefore(world.realmId(), world.id(customer), 9, 9);
            browser.type("#trading-password", WRONG);
            browser.type("#code", "000000");
            browser.follow("#sekisho-submit");
            assertThat(browser.shows("#sekisho-obstacle")).isTrue();
            Pictures.take(owner, locale, "confirm-stopped");
        }
    }

    private void open(Browser browser, JsonNode operation, String locale) throws Exception {
        Map<String, String> request = ConfirmIT.request(id(operation));
        request.put("ui_locales", locale);
        browser.open(world.app().pushed(request));
    }

    private void set(JsonNode operation, String set) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        world.database().url(),
                        world.database().user(),
                        world.database().password());
                PreparedStatement update =
                        connection.prepareStatement("update SEKISHO_OPERATION set " + set + " where ID = ?")) {
            update.setString(1, id(operation));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
