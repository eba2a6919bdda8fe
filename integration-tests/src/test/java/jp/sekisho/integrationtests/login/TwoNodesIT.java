package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.docker.Haproxy;
import jp.sekisho.integrationtests.firm.Built;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.realmconfig.difference.Difference;
import jp.sekisho.realmconfig.server.AdminServer;
import jp.sekisho.realmconfig.server.Credentials;
import jp.sekisho.realmconfig.shipped.ShippedRealm;
import jp.sekisho.realmconfig.update.LiveRealm;
import jp.sekisho.stack.cluster.Cluster;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.postgres.PostgresServer;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes that are asked in turn, so that every login and every operation goes over both, while what stands below them breaks. One story
 * in this order: it begins with the previous build.
 */
// JP25-9
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {

    private static final int PEOPLE = 3;

    private static final Pattern INCLUDED = Pattern.compile("<include file=\"([^\"]+)\"");
    private static final Pattern CHANGE_SET = Pattern.compile("<changeSet[^>]* id=\"([^\"]+)\"");

    /** Turns before and after something breaks: what is found out is found out by few. */
    private static final int SOME = 6;

    private static final int MANY = 200;

    private static final String DISCOVERY = "/realms/" + DemoRealm.NAME + "/.well-known/openid-configuration";
    private static final String SERVED = "HTTP/1.1 200";

    /** For as many on a machine that has much else to do. */
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private static Path unpacked;

    private static World world;
    private static Cluster cluster;

    /** That of compose.yaml, beside the one that the world goes through: nobody where it is not installed. */
    private static Optional<Haproxy> haproxy = Optional.empty();

    /** Logs in where there is one node only, and confirms where there is only the other one. */
    private static Traveller traveller;

    private record Traveller(Customer customer, SoftPasskey passkey, Visitor browser, App.Tokens tokens) {}

    @BeforeAll
    static void start() throws Exception {
        world = World.start(World.Setup.UPDATED);
        cluster = world.cluster();
    }

    @AfterAll
    static void stop() throws Exception {
        haproxy.ifPresent(Haproxy::close);
        if (world != null) {
            world.close();
        }
    }

    /** Old jars on the new tables, new ones on what the old ones wrote, and a login that begins with one and ends with the other. */
    @Test
    @Order(1)
    void thePackIsUpdatedOneNodeAfterTheOtherAndNoLoginFails() throws Exception {
        Logins logins = new Logins(world);
        Set<String> before = changeSets();
        BuiltDistribution built = Built.onPostgres();
        Pressure pressure = Pressure.of(logins, PEOPLE);
        try (pressure) {
            pressure.awaitMore(SOME, Load.Turn.DONE);
            cluster.add(World.SECOND, world.node(built));
            // Old and new beside each other.
            pressure.awaitMore(SOME, Load.Turn.DONE);
            cluster.retire(World.FIRST);
            pressure.awaitMore(SOME, Load.Turn.DONE);
        }

        assertThat(pressure.count(Load.Turn.DONE))
                .as("each login of the update")
                .isEqualTo(pressure.size());
        assertThat(changeSets())
                .as("the tables went on under load")
                .hasSizeGreaterThan(before.size())
                .isEqualTo(changeSetsOfThisBuild());
        world.tables().takenTwoMinutesAgo();
        logins.verify();
    }

    /** As an operator does after an update; what apps ask is new to the realm. */
    @Test
    @Order(2)
    void theRealmIsBroughtToTheShippedConfigurationAfterwards() throws Exception {
        ShippedRealm shipped = ShippedRealm.read(DemoRealm.NAME, Map.of("SEKISHO_APP_URL", world.firmsApp()));
        LiveRealm live = new LiveRealm(
                new AdminServer(
                        cluster.anyNode().base(), new Credentials.Administrator("admin", "admin"), Clock.systemUTC()),
                DemoRealm.NAME);
        assertThat(live.differences(shipped))
                .extracting(Difference::section)
                .contains("authenticationFlows", "clients", "clientScopes");

        assertThat(live.update(shipped)).isEmpty();
        fewOrderAsMuchAsMany();
        // The proxy of the tests speaks no TLS. The nodes read the realm anew.
        world.admin().put(World.realm(""), Map.of("sslRequired", "none"));

        Customer customer = world.customerWithoutApp();
        SoftPasskey passkey = world.passkey(customer);
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        traveller =
                new Traveller(customer, passkey, browser, browser.logIn(passkey).tokens());
        cluster.add(World.FIRST, asInCompose());
        assertThat(World.metric(cluster.node(World.FIRST), "sekisho_geo_age_seconds"))
                .as("what compose.yaml tells a node is heard")
                .isPositive();
        assertThat(Files.readString(cluster.node(World.FIRST).log())).doesNotContain("No key for personal values");
        if (Haproxy.installed()) {
            KeycloakServer one = cluster.node(World.FIRST);
            KeycloakServer two = cluster.node(World.SECOND);
            haproxy = Optional.of(Haproxy.start(
                    unpacked,
                    one.base(),
                    one.management().getPort(),
                    two.base(),
                    two.management().getPort()));
        }
    }

    /** Ten customers order as much as a firm's thousands; officers of this world have no certificates. */
    private static void fewOrderAsMuchAsMany() throws SQLException {
        try (Connection connection = PostgresServer.connect(world.database());
                PreparedStatement insert = connection.prepareStatement(
                        "insert into component_config (id, component_id, name, value) select ?, id, 'changes', ? from component"
                                + " where provider_type = ?")) {
            insert.setString(1, UUID.randomUUID().toString());
            insert.setString(2, "{\"operations\":{\"requests-per-customer\":100000}}");
            insert.setString(3, PolicyProvider.class.getName());
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    /** Where its configuration stands before real nodes. */
    private static void throughHaproxy(String what, Predicate<String> answer) throws Exception {
        if (haproxy.isPresent()) {
            haproxy.get().await(what, () -> answer.test(haproxy.get().get(DISCOVERY, "127.0.0.1")));
        }
    }

    @Test
    @Order(3)
    void whileTheDatabaseIsAwayEverybodyIsToldAndAfterwardsItGoesOnByItself() throws Exception {
        Orders orders = new Orders(world);
        List<KeycloakServer> nodes = List.of(cluster.node(World.FIRST), cluster.node(World.SECOND));
        Pressure pressure = Pressure.of(orders, PEOPLE);
        try (pressure) {
            pressure.awaitMore(SOME, Load.Turn.DONE);
            throughHaproxy("the first is asked", answer -> answer.startsWith(SERVED) && log().contains(" one "));
            throughHaproxy("so is the second", answer -> answer.startsWith(SERVED) && log().contains(" two "));
            Page japanese = form("ja");
            Page english = form("en");
            cluster.postgres().stop();
            try {
                for (KeycloakServer node : nodes) {
                    World.await("a load balancer sees it at " + node.management(), () -> !ready(node));
                }
                assertThat(japanese.password("customer1", "whatever").text()).contains("システムの都合により、お手続きを続けられませんでした。");
                assertThat(english.password("customer1", "whatever").text())
                        .contains("We could not go on, because of a fault on our side.");
                throughHaproxy("nobody is asked", answer -> answer.contains("ただいまご利用いただけません"));
                long done = pressure.count(Load.Turn.DONE);
                pressure.awaitMore(SOME, Load.Turn.REFUSED);
                assertThat(pressure.count(Load.Turn.DONE))
                        .as("nothing is done unwritten")
                        .isLessThanOrEqualTo(done + PEOPLE);
            } finally {
                cluster.postgres().startAgain();
            }
            pressure.awaitMore(SOME, Load.Turn.DONE);
            for (KeycloakServer node : nodes) {
                World.await("it is ready again: " + node.management(), () -> ready(node));
            }
            throughHaproxy("they are asked again", answer -> answer.startsWith(SERVED));
        }

        assertThat(nodes).allMatch(KeycloakServer::isAlive);
        assertThat(pressure.count(Load.Turn.UNANSWERED)).as("an answer each").isZero();
        orders.verify();
    }

    @Test
    @Order(4)
    void aNodeIsKilledInTheMiddleOfManyOperationsAndLoginsAndNothingIsLost() throws Exception {
        Orders orders = new Orders(world);
        Logins logins = new Logins(world);
        Map<String, Integer> before;
        String coordinator;
        Pressure ofOrders = Pressure.of(orders, PEOPLE);
        Pressure ofLogins = Pressure.of(logins, 1);
        try (ofOrders;
                ofLogins) {
            ofLogins.awaitMore(SOME, Load.Turn.DONE);
            ofOrders.awaitAll(MANY / 2, LONG, Load.Turn.DONE);
            before = logins.counters();
            // It was there before the other one.
            coordinator = coordinator();
            cluster.kill(World.SECOND);
            ofLogins.awaitMore(SOME, Load.Turn.DONE);
            assertThat(logins.counters())
                    .as("counters after the kill")
                    .allSatisfy((what, failures) ->
                            assertThat(failures).as(what).isGreaterThanOrEqualTo(before.getOrDefault(what, 0)));
            ofOrders.awaitAll(MANY, LONG, Load.Turn.DONE);
        }
        world.tables().takenTwoMinutesAgo();

        assertThat(before).isNotEmpty();
        assertThat(logins.counters().keySet()).containsAll(before.keySet());
        orders.verify();
        logins.verify();
        aMinutePassesFor(coordinator);
        World.await("the other one is ready", () -> ready(cluster.node(World.FIRST)));
        throughHaproxy("and is asked", answer -> answer.startsWith(SERVED));
    }

    /**
     * With two nodes Keycloak cannot tell a dead coordinator from one beyond a split: until the row of the dead one is a minute old, the
     * one that is left may call itself not ready.
     */
    private static void aMinutePassesFor(String coordinator) throws SQLException {
        try (Connection connection = PostgresServer.connect(world.database());
                PreparedStatement update = connection.prepareStatement(
                        "update jgroups_ping set last_update = last_update - 61 where address = ?")) {
            update.setString(1, coordinator);
            update.executeUpdate();
        }
    }

    private static String coordinator() throws SQLException {
        try (Connection connection = PostgresServer.connect(world.database());
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select address from jgroups_ping where coord")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** The node on which he logged in is dead by now. */
    @Test
    @Order(5)
    void whoLoggedInOnOneNodeConfirmsOnTheOther() throws Exception {
        Backend backend = Backend.ofTheTradingApp(world);
        JsonNode session = traveller.tokens().idClaims().path("sid");
        JsonNode asked = Backend.read(
                backend.propose(Backend.request("PROFILE_CHANGE", Orders.CHANGE).set("session", session)), 200);
        assertThat(asked.path("decision").asText()).as(asked.toString()).isEqualTo("STEP_UP");
        String operation = asked.path("operation").asText();

        Page page = traveller.browser().get(world.app().pushed(ConfirmIT.request(operation)));
        assertThat(page.shows("#sekisho-operation")).as(page.toString()).isTrue();
        JsonNode claims = page.passkey(traveller.passkey()).tokens().accessClaims();

        assertThat(claims.path("operation").asText()).isEqualTo(operation);
        assertThat(claims.path("sid"))
                .isEqualTo(traveller.tokens().accessClaims().path("sid"));
        assertThat(Backend.read(backend.redeem(asked), 200).path("state").asText())
                .isEqualTo("REDEEMED");
    }

    /** A node by the environment of the compose file alone, but for where things are on this machine. */
    private static KeycloakServer.Builder asInCompose() throws IOException {
        Map<String, String> here = Map.of(
                "KC_DB_URL", cluster.database().url(),
                "KC_DB_USERNAME", cluster.database().user(),
                "KC_DB_PASSWORD", cluster.database().password(),
                "KC_HOSTNAME", cluster.base().toString(),
                "KC_PROXY_TRUSTED_ADDRESSES", "127.0.0.1",
                "KC_SPI_SEKISHO_GEO__MMDB__CITY_FILE", cluster.geo().city().toString(),
                "KC_SPI_SEKISHO_GEO__MMDB__ASN_FILE", cluster.geo().asn().toString(),
                "KC_SPI_SEKISHO_SECRECY__AES__KEY_FILE", cluster.keys().path().toString());
        JsonNode environment = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("../docker/compose.yaml").toFile())
                .path("x-node")
                .path("environment");
        KeycloakServer.Builder node = KeycloakServer.on(Built.onPostgres()).clustered();
        assertThat(here.keySet()).allMatch(environment::has);
        environment.properties().forEach(value -> {
            if (!value.getKey().startsWith("KC_BOOTSTRAP")) {
                node.environment(
                        value.getKey(),
                        here.getOrDefault(value.getKey(), value.getValue().asText()));
            }
        });
        return node;
    }

    private static Page form(String language) {
        Visitor visitor = world.visitor(Origin.TOKYO_HOME).header("Accept", "text/html");
        return visitor.openLogin(Map.of("ui_locales", language));
    }

    private static String log() {
        try {
            return haproxy.orElseThrow().log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ready(KeycloakServer node) {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(node.management().resolve("/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The ids of those that ran in the database. */
    private static Set<String> changeSets() throws SQLException {
        try (Connection connection = PostgresServer.connect(world.database());
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select id from databasechangelog_sekisho")) {
            Set<String> ids = new TreeSet<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    private static Set<String> changeSetsOfThisBuild() throws IOException {
        Set<String> ids = new TreeSet<>();
        Deque<String> files = new ArrayDeque<>(List.of("META-INF/sekisho-changelog.xml"));
        while (!files.isEmpty()) {
            try (InputStream in = TwoNodesIT.class.getClassLoader().getResourceAsStream(files.pop())) {
                String log = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                INCLUDED.matcher(log).results().forEach(found -> files.push(found.group(1)));
                CHANGE_SET.matcher(log).results().forEach(found -> ids.add(found.group(1)));
            }
        }
        return ids;
    }
}
