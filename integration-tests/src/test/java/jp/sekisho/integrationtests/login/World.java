package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.demo.tour.Authenticator;
import jp.sekisho.integrationtests.firm.Built;
import jp.sekisho.integrationtests.lock.LockedRealm;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.realmconfig.shipped.ShippedRealm;
import jp.sekisho.stack.cluster.Cluster;
import jp.sekisho.stack.io.Trees;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.mail.MailInbox;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.StatementLog;
import jp.sekisho.stack.proxy.Origin;
import jp.sekisho.stack.secrecy.KeyFile;

/**
 * The shipped realm as a firm runs it: stock Keycloak behind a proxy, PostgreSQL, a mail server, GeoLite2 and an app. One
 * for all login tests; each makes customers of its own.
 */
final class World implements AutoCloseable {

    /** For what comes at once, on a machine that has much else to do. */
    static final Duration SOON = Duration.ofMinutes(1);

    static final String FIRST = "keycloak";
    static final String SECOND = "second-keycloak";

    private static final String CLIENT = "trading-app";
    static final String SECRET = "secret-of-the-tests";
    private static final String CALLBACK = "/login/oauth2/code/sekisho";

    /** The header in which the proxy in front hands on the certificate of a TLS connection. */
    static final String CERTIFICATE = "ssl-client-cert";

    private static final String REALM = "/admin/realms/" + DemoRealm.NAME;
    private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{8}(?![0-9])");
    /** By dimension: {@link Origin#TOKYO_HOME} with {@link Visitor#CHROME}. */
    static final Map<String, String> USUAL = Map.of(
            "COUNTRY", "JP",
            "ASN", "JP|4713",
            "PREFIX", "JP|4713|114.164.71.0/24",
            "DEVICE_TYPE", "desktop",
            "OS", "desktop|Windows",
            "BROWSER", "desktop|Windows|Chrome",
            "BROWSER_VERSION", "desktop|Windows|Chrome|140");

    private static final String TOTP_KEY = "ONSWW2LTNBXS2ZDFNVXS243VPJ2WW2JN";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Which of them. */
    enum Setup {
        /** The profile of passwords, on a server built as firms are told to. */
        FFAJ_2021("it", BuildOptions.FEATURES_OFF, ""),
        /** The shipped profile, on a server whose operator left on what could end in a session, and offers credentials. */
        JP_2025("it-left-open", "device-flow,ciba,jwt-authorization-grant", "oid4vc-vci"),
        /** The profile of passwords with the jars and the realm of the previous build: for a class that updates it, node by node. */
        UPDATED("it", BuildOptions.FEATURES_OFF, "");

        private final String build;
        private final String featuresOff;
        private final String featuresOn;

        Setup(String build, String featuresOff, String featuresOn) {
            this.build = build;
            this.featuresOff = featuresOff;
            this.featuresOn = featuresOn;
        }
    }

    private final Setup setup;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private Cluster cluster;
    private App app;
    private Tables tables;
    private CertificateAuthority authority;
    private String realmId;
    private Path blocklist;
    private Path directory;
    private BuiltDistribution built;
    private StatementLog statements;
    private Landing landing;
    private LongAgo longAgo;
    private final PolicyDesk desk = new PolicyDesk(this);

    private World(Setup setup) {
        this.setup = setup;
    }

    static World start(Setup setup) throws Exception {
        World world = new World(setup);
        try {
            world.startAll();
            return world;
        } catch (Exception e) {
            world.close();
            throw e;
        }
    }

    private void startAll() throws Exception {
        built = setup == Setup.UPDATED
                ? Built.previous()
                : Built.onPostgres(setup.build, setup.featuresOff, setup.featuresOn);
        directory = Files.createTempDirectory("login-it-");
        running.push(() -> Trees.delete(directory));
        Path log = Files.createDirectory(directory.resolve("statements")).resolve("statements.json");
        cluster = Cluster.start(directory, StatementLog.settings(log), Ports.free(), Ports.free(), Ports.free());
        running.push(cluster);
        statements = new StatementLog(cluster.database(), log);
        landing = Landing.start();
        running.push(landing);
        app = new App(cluster.base(), DemoRealm.NAME, CLIENT, Optional.of(SECRET), landing.base() + CALLBACK);
        tables = new Tables(cluster.database(), Optional.of(cluster.keys()));
        blocklist = directory.resolve("blocklist");
        authority = CertificateAuthority.create(directory.resolve("ca"));
        DemoRealm shipped = setup == Setup.UPDATED ? DemoRealm.of(Built.previousRealm()) : DemoRealm.shipped();
        Path realm = configured(shipped).writeTo(directory.resolve("broker-realm.json"));
        cluster.add(FIRST, node(built).realm(realm));
        realmId = admin().get(REALM).path("id").asText();
        mostCustomersAreAtHomeInTokyo(realmId);
        if (setup == Setup.FFAJ_2021) {
            longAgo = LongAgo.begin(this);
        }
    }

