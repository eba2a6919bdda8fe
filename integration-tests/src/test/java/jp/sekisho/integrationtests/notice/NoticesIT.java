package jp.sekisho.integrationtests.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jp.sekisho.integrationtests.firm.Built;
import jp.sekisho.integrationtests.notice.HookServer.Hook;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.mail.MailInbox;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Notices on two nodes, one PostgreSQL, real mail and a real webhook; the last test kills a node. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoticesIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String PREVIOUS = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final Duration SOON = Duration.ofMinutes(1);

    /** A message that nothing holds up. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static PostgresServer postgres;
    private static Jdbc database;
    private static MailInbox inbox;
    private static HookServer hooks;
    private static KeycloakServer one;
    private static KeycloakServer two;

    @BeforeAll
    static void start() throws Exception {
        BuiltDistribution built = Built.onPostgres();
        postgres = PostgresServer.start();
        database = postgres.createDatabase("keycloak");
        inbox = MailInbox.start(Ports.free(), Ports.free());
        hooks = HookServer.start(directory);
        Path vault = Files.createDirectories(directory.resolve("vault"));
        Files.writeString(vault.resolve("hooked_current"), SECRET);
        Files.writeString(vault.resolve("hooked_previous"), PREVIOUS);
        one = node(built, "one");
        two = node(built, "two");
        realm("mailed", true, Map.of());
        realm("unmailed", false, Map.of());
        realm(
                "hooked",
                true,
                Map.of(
                        "changes", List.of("{\"notices\":{\"mails-an-hour\":1000000}}"),
                        "webhook-url", List.of(hooks.url().toString()),
                        "webhook-secret", List.of("${vault.current}"),
                        "webhook-previous-secret", List.of("${vault.previous}")));
    }

    private static KeycloakServer node(BuiltDistribution built, String name) throws IOException {
        return KeycloakServer.on(built)
                .home(directory.resolve(name))
                .database(database)
                .clustered()
                .option("vault-dir", directory.resolve("vault").toString())
                .option("truststore-paths", hooks.certificate().toString())
                .option("spi-sekisho-notice-channel--webhook--allowed-hosts", "localhost")
                .option("spi-sekisho-notice-channel--webhook--internal-hosts", "localhost")
                .start();
    }

    /** A realm of the kind, with or without our policy. */
    private static void realm(String name, boolean withPolicy, Map<String, List<String>> policy) {
        realm(name, withPolicy, policy, inbox.smtpPort());
    }

    private static void realm(String name, boolean withPolicy, Map<String, List<String>> policy, int smtpPort) {
        Admin admin = one.admin();
        admin.post(
                "/admin/realms",
                Map.of(
                        "realm",
                        name,
                        "displayName",
                        "関所証券",
                        "enabled",
                        true,
                        "internationalizationEnabled",
                        true,
                        "supportedLocales",
                        List.of("ja", "en"),
                        "defaultLocale",
                        "ja",
                        "resetPasswordAllowed",
                        true,
                        "smtpServer",
                        Map.of("host", "127.0.0.1", "port", "" + smtpPort, "from", "no-reply@firm.example")));
        if (!withPolicy) {
            return;
        }
        Map<String, List<String>> config = new HashMap<>(policy);
        config.putIfAbsent("profile", List.of("ffaj-2021"));
        config.put("contact-name", List.of("お客さまセンター"));
        config.put("contact-phone", List.of("0120-000-000"));
        admin.post(
                "/admin/realms/" + name + "/components",
                Map.of(
                        "name", "policy",
                        "providerId", "sekisho-policy",
                        "providerType", "jp.sekisho.checkpoint.policy.PolicyProvider",
                        "config", config));
    }

    /** @return the customer's id */
    private static String customer(String realm, String name, String locale) {
        one.admin()
                .post(
                        "/admin/realms/" + realm + "/users",
                        Map.of(
                                "username",
                                name,
                                "email",
                                address(name),
                                "emailVerified",
                                true,
                                "firstName",
                                "太郎",
                                "lastName",
                                "関所",
                                "enabled",
                                true,
                                "attributes",
                                Map.of("locale", List.of(locale))));
        return one.admin()
                .get("/admin/realms/" + realm + "/users?exact=true&username=" + name)
                .path(0)
                .path("id")
                .asText();
    }

    private static String address(String name) {
        return name + "@customer.example";
    }

    private static void changePassword(KeycloakServer node, String realm, String userId, String password) {
        node.admin()
                .put(
                        "/admin/realms/" + realm + "/users/" + userId + "/reset-password",
                        Map.of("type", "password", "value", password, "temporary", false));
    }

    private static Optional<Mail> mailTo(String name) throws InterruptedException {
        return inbox.await(mail -> mail.to().equals(address(name)), SOON);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {two, one, hooks, inbox, postgres}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    @Order(1)
    void eachChangedPasswordIsToldInTheCustomersLanguageWithinASecond() throws Exception {
        String id = customer("mailed", "hanako.sekisho", "ja");
        changePassword(one, "mailed", id, "first-Passw0rd");
        Mail mail = mailTo("hanako.sekisho").orElseThrow();
        changePassword(two, "mailed", id, "second-Passw0rd");

        awaitNonePending(id);
        assertThat(untilSent(id)).isLessThan(AT_ONCE);
        assertThat(mail.subject()).isEqualTo("【関所証券】パスワード変更のお知らせ");
        assertThat(mail.text())
                .contains("h*** 様", "日本時間", "0120-000-000", "お客さまセンター", "お知らせ番号")
                .doesNotContain("hanako", "http", "www.");
        assertThat(mail.html()).contains("お客さまのパスワードが変更されました。").doesNotContain("hanako", "http", "href");
        awaitNonePending(id);
        assertThat(states("mailed", id)).containsExactly("SENT", "SENT");
        assertThat(query("select e.result from sekisho_evidence e join realm r on r.id = e.realm_id"
                        + " where r.name = 'mailed' and e.kind = 'NOTICE' and e.customer is not null"))
                .containsExactly("SENT", "SENT");
    }

    @Test
    @Order(2)
    void englishToWhoeverReadsEnglish() throws Exception {
        changePassword(one, "mailed", customer("mailed", "john.english", "en"), "first-Passw0rd");
        assertThat(mailTo("john.english").orElseThrow().subject()).isEqualTo("[関所証券] Your password was changed");
    }

    @Test
    @Order(3)
    void aRealmWithoutPolicyIsUntouched() throws Exception {
        String id = customer("unmailed", "stock.customer", "ja");
        changePassword(one, "unmailed", id, "first-Passw0rd");
        assertThat(states("unmailed", id)).isEmpty();

        one.admin().put("/admin/realms/unmailed/users/" + id + "/execute-actions-email", List.of("UPDATE_PASSWORD"));
        assertThat(mailTo("stock.customer").orElseThrow().text()).contains("http");
    }

    @Test
    @Order(4)
    void whatAnAdministratorAsksForIsToldWithoutALink() throws Exception {
        String id = customer("mailed", "linkless", "ja");
        one.admin().put("/admin/realms/mailed/users/" + id + "/execute-actions-email", List.of("UPDATE_PASSWORD"));
        Mail told = mailTo("linkless").orElseThrow();
        assertThat(told.subject()).isEqualTo("【関所証券】お手続きのお願い");
        assertThat(told.text() + told.html()).doesNotContain("http", "href");
        assertThat(one.admin()
                        .get("/admin/realms/mailed/users/" + id)
                        .path("requiredActions")
                        .toString())
                .contains("UPDATE_PASSWORD");
    }

    @Test
    @Order(4)
    void noMailWithALinkLeavesARealmWithAPolicy() throws Exception {
        String realm = "/admin/realms/mailed";
        one.admin().put(realm, Map.of("organizationsEnabled", true));
        one.admin()
                .post(
                        realm + "/organizations",
                        Map.of("name", "desk", "domains", List.of(Map.of("name", "desk.example", "verified", true))));
        String id = one.admin().get(realm + "/organizations").path(0).path("id").asText();
        HttpResponse<String> refused = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        one.base().resolve(realm + "/organizations/" + id + "/members/invite-user"))
                                .header("Authorization", "Bearer " + one.admin().token())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("email=invited@desk.example"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        one.admin().put(realm, Map.of("organizationsEnabled", false));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(500);
        assertThat(one.log()).content().contains("no mail carries a link in this realm");
        assertThat(inbox.mailsTo("invited@desk.example")).isEmpty();
    }

    /** The realm is made with the flows of stock Keycloak: nobody is concerned, and the desk must hear of it all the same. */
    @Test
    @Order(5)
    void anAlertAboutNobodyReachesTheDeskOnceAndNoCustomer() throws Exception {
        Hook hook = hooks.hooks().poll(SOON.toSeconds(), TimeUnit.SECONDS);
        new Webhook(SECRET).verify(hook.body(), hook.headers());
        new Webhook(PREVIOUS).verify(hook.body(), hook.headers());
        JsonNode body = JSON.readTree(hook.body());
        assertThat(body.path("type").asText()).isEqualTo("alert.unguarded-flows");
        JsonNode data = body.path("data");
        assertThat(data.path("extra").path("unguarded").asText())
                .contains("browser: browser", "direct-grant: direct grant");
        assertThat(data.path("text").toString()).contains("関所を通らない", "browser: browser");
        assertThat(keys(body)).doesNotContain("data.customer", "data.name", "data.stopCode");

        // The other node sees the same, and somebody knows of it already.
        two.admin().put("/admin/realms/hooked", Map.of("displayName", "関所証券"));
        awaitThat(() -> Files.readString(two.log()).contains("realm hooked: flows that let somebody past"));
        awaitThat(() -> unguarded(two) > 0 && unguarded(two) == unguarded(one));
        assertThat(hooks.hooks()).isEmpty();
        await("exists (select 1 from sekisho_outbox where user_id is null and state = 'SENT')");
        assertThat(query("select o.state from sekisho_outbox o join realm r on r.id = o.realm_id"
                        + " where r.name in ('hooked', 'mailed') and o.user_id is null"))
                .as("and nobody is mailed")
                .containsExactly("SENT");
        assertThat(query("select e.kind from sekisho_evidence e join realm r on r.id = e.realm_id"
                        + " where r.name = 'hooked' and e.kind in ('ALERT', 'NOTICE') order by e.at_time"))
                .containsExactly("ALERT", "NOTICE");
    }

    private static void awaitThat(Callable<Boolean> condition) throws Exception {
        Instant deadline = Instant.now().plus(SOON);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(deadline);
            query("select pg_sleep(0.2)::text");
        }
    }

    private static double unguarded(KeycloakServer node) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.management() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("sekisho_flows_unguarded"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    @Order(6)
    void aWebhookIsSignedWithBothSecretsAndTellsMaskedValues() throws Exception {
        String id = customer("hooked", "hooked.customer", "ja");
        changePassword(one, "hooked", id, "first-Passw0rd");
        Hook hook = hooks.hooks().poll(SOON.toSeconds(), TimeUnit.SECONDS);

        new Webhook(SECRET).verify(hook.body(), hook.headers());
        new Webhook(PREVIOUS).verify(hook.body(), hook.headers());
        JsonNode body = JSON.readTree(hook.body());
        assertThat(body.path("type").asText()).isEqualTo("notice.password-changed");
        assertThat(body.path("data").path("customer").asText()).isEqualTo(id);
        assertThat(body.path("data").path("name").asText()).isEqualTo("h***");
        assertThat(hook.body()).doesNotContain("hooked.customer", "@customer.example");
        for (String readme : List.of("README.md", "README.ja.md")) {
            assertThat(keys(example(readme))).as("the example of " + readme).isEqualTo(keys(body));
        }
        assertThat(mailTo("hooked.customer")).as("mail goes as well").isPresent();
    }

    /** The webhook's body as the readme shows it to whoever writes a gateway. */
    private static JsonNode example(String readme) throws IOException {
        String text = Files.readString(Path.of("..", readme));
        int start = text.indexOf("{\"type\":\"notice.");
        return JSON.readTree(text.substring(start, text.indexOf("```", start)));
    }

    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.properties().forEach(property -> {
            keys.add(property.getKey());
            keys(property.getValue()).forEach(below -> keys.add(property.getKey() + "." + below));
        });
        return keys;
    }

    @Test
    @Order(7)
    void aWebhookThatFailsIsTriedAgainWithTheSameId() throws Exception {
        hooks.answer(500);
        changePassword(one, "hooked", customer("hooked", "retried.customer", "ja"), "first-Passw0rd");
        Hook first = hooks.hooks().poll(SOON.toSeconds(), TimeUnit.SECONDS);
        hooks.answer(204);
        Hook second = hooks.hooks().poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(second.header("webhook-id")).isNotEmpty().isEqualTo(first.header("webhook-id"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(sentAt(second)).as("each attempt is signed anew").isAfter(sentAt(first));
        for (Hook attempt : List.of(first, second)) {
            // The library lets five minutes pass between the timestamp and now.
            new Webhook(SECRET).verify(attempt.body(), attempt.headers());
        }
    }

    private static Instant sentAt(Hook hook) {
        return Instant.ofEpochSecond(Long.parseLong(hook.header("webhook-timestamp")));
    }

    @Test
    @Order(7)
    void theExportHoldsNoSecret() {
        JsonNode export = one.admin().post("/admin/realms/hooked/partial-export?exportClients=true", "");
        assertThat(export.toString()).contains("${vault.current}").doesNotContain("whsec_");
    }

    @Test
    @Order(8)
    void whatIsWrongInAWebhooksSettingsIsRefusedWhenSaved() {
        for (Map<String, List<String>> wrong : List.of(
                Map.of(
                        "webhook-url", List.of("https://hooks.example.jp/hook"),
                        "webhook-secret", List.of("${vault.current}")),
                Map.of("webhook-url", List.of("http://localhost/hook"), "webhook-secret", List.of("${vault.current}")),
                Map.of("webhook-url", List.of("https://localhost/hook"), "webhook-secret", List.of(SECRET)),
                Map.of("webhook-url", List.of("https://localhost/hook")))) {
            assertThatThrownBy(() -> realm("refused" + wrong.hashCode(), true, wrong))
                    .isInstanceOf(Admin.Refused.class)
                    .hasMessageContaining("400")
                    .hasMessageContaining("sekisho-policy: webhook-");
        }
    }

    @Test
    @Order(8)
    void aChangeThatCannotBeToldIsUndone() throws Exception {
        String id = customer("mailed", "untold.customer", "ja");
        execute("alter table sekisho_outbox rename to outbox_away");
        try {
            tryToChangePassword(id);
        } finally {
            execute("alter table outbox_away rename to sekisho_outbox");
        }
        assertThat(one.admin().get("/admin/realms/mailed/users/" + id + "/credentials"))
                .isEmpty();
        changePassword(one, "mailed", id, "second-Passw0rd");
        assertThat(one.admin().get("/admin/realms/mailed/users/" + id + "/credentials"))
                .hasSize(1);
    }

    /** Keycloak answers an error, or as if it had been done; either way it was not. */
    private static void tryToChangePassword(String id) {
        try {
            changePassword(one, "mailed", id, "first-Passw0rd");
        } catch (Admin.Refused refused) {
            assertThat(refused.status()).isBetween(400, 599);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    @Order(9)
    void aFloodIsHeldBackWithoutLoss() throws Exception {
        String id = customer("mailed", "flooded.customer", "ja");
        Instant now = Instant.now();
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 50; i++) {
                statement.addBatch(notice("mailed", "mail", id, "new-device", "flood-" + i, now));
            }
            statement.addBatch(notice("mailed", "mail", id, "lock", "flood-lock", now));
            statement.executeBatch();
        }
        awaitNonePending(id);
        List<String> states = states("mailed", id);
        assertThat(states).filteredOn("SENT"::equals).hasSize(20 + 1);
        assertThat(states)
                .filteredOn("HELD"::equals)
                .hasSize(51 - (int) states.stream().filter("SENT"::equals).count());
        assertThat(inbox.mailsTo(address("flooded.customer")))
                .extracting(Mail::subject)
                .contains("【関所証券】ログインまたはお取引の操作を停止したお知らせ");

        makeDue(id);
        Optional<Mail> summary = inbox.await(
                mail -> mail.to().equals(address("flooded.customer"))
                        && mail.subject().equals("【関所証券】お知らせのまとめ"),
                SOON);
        assertThat(summary.orElseThrow().text()).contains("新しい端末からのログイン: 30件");
    }

    @Test
    @Order(9)
    void aBrokenMessageSpoilsNoneThatIsSentWithIt() throws Exception {
        String id = customer("mailed", "spoilt.customer", "ja");
        Instant now = Instant.now();
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.addBatch(notice("mailed", "mail", id, "new-device", "whole-1", now));
            statement.addBatch(
                    notice("mailed", "mail", id, "lock", "broken", now).replace("\"values\"", "\"valeus\""));
            statement.addBatch(notice("mailed", "mail", id, "new-device", "whole-2", now));
            statement.executeBatch();
            connection.commit();
        }
        awaitRow(id, "deduplication = 'broken' and last_error is not null");
        await("not exists (select 1 from sekisho_outbox where state <> 'SENT' and deduplication <> 'broken'"
                + " and user_id = '" + id + "')");
        execute("delete from sekisho_outbox where deduplication = 'broken' and user_id = '" + id + "'");
        assertThat(inbox.mailsTo(address("spoilt.customer"))).hasSize(2);
    }

    /** Several times what both nodes take at once: none is lost or goes twice. How fast, the benchmarks say. */
    @Test
    @Order(10)
    void manyLeaveAtOnce() throws Exception {
        List<String> ids = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> ids.add(customer("hooked", "speed" + i, "ja")));
        hooks.hooks().clear();
        Duration mail = leave("mail", 500, ids);
        assertThat(inbox.mails().stream().filter(one -> one.to().startsWith("speed")))
                .hasSize(500);
        Duration webhook = leave("webhook", 1000, ids);
        assertThat(hooks.hooks()).hasSize(1000);
        System.getLogger(NoticesIT.class.getName())
                .log(System.Logger.Level.INFO, "500 mails in {0}, 1000 webhooks in {1}", mail, webhook);
    }

    /** Puts notices into the outbox at once; returns how long it took until the last was sent. */
    private static Duration leave(String channel, int many, List<String> ids) throws SQLException {
        Instant now = Instant.now();
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < many; i++) {
                statement.addBatch(notice("hooked", channel, ids.get(i % ids.size()), "login", "speed-" + i, now));
            }
            statement.executeBatch();
            connection.commit();
        }
        Instant start = Instant.now();
        for (String id : ids) {
            awaitNonePending(id);
        }
        return Duration.between(start, Instant.now());
    }

    @Test
    @Order(11)
    void metricsTellAgeAndResults() throws Exception {
        HttpResponse<String> metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(one.management() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(metrics.body())
                .contains(
                        "sekisho_outbox_age_seconds{channel=\"mail\"}",
                        "sekisho_outbox_pending{channel=\"webhook\"}",
                        "sekisho_outbox_dead{channel=\"mail\"}",
                        "sekisho_outbox_attempts_total{channel=\"mail\",result=\"sent\"}");
    }

    @Test
    @Order(12)
    void anHourWithoutAMailServerLosesNothingAndHoldsUpNoOtherRealm() throws Exception {
        try (MailInbox away = MailInbox.start(Ports.free(), Ports.free())) {
            away.stopReceiving();
            realm("offline", true, Map.of(), away.smtpPort());
            String waiting = customer("offline", "waiting.customer", "ja");
            changePassword(one, "offline", waiting, "first-Passw0rd");
            awaitRow(waiting, "attempts > 0 and last_error is not null");

            // What an hour of attempts leaves in the row; the next one fails, too.
            execute(
                    "update sekisho_outbox set created_at = created_at - 3600000, attempts = 35, next_at = 0, last_error = null"
                            + " where user_id = '" + waiting + "'");
            awaitRow(waiting, "attempts > 35 and last_error is not null");
            assertThat(states("offline", waiting)).containsExactly("PENDING");
            assertThat(query("select id from sekisho_outbox where user_id = '" + waiting
                            + "' and next_at <= extract(epoch from now()) * 1000 + 120000"))
                    .as("tried again within two minutes")
                    .hasSize(1);

            String served = customer("mailed", "served.customer", "ja");
            changePassword(two, "mailed", served, "first-Passw0rd");
            assertThat(mailTo("served.customer")).isPresent();
            awaitNonePending(served);
            assertThat(untilSent(served)).isLessThan(AT_ONCE);

            away.startReceiving();
            execute("update sekisho_outbox set next_at = 0 where user_id = '" + waiting + "'");
            // The realm's rest on each node is half a minute at most.
            assertThat(away.await(mail -> mail.to().equals(address("waiting.customer")), Duration.ofSeconds(40)))
                    .isPresent();
            awaitNonePending(waiting);
            assertThat(states("offline", waiting)).containsExactly("SENT");
            assertThat(away.mailsTo(address("waiting.customer"))).hasSize(1);
        }
    }

    @Test
    @Order(13)
    void mailServerDownAndNodeKilledLoseNothingAndHoldUpNothingElse() throws Exception {
        String mailed = customer("mailed", "patient.customer", "ja");
        String hooked = customer("hooked", "impatient.customer", "ja");
        hooks.hooks().clear();
        inbox.stopReceiving();
        changePassword(one, "mailed", mailed, "first-Passw0rd");
        changePassword(one, "hooked", hooked, "first-Passw0rd");
        assertThat(hooks.hooks().poll(SOON.toSeconds(), TimeUnit.SECONDS))
                .as("the webhook does not wait for the mail server")
                .isNotNull();
        one.kill();
        assertThat(query("select id from sekisho_outbox where user_id = '" + mailed
                        + "' and next_at <= extract(epoch from now()) * 1000 + 120000"))
                .as("the killed node may hold the message, for two minutes")
                .hasSize(1);
        execute("update sekisho_outbox set next_at = 0 where user_id = '" + mailed
                + "' and next_at > extract(epoch from now()) * 1000 + 60000");
        inbox.startReceiving();

        Optional<Mail> mail = inbox.await(one -> one.to().equals(address("patient.customer")), SOON);
        assertThat(mail).isPresent();
        awaitNonePending(mailed);
        assertThat(states("mailed", mailed)).containsExactly("SENT");
        assertThat(inbox.mailsTo(address("patient.customer"))).hasSize(1);
    }

    private static String notice(String realm, String channel, String userId, String notice, String key, Instant at) {
        String payload = "{\"recipient\":\"\",\"values\":{\"occurredAt\":\"" + at + "\"}}";
        return "insert into sekisho_outbox (id, realm_id, channel, notice, user_id, deduplication, locale, payload, state,"
                + " attempts, created_at, next_at) select gen_random_uuid()::text, r.id, '" + channel + "', '" + notice
                + "', u.id,"
                + " '" + key + "', 'ja', replace('" + payload
                + "', '\"recipient\":\"\"', '\"recipient\":\"' || u.email ||"
                + " '\"'), 'PENDING', 0, " + at.toEpochMilli() + ", " + at.toEpochMilli()
                + " from realm r join user_entity u on u.realm_id = r.id where r.name = '" + realm + "' and u.id = '"
                + userId + "'";
    }

    private static List<String> states(String realm, String userId) throws SQLException {
        return query("select state from sekisho_outbox o join realm r on r.id = o.realm_id where r.name = '" + realm
                + "' and user_id = '" + userId + "' and notice <> 'held-back'");
    }

    /**
     * From the request that changed something until its notice was written down as sent, by the database's clock: how long
     * a loaded machine takes for the request is no part of it.
     */
    private static Duration untilSent(String userId) throws SQLException {
        String millis = query(
                        "select (sent_at - created_at)::text from sekisho_outbox where user_id = '" + userId + "'")
                .get(0);
        return Duration.ofMillis(Long.parseLong(millis));
    }

    /** The summary's hour is over. */
    private static void makeDue(String userId) throws SQLException {
        execute("update sekisho_outbox set next_at = 0 where notice = 'held-back' and user_id = '" + userId + "'");
    }

    private static void awaitNonePending(String userId) throws SQLException {
        await("not exists (select 1 from sekisho_outbox where state = 'PENDING' and notice <> 'held-back'"
                + " and user_id = '" + userId + "')");
    }

    /** Waits until a message of the customer is like this. */
    private static void awaitRow(String userId, String condition) throws SQLException {
        await("exists (select 1 from sekisho_outbox where user_id = '" + userId + "' and " + condition + ")");
    }

    private static void await(String condition) throws SQLException {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
        while (query("select 'yes' where " + condition).isEmpty()) {
            assertThat(Instant.now()).as(condition).isBefore(deadline);
            query("select pg_sleep(0.2)::text");
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
