package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator opens a way past the checkpoint: nobody gets through it. */
@LoginTest
class BackstopIT {

    private static final String CALLBACK = "http://localhost/opened";

    private final World world;
    private final List<String> opened = new ArrayList<>();
    private double usual;

    BackstopIT(World world) {
        this.world = world;
    }

    @BeforeEach
    void look() {
        usual = unguarded();
    }

    /** What the watchdog still has to see would change what it tells of the next test. */
    @AfterEach
    void shut() throws Exception {
        opened.forEach(name -> world.admin().delete(client(name)));
        World.await("the watchdog sees that it is gone", () -> unguarded() == usual);
    }

    @Test
    void theStockFlowsBoundToAClientLetNobodyIn() throws Exception {
        Customer customer = world.customerWithoutApp();
        App app = opened("opened-by-flow", "browser", "direct grant");
        Visitor visitor = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        double before = vetoed();

        HttpResponse<String> granted = visitor.grant(customer.username(), customer.password(), Map.of());

        assertThat(granted.statusCode()).as(granted.body()).isEqualTo(403);
        assertThat(granted.body()).contains("not_admitted").doesNotContain("access_token");
        assertNothingBegan(customer);

        Page refused =
                visitor.openLogin().submit(Map.of("username", customer.username(), "password", customer.password()));

        // Keycloak stumbles over its own roll-back of a form; what is rolled back is, all the same.
        assertThat(refused.status()).as(refused.toString()).isIn(403, 500);
        assertThat(refused.kind()).isNotEqualTo(Kind.APP);
        assertNothingBegan(customer);
        Page again = visitor.openLogin();
        assertThat(again.code()).as("nor is there a cookie of use").isEmpty();
        assertThat(again.shows("#kc-form-login")).isTrue();
        assertThat(vetoed()).isEqualTo(before + 2);
        assertThat(Files.readString(world.keycloak().log()))
                .contains("LOGIN of user " + world.id(customer)
                        + " by client opened-by-flow did not pass the checkpoint");
    }

    /** The login itself would be undone at its end; what is changed on the way is committed page by page. */
    @Test
    void norIsAnythingChangedOnTheWay() throws Exception {
        Customer customer = world.customerWithoutApp();
        String user = World.realm("/users/" + world.id(customer));
        world.admin()
                .put(user, Map.of("requiredActions", List.of("UPDATE_PASSWORD", "webauthn-register-passwordless")));
        JsonNode before = world.admin().get(user + "/credentials");
        Page form = Visitor.from(
                        opened("opened-for-a-change", "browser", "direct grant"),
                        Origin.TOKYO_HOME.address(),
                        Visitor.CHROME)
                .openLogin()
                .submit(Map.of("username", customer.username(), "password", customer.password()));
        assertThat(form.kind()).as(form.text()).isEqualTo(Kind.NEW_PASSWORD);

        form.submit(
                "#kc-passwd-update-form",
                Map.of("password-new", "Hamana-ko-65000", "password-confirm", "Hamana-ko-65000"));

        assertThat(world.admin().get(user + "/credentials")).isEqualTo(before);
    }

    @Test
    void aSessionOfOursIsNoAnswerForALoginThatIsNot() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        assertThat(visitor.enrol(customer).kind()).isEqualTo(Kind.APP);
        App app = opened("opened-beside", "browser", "direct grant");