    private DemoRealm configured(DemoRealm shipped) {
        DemoRealm realm = shipped.withMailServer(inbox().smtpPort())
                .withClientSecret(CLIENT, SECRET)
                .withContact();
        return setup == Setup.JP_2025 ? realm : realm.withProfile("ffaj-2021");
    }

    /** The shipped realm once more on the same server, with what its firm changed; the app is connected there, too. */
    App realmBeside(String name, Consumer<ObjectNode> changes) throws SQLException {
        ObjectNode beside = configured(DemoRealm.of(ShippedRealm.read(name, Map.of("SEKISHO_APP_URL", firmsApp()))
                        .importable()))
                .json();
        changes.accept(beside);
        admin().post("/admin/realms", beside);
        mostCustomersAreAtHomeInTokyo(
                admin().get("/admin/realms/" + name).path("id").asText());
        return new App(app.keycloak(), name, CLIENT, Optional.of(SECRET), app.callback());
    }

    /** Where the firm's app is, as a realm is told. */
    String firmsApp() {
        return landing.base().toString();
    }

    /** A node that could be one of this world's. */
    KeycloakServer.Builder node(BuiltDistribution distribution) {
        KeycloakServer.Builder node = cluster.node(distribution);
        if (setup != Setup.FFAJ_2021) {
            node.clustered();
        }
        return node.environment("SEKISHO_APP_URL", firmsApp())
                .option("spi-x509cert-lookup--nginx--ssl-client-cert", CERTIFICATE)
                .option("truststore-paths", authority.certificate().toString())
                .option("spi-sekisho-secrecy--aes--refresh-interval", "PT1S")
                .option("spi-password-policy--sekisho-passwords--blocklist-file", blocklist.toString())
                .option("spi-password-policy--sekisho-passwords--refresh-interval", "PT1S");
    }

    /** Another node on the same database, for a while; whoever calls it says himself where he comes from. */
    KeycloakServer secondNode() throws IOException {
        int port = Ports.free();
        return node(built)
                .hostname("http://localhost:" + port)
                .port(port)
                .home(directory.resolve("second"))
                .start();
    }

    /** Another node under the same address, as behind a load balancer: what one issues the other takes. */
    KeycloakServer twin() throws IOException {
        return node(built).home(directory.resolve("twin")).start();
    }

    /** The app, logging in on another node. */
    App appOn(KeycloakServer node) {
        return new App(
                URI.create("http://localhost:" + node.base().getPort()),
                DemoRealm.NAME,
                CLIENT,
                Optional.of(SECRET),
                landing.base() + CALLBACK);
    }

    /** What the realm has learned of all customers; without it, a name that nobody has is judged like a newcomer's. */
    private void mostCustomersAreAtHomeInTokyo(String realm) throws SQLException {
        for (Map.Entry<String, String> usual : USUAL.entrySet()) {
            tables.shared(realm, usual.getKey(), usual.getValue(), 100);
        }
    }

    /** Before each test: so many fail at home in Tokyo, and elsewhere, that it would be no place to come from any more. */
    void calm() throws SQLException {
        tables.calm(realmId);
    }

    App app() {
        return app;
    }

    /** Keycloak as browsers see it. */
    URI base() {
        return cluster.base();
    }

    /** The one node, or one that runs. */
    KeycloakServer keycloak() {
        return cluster.anyNode();
    }

    Cluster cluster() {
        return cluster;
    }

    MailInbox inbox() {
        return cluster.inbox();
    }

    Tables tables() {
        return tables;
    }

