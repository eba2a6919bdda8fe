package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.client.KeyTokens;
import jp.sekisho.client.NoAnswerException;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.process.LoggedProcess;
import jp.sekisho.stack.process.Readiness;
import jp.sekisho.stack.proxy.ForwardingProxy;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample app before a stock server, in a real browser: what its customers are asked, and what becomes of their money. */
// FFAJ-1.3-B4, FFAJ-1.4-S2, FFAJ-1.4-S3, JP25-11
@LoginTest(World.Setup.JP_2025)
class TradingIT {

    private static final Duration START = Duration.ofMinutes(3);
    private static final String CONFIRM = "#sekisho-operation";
    private static final String PASSKEY = "#authenticateWebAuthnButton";

    private final World world;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private URI app;
    private String client;

    TradingIT(World world) {
        this.world = world;
    }

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        int port = Ports.free();
        int behind = Ports.free();
        app = URI.create("http://localhost:" + port);
        client = "trading-app-" + UUID.randomUUID();
        clients();
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                System.getProperty("sekisho.trading-app"));
        command.environment()
                .putAll(Map.of(
                        "SERVER_ADDRESS",
                        "127.0.0.1",
                        "SERVER_PORT",
                        Integer.toString(behind),
                        "SERVER_FORWARD_HEADERS_STRATEGY",
                        "native",
                        "SEKISHO_ISSUER",
                        issuer(),
                        "SEKISHO_CLIENT_ID",
                        client,
                        "SEKISHO_CLIENT_SECRET",
                        World.SECRET,
                        "SEKISHO_BACKEND_ID",
                        backend()));
        LoggedProcess process = LoggedProcess.start(command, directory.resolve("trading-app.log"));
        running.push(process);
        Readiness.await("The trading app", process, URI.create("http://localhost:" + behind), START);
        running.push(ForwardingProxy.start(port, Origin.TOKYO_HOME, URI.create("http://localhost:" + behind)));
    }

    /** As the shipped ones are, at an address of this app. */
    private void clients() {
        Map<String, Object> made = new HashMap<>();
        made.put("clientId", client);
        made.put("publicClient", false);
        made.put("secret", World.SECRET);
        made.put("standardFlowEnabled", true);
        made.put("fullScopeAllowed", false);
        made.put("redirectUris", List.of(app + "/login/oauth2/code/sekisho", app + "/confirmed"));
        made.put("defaultClientScopes", List.of("basic", "profile", "email", "acr", "amr", "operation", "sekisho"));
        made.put("attributes", Map.of("pkce.code.challenge.method", "S256"));
        world.admin().post(World.realm("/clients"), made);
        ObjectNode server = shippedBackend().put("clientId", backend()).put("rootUrl", app.toString());
        server.remove(List.of("id", "secret"));
        server.withObject("/attributes").put("sekisho.front-ends", client);
        world.admin().post(World.realm("/clients"), server);
        String id = id(backend());
        String sekisho = id("sekisho");
        List<JsonNode> role =
                List.of(world.admin().get(World.realm("/clients/" + sekisho + "/roles/evaluate-operations")));
        String account = world.admin()
                .get(World.realm("/clients/" + id + "/service-account-user"))
                .path("id")
                .asText();
        world.admin().post(World.realm("/users/" + account + "/role-mappings/clients/" + sekisho), role);
        world.admin().post(World.realm("/clients/" + id + "/scope-mappings/clients/" + sekisho), role);
    }

    private String backend() {
        return client + "-backend";
    }

    private ObjectNode shippedBackend() {
        return (ObjectNode) world.admin()
                .get(World.realm("/clients?clientId=trading-backend"))
                .path(0);
    }

    private String id(String client) {
        return world.admin()
                .get(World.realm("/clients?clientId=" + client))
                .path(0)
                .path("id")
                .asText();
    }

    @AfterEach
    void stop() throws Exception {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    @Test
    void aCustomerTradesChangesHisAccountAndWithdraws() throws Exception {
        Customer customer = world.customer();
        try (Browser browser = loggedIn(customer, "ja")) {
            order(browser, "OPEN");
            assertThat(browser.textOf(CONFIRM)).contains("USD/JPY", "10,000");
            browser.click("#sekisho-not-mine summary");
            Pictures.take(browser, "ja", "confirm-not-mine");
            browser.follow(PASSKEY);
            latest(browser, "TRADE", "done");
            world.awaitTold(customer, "ご注文成立");

            order(browser, "OPEN");
            latest(browser, "TRADE", "done");
            assertThat(browser.url()).as("a usual order: no question").isEqualTo(app + "/transactions");

            account(browser, "1234567");
            assertThat(browser.textOf(CONFIRM)).contains("567", "スズキ").doesNotContain("1234567");
            browser.follow(PASSKEY);
            latest(browser, "BANK_ACCOUNT_CHANGE", "done");
            world.awaitTold(customer, "口座");

            withdrawal(browser);
            latest(browser, "WITHDRAWAL", "held");
            assertThat(browser.text()).as("until when, and whom to call").contains("以降に、お手続きを再開できます", "0120-000-000");
            pictures(browser, "ja");
            whatIsUnderWay(browser, "ja", "#payee-list .card");

            theWaitIsOver(customer);
            withdrawal(browser);
            assertThat(browser.textOf(CONFIRM)).contains("5,000 JPY", "567");
            browser.follow(PASSKEY);
            latest(browser, "WITHDRAWAL", "done");
            assertThat(activity(browser, "ja"))
                    .contains("USD/JPY", "5,000 JPY", "実行済み", "保留中")
                    .doesNotContain("不明");
            ownLimits(browser, "ja");
        }
    }

    /** What runs in the browser may change what the app hears. It does not change what we show. */
    @Test
    void aPageThatSendsAnotherAccountThanItShowsIsDisclosed() throws Exception {
        Customer customer = world.customer("en", "");
        try (Browser browser = loggedIn(customer, "en")) {
            whatIsUnderWay(browser, "en", "#no-payee");
            ownLimits(browser, "en");
            browser.open(app.resolve("/bank-account"));
            browser.add("document.querySelector('form.fields').addEventListener('submit', () => {"
                    + "document.querySelector('#account').value = '7654321'; });");
            fillAccount(browser, "1234567");
            browser.follow("#send");

            assertThat(browser.textOf(CONFIRM))
                    .as("what the thief sent")
                    .contains("321")
                    .doesNotContain("567");
            assertThat(browser.shows("button[name='not-mine']"))
                    .as("nothing to be pressed by mistake")
                    .isFalse();
            browser.click("#sekisho-not-mine summary");
            Pictures.take(browser, "en", "confirm-not-mine");
            browser.follow("button[name='not-mine']");

            latest(browser, "BANK_ACCOUNT_CHANGE", "over");
            assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                    .anySatisfy(alert -> assertThat(alert).contains("operation-disowned"));
            pictures(browser, "en");
            browser.open(app.resolve("/withdrawals"));
            assertThat(browser.text()).as("nothing was registered").contains("No bank account is registered");
        }
    }

    /** What his own pages say that happened. */
    private String activity(Browser browser, String locale) throws Exception {
        browser.open(world.base().resolve("/realms/" + DemoRealm.NAME + "/sekisho/pages/#activity"));
        browser.await("#activity-list .card");
        Pictures.take(browser, locale, "pages-activity-operations");
        return browser.textOf("#activity-list");
    }

    private void whatIsUnderWay(Browser browser, String locale, String account) throws Exception {
        page(browser, "operations", account);
        Pictures.take(browser, locale, "pages-operations");
    }

    /** What he tightens is so at once, what he loosens waits, and is taken back. */
    // FFAJ-1.4-S2
    private void ownLimits(Browser browser, String locale) throws Exception {
        page(browser, "limits", "#limits");
        browser.click("input[name='withdrawalsOff']");
        browser.type("#amount", "500,000");
        browser.click("#save");
        browser.await("#message .good");
        Pictures.take(browser, locale, "pages-limits");
        loosen(browser);
        browser.follow("#step-up");
        browser.follow(PASSKEY);
        browser.await("#limits");
        loosen(browser);
        browser.await("#limits-pending");
        Pictures.take(browser, locale, "pages-limits-pending");
        browser.click("#take-back");
        browser.await("nothing waits", () -> browser.shows("#limits-pending") ? null : true);
        assertThat(browser.ask("arguments[0](document.querySelector(\"input[name='withdrawalsOff']\").checked)"))
                .isEqualTo(true);
    }

    private static void loosen(Browser browser) {
        browser.click("input[name='withdrawalsOff']");
        browser.click("#save");
    }

    private void page(Browser browser, String view, String what) {
        browser.open(world.base().resolve("/realms/" + DemoRealm.NAME + "/sekisho/pages/#" + view));
        browser.await(what);
    }

    /** The names of the app's key and of its client are known to everybody. */
    @Test
    void whoDoesNotHoldTheKeyOfTheAppsServerSpeaksForNoApp() throws Exception {
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID(publishedKey()).generate();
        assertThatThrownBy(() -> new KeyTokens(issuer(), backend(), foreign).token(false))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("status 4");
        ECKey unpublished =
                new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        assertThatThrownBy(() -> new KeyTokens(issuer(), backend(), unpublished).token(false))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("status 4");
        App secret = new App(world.base(), DemoRealm.NAME, backend(), Optional.of(World.SECRET), app.toString());
        assertThat(secret.token(Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                backend(),
                                "client_secret",
                                World.SECRET))
                        .statusCode())
                .isBetween(400, 499);
    }

    private String publishedKey() throws Exception {
        HttpRequest keys = HttpRequest.newBuilder(app.resolve("/backend-keys")).build();
        return JWKSet.parse(HttpClient.newHttpClient()
                        .send(keys, HttpResponse.BodyHandlers.ofString())
                        .body())
                .getKeys()
                .get(0)
                .getKeyID();
    }

    private String issuer() {
        return world.base().resolve("/realms/" + DemoRealm.NAME).toString();
    }

    private Browser loggedIn(Customer customer, String locale) throws Exception {
        Browser browser = Browser.start(locale);
        browser.hold(world.passkey(customer), "localhost", world.id(customer));
        // The browser offers the passkey in the field of the name, and nothing is typed.
        browser.open(app.resolve("/login"));
        browser.follow("#sekisho-remember-yes");
        assertThat(browser.url()).isEqualTo(app + "/");
        return browser;
    }

    private void order(Browser browser, String effect) {
        browser.open(app.resolve("/orders"));
        browser.choose("#effect", effect);
        browser.follow("#send");
    }

    private void account(Browser browser, String number) {
        browser.open(app.resolve("/bank-account"));
        fillAccount(browser, number);
        browser.follow("#send");
    }

    private static void fillAccount(Browser browser, String number) {
        browser.type("#bank", "0001");
        browser.type("#branch", "123");
        browser.type("#account", number);
        browser.type("#holder", "スズキ ハナコ");
    }

    private void withdrawal(Browser browser) {
        browser.open(app.resolve("/withdrawals"));
        browser.type("#amount", "5000");
        browser.follow("#send");
    }

    private void latest(Browser browser, String type, String fate) {
        assertThat(browser.url()).startsWith(app + "/transactions");
        assertThat(browser.await(".transaction").getDomAttribute("data-type")).isEqualTo(type);
        assertThat(browser.await(".transaction").getDomAttribute("data-fate"))
                .as(browser.text())
                .isEqualTo(fate);
    }

    private void pictures(Browser browser, String locale) throws Exception {
        Pictures.take(browser, locale, "app-transactions");
        for (String page : List.of("orders", "withdrawals", "bank-account")) {
            browser.open(app.resolve('/' + page));
            Pictures.take(browser, locale, "app-" + page);
        }
    }

    private void theWaitIsOver(Customer customer) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        world.database().url(),
                        world.database().user(),
                        world.database().password());
                PreparedStatement update =
                        connection.prepareStatement("update SEKISHO_PAYEE set USABLE_FROM = 0 where USER_ID = ?")) {
            update.setString(1, world.id(customer));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