        Page refused = visitor.get(app.loginPage(Map.of()));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        assertThat(visitor.openLogin().kind()).as("the customer goes on").isEqualTo(Kind.APP);
    }

    @Test
    void whoOnlyMonitorsIsToldInTheLog() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor visitor = Visitor.from(
                opened("opened-monitored", "browser", "direct grant"), Origin.TOKYO_HOME.address(), Visitor.CHROME);
        double before = vetoed();
        world.during(
                "mode",
                "monitor",
                () -> assertThat(visitor.grant(customer.username(), customer.password(), Map.of())
                                .statusCode())
                        .isEqualTo(200));
        assertThat(vetoed()).isEqualTo(before + 1);
    }

    @Test
    void theWatchdogTellsAtOnce() throws Exception {
        opened("opened-and-seen", "browser", "direct grant");

        assertThat(Files.readString(world.keycloak().log()))
                .contains("flows that let somebody past the checkpoint")
                .contains("client opened-and-seen browser: browser");
        assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                .anySatisfy(alert -> assertThat(alert).contains("client opened-and-seen direct_grant: direct grant"))
                .as("the shipped flows hold the guard")
                .noneMatch(alert -> alert.contains("reset-credentials: sekisho-reset"));
    }

    @Test
    void theWatchdogSeesAFlowThatAClientPolicyChooses() throws Exception {
        JsonNode profiles = world.admin().get(World.realm("/client-policies/profiles"));
        JsonNode policies = world.admin().get(World.realm("/client-policies/policies"));
        ObjectNode bare = profiles.deepCopy();
        ObjectNode profile = bare.withArray("/profiles").addObject().put("name", "bare-flow");
        profile.putArray("executors")
                .addObject()
                .put("executor", "auth-flow-enforcer")
                .putObject("configuration")
                .put("auth-flow-alias", "browser");
        ObjectNode chosen = policies.deepCopy();
        ObjectNode policy = chosen.withArray("/policies")
                .addObject()
                .put("name", "choose-bare-flow")
                .put("enabled", true);
        policy.putArray("conditions")
                .addObject()
                .put("condition", "client-access-type")
                .putObject("configuration")
                .putArray("type")
                .add("bearer-only");
        policy.putArray("profiles").add("bare-flow");
        world.admin().put(World.realm("/client-policies/profiles"), bare);
        world.admin().put(World.realm("/client-policies/policies"), chosen);
        try {
            // Keycloak tells nobody of a client policy: the watchdog sees it on its next round.
            wakeTheWatchdog();
            World.await("the watchdog sees it", () -> unguarded() == usual + 1);
            assertThat(world.tables().evidence(world.realmId(), "ALERT"))
                    .anySatisfy(alert -> assertThat(alert).contains("client-policy choose-bare-flow: browser"));
        } finally {
            world.admin().put(World.realm("/client-policies/policies"), policies);
            world.admin().put(World.realm("/client-policies/profiles"), profiles);
        }
        wakeTheWatchdog();
    }

    private void wakeTheWatchdog() {
        String client = client(world.app().client());
        world.admin().put(client, world.admin().get(client));
    }

    private String client(String name) {
        return World.realm("/clients/"
                + world.admin()
                        .get(World.realm("/clients?clientId=" + name))
                        .path(0)
                        .path("id")
                        .asText());
    }

    /** A client to which an operator bound these two flows, once the watchdog has seen it: it still may be on its round. */
    private App opened(String client, String browser, String directGrant) throws InterruptedException {
        world.admin()
                .post(
                        World.realm("/clients"),
                        Map.of(
                                "clientId",
                                client,
                                "publicClient",
                                true,
                                "directAccessGrantsEnabled",
                                true,
                                "redirectUris",
                                List.of(CALLBACK),
                                "authenticationFlowBindingOverrides",
                                Map.of("browser", flow(world, browser), "direct_grant", flow(world, directGrant))));
        opened.add(client);
        World.await("the watchdog sees it", () -> unguarded() == usual + 2 * opened.size());
        return new App(world.base(), DemoRealm.NAME, client, Optional.empty(), CALLBACK);
    }

    static String flow(World world, String alias) {
        return world.admin()
                .get(World.realm("/authentication/flows"))
                .valueStream()
                .filter(flow -> flow.path("alias").asText().equals(alias))
                .map(flow -> flow.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    private void assertNothingBegan(Customer customer) throws Exception {
        assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                .isEmpty();
        JsonNode event = world.event(customer);
        assertThat(event.path("type").asText()).isNotEqualTo("LOGIN");
        assertThat(world.records(customer)).isEmpty();
    }

    private double vetoed() {
        return vetoed(world);
    }

    static double vetoed(World world) {
        return World.metric(world.keycloak(), "sekisho_backstop_vetoed_total");
    }

    private double unguarded() {
        return World.metric(world.keycloak(), "sekisho_flows_unguarded");
    }
}