    /** What the database executes while something is done. @param last words that the log says of its last statement */
    List<String> statements(Work work, Supplier<String> last) throws Exception {
        try (StatementLog.Recording recording = statements.record()) {
            work.run();
            await("the log's last statement", () -> recording.says(last.get()));
            return recording.transactions().stream()
                    .filter(transaction -> !transaction.ofWorker())
                    .map(StatementLog.Transaction::statements)
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /** For what only one test asks of the tables. */
    Jdbc database() {
        return cluster.database();
    }

    /** With {@link Setup#FFAJ_2021} only. */
    LongAgo longAgo() {
        return longAgo;
    }

    KeyFile keys() {
        return cluster.keys();
    }

    /** Whose certificates the server trusts. */
    CertificateAuthority authority() {
        return authority;
    }

    Visitor visitor(Origin origin) {
        return visitor(origin.address(), Visitor.CHROME);
    }

    Visitor visitor(String address, String userAgent) {
        return Visitor.from(app, address, userAgent);
    }

    /** Where the server looks for a firm's own list of passwords; there is none. */
    Path blocklist() {
        return blocklist;
    }

    String realmId() {
        return realmId;
    }

    Admin admin() {
        return keycloak().admin();
    }

    /** A passkey that the customer has had for long: nobody enrols it in this story. */
    SoftPasskey passkey(Customer owner) {
        return held(owner, SoftPasskey.of(id(owner)));
    }

    /** One that counts in a day. */
    SoftPasskey provisionalPasskey(Customer owner) throws Exception {
        SoftPasskey passkey = passkey(owner);
        tables.provisional(realmId, id(owner), passkey.id(), Instant.now().plus(Duration.ofDays(1)));
        return passkey;
    }

    /** One that never leaves its device. */
    SoftPasskey boundPasskey(Customer owner) {
        return held(owner, SoftPasskey.boundToItsDevice(id(owner)));
    }

    private SoftPasskey held(Customer owner, SoftPasskey passkey) {
        ObjectNode user = (ObjectNode) user(owner);
        user.putArray("credentials")
                .addObject()
                .put("type", "webauthn-passwordless")
                .put("secretData", "{}")
                .put("credentialData", passkey.credentialData());
        admin().put(REALM + "/users/" + id(owner), user);
        return passkey;
    }

    /** A customer with an authenticator app. */
    Customer customer() {
        return customer("ja", TOTP_KEY);
    }

    /** A customer who has but his password and his mail address. */
    Customer customerWithoutApp() {
        return customer("ja", "");
    }

    /** A customer with an authenticator app who keeps recovery codes: all of them the same. */
    Customer customerWithRecoveryCodes() {
        return customer("ja", TOTP_KEY, List.of(LockedRealm.recoveryCodes()));
    }

    Customer customer(String locale, String totpKey) {
        return customer(locale, totpKey, List.of());
    }

    private Customer customer(String locale, String totpKey, List<Map<String, Object>> furtherCredentials) {
        int number = NUMBER.incrementAndGet();
        Customer customer = new Customer(
                "customer" + number,
                "Biwa-ko-67028-ha",
                "鈴木",
                "花子",
                "スズキ",
                "ハナコ",
                String.format("1000-%04d", number),
                locale,
                totpKey);
        ObjectNode user = DemoRealm.user(customer);
        furtherCredentials.forEach(user.withArray("/credentials")::addPOJO);
        admin().post(REALM + "/users", user);
        return customer;
    }

    /** The token of an officer. */
    String officerToken() throws Exception {
        return officer("sekisho-officer").token();
    }

    /** Somebody of the firm, and a token with his roles. */
    record Officer(String id, String token, String refresh) {}

    /** The same with these roles. Officers log in by passkey or certificate only: here by certificate. */
    // FFAJ-2.1-S1b
    Officer officer(String... roles) throws Exception {
        Customer officer = customer();
        give(officer, roles);
        App.Tokens tokens = certificateLogin(authority.issue(officer.username()), Origin.TOKYO_HOME)
                .tokens();
        return new Officer(id(officer), tokens.access(), tokens.refresh());
    }

    /** Roles, and that the app's tokens say so. */
    void give(Customer officer, String... roles) {
        JsonNode client =
                admin().get(realm("/clients?clientId=" + app.client())).path(0);
        for (String name : roles) {
            List<JsonNode> role = List.of(admin().get(realm("/roles/" + name)));
            admin().post(realm("/clients/" + client.path("id").asText() + "/scope-mappings/realm"), role);
            admin().post(realm("/users/" + id(officer) + "/role-mappings/realm"), role);
        }
    }

    /** Where he is let in, his browser is not remembered. */
    Page certificateLogin(String certificate, Origin origin) {
        Page page = visitor(origin)
                .header(CERTIFICATE, certificate)
                .openLogin()
                .submit("#sekisho-certificate-form", Map.of("certificate", "true"));
        return page.kind() == Page.Kind.REMEMBER ? page.remember(false) : page;
    }

    /** Teaches what is usual for a customer, by dimension: thirty logins. Nothing is known of his devices. */
    void settled(Customer customer, Map<String, String> usual) throws Exception {
        Map<String, String> learned = new HashMap<>(usual);
        learned.put("LOGINS", "");
        learned.put("LOGINS_TOTAL", "");
        String id = id(customer);
        for (Map.Entry<String, String> value : learned.entrySet()) {
            tables.learned(
                    realmId,
                    id,
                    value.getKey(),
                    value.getValue(),
                    30,
                    Instant.now().minus(Duration.ofHours(20)));
        }
    }

    /** What a test does. */
    @FunctionalInterface
    interface Work {

        void run() throws Exception;
    }

    /** While a setting of the policy is another one. */
    void during(String setting, String value, Work work) throws Exception {
        ObjectNode policy = desk.policy();
        ObjectNode changed = policy.deepCopy();
        changed.withObject("/config").putArray(setting).add(value);
        // A setting that is left out stays: an empty one goes.
        ObjectNode before = policy.deepCopy();
        before.withObject("/config").withArray(setting);
        desk.save(changed);
        try {
            work.run();
        } finally {
            desk.save(before);
        }
    }

    /** Where the policy is changed. */
    PolicyDesk desk() {
        return desk;
    }

    /** What a resource server learns of a token. */
    boolean active(App app, String accessToken) throws Exception {
        JsonNode server = admin().get(realm("/clients?clientId=sekisho")).path(0);
        String secret = admin().get(realm("/clients/" + server.path("id").asText() + "/client-secret"))
                .path("value")
                .asText();
        return app.introspect(accessToken, "sekisho", secret).path("active").asBoolean();
    }

    String id(Customer customer) {
        return user(customer).path("id").asText();
    }

    JsonNode user(Customer customer) {
        return admin().get(REALM + "/users?exact=true&username=" + customer.username())
                .path(0);
    }

    /** A path below the realm in the admin REST interface. */
    static String realm(String path) {
        return REALM + path;
    }

    /** The code that the customer's app shows now, or so many periods later: each is good once. */
    String otp(Customer customer, int periodsAhead) {
        return new Authenticator(customer, Clock.systemUTC()).code(periodsAhead);
    }

    /** The newest login event, or refused one, of the customer. */
    JsonNode event(Customer customer) {
        return admin().get(REALM + "/events?type=LOGIN&type=LOGIN_ERROR&max=1&user=" + id(customer))
                .path(0);
    }

    /** What was decided on the customer and how it ended, oldest first. */
    List<Tables.Record> records(Customer customer) throws Exception {
        return tables.records(realmId, id(customer));
    }

    /** The subjects of all mails, oldest first, once there are so many. */
    List<String> subjects(Customer customer, int count) throws InterruptedException {
        inbox().await(mail -> mailsTo(customer).size() >= count, SOON);
        return mailsTo(customer).stream().map(Mail::subject).toList();
    }

    /** Waits until the customer was told so: mails arrive in any order. @param subject a part of it */
    void awaitTold(Customer customer, String subject) throws InterruptedException {
        awaitTold(customer.email(), subject);
    }

    void awaitTold(String address, String subject) throws InterruptedException {
        boolean told = inbox().await(
                        mail -> mail.to().equals(address) && mail.subject().contains(subject), SOON)
                .isPresent();
        if (!told) {
            throw new AssertionError("Not told: " + subject + ", but "
                    + inbox().mailsTo(address).stream().map(Mail::subject).toList());
        }
    }

    /** The customer is told at another address, too. @param access of a session in which he just showed himself */
    void alsoAt(String access, String address) throws Exception {
        URI addresses = base().resolve("/realms/broker/sekisho/account/addresses");
        HttpResponse<String> asked =
                Bearer.post(addresses, access, "application/json", "{\"address\":\"" + address + "\"}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        Matcher code = inbox().await(mail -> mail.to().equals(address), SOON)
                .map(mail -> CODE.matcher(mail.text()))
                .orElseThrow();
        assertThat(code.find()).isTrue();
        HttpResponse<String> added = Bearer.post(
                URI.create(addresses + "/verification"),
                access,
                "application/json",
                "{\"code\":\"" + code.group() + "\"}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    }

    /** Oldest first. */
    List<Mail> mailsTo(Customer customer) {
        List<Mail> mails = new ArrayList<>(inbox().mailsTo(customer.email()));
        java.util.Collections.reverse(mails);
        return mails;
    }

    /** The code in the customer's n-th mail with one, from 1. */
    String mailCode(Customer customer, int number) throws InterruptedException {
        inbox().await(mail -> codes(customer).size() >= number, SOON);
        return codes(customer).get(number - 1);
    }

    private List<String> codes(Customer customer) {
        return mailsTo(customer).stream()
                .map(mail -> CODE.matcher(mail.text()))
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    /** The sum of a node's metrics whose names begin so. */
    static double metric(KeycloakServer node, String name) {
        URI metrics = node.management().resolve("/metrics");
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a question is answered with yes. */
    static void await(String what, Supplier<Boolean> question) throws InterruptedException {
        await(what, SOON, question);
    }

    static void await(String what, Duration atMost, Supplier<Boolean> question) throws InterruptedException {
        Instant deadline = Instant.now().plus(atMost);
        Object lock = new Object();
        synchronized (lock) {
            while (!question.get()) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("Not in time: " + what);
                }
                lock.wait(100);
            }
        }
    }

    @Override
    public void close() throws IOException {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.getLogger(World.class.getName()).log(System.Logger.Level.WARNING, "While stopping", e);
            }
        }
    }
}
