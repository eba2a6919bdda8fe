package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A session is bound to the device, country and browser that it began with. */
// JP25-11
@LoginTest
class SessionIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    SessionIT(World world) {
        this.world = world;
    }

    @Test
    void whoComesBackAsHeWasIsNotAskedAndTheRecordSaysSo() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);

        Page back = visitor.openLogin();

        assertThat(back.kind()).as(back.toString()).isEqualTo(Kind.APP);
        assertThat(back.tokens().idClaims().path("acr").asText()).isEqualTo("0");
        Tables.Record last = last(customer);
        assertThat(last.kind()).isEqualTo("SESSION");
        assertThat(last.outcome()).isEqualTo("ALLOW");
        assertThat(last.decisionId()).isEqualTo(world.records(customer).get(0).id());
        assertThat(content(last).path("changes")).isEmpty();
        assertThat(content(last).path("door").asText()).isEqualTo("COOKIE");
        assertThat(visitor.openLogin().kind()).as("and again").isEqualTo(Kind.APP);
    }

    @Test
    void itGoesOnInOtherAppsAndTabsAndWithoutTheCookieOfTheLoginPage() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        visitor.forgetSession();
        visitor.openLogin();
        visitor.openLogin().password(customer.username(), customer.password());
        assertThat(visitor.openLogin().kind()).as("the other tab is still open").isEqualTo(Kind.APP);

        App second = publicApp(world, "second-app");
        Visitor there = visitor.at(second);
        assertThat(there.openLogin(Map.of("prompt", "none")).kind()).isEqualTo(Kind.APP);
        there.cookies().keySet().removeIf(name -> name.startsWith("AUTH_SESSION") || name.startsWith("KC_"));
        assertThat(there.openLogin(Map.of("prompt", "none")).kind()).isEqualTo(Kind.APP);
        assertThat(there.openLogin().kind()).as("and again").isEqualTo(Kind.APP);
    }

    @Test
    void aStolenCookieOnAnotherDeviceIsAskedToLogIn() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        Visitor thief = visitor.copy();
        thief.cookies().keySet().removeIf(name -> name.startsWith("__Host-sekisho-device-"));

        Page asked = thief.openLogin();

        assertThat(asked.kind()).as(asked.toString()).isEqualTo(Kind.PASSWORD);
        assertThat(asked.response().body()).doesNotContain(customer.username(), customer.email());
        assertStopped(customer, "STEP_UP", "DEVICE");
        assertThat(visitor.openLogin().kind()).as("the customer goes on").isEqualTo(Kind.APP);
    }

    @Test
    void fromAnotherCountryOrBrowserItIsAskedToLogInTooWhateverElseWasStolen() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);

        Visitor abroad = visitor.copy();
        abroad.comeFrom(Origin.LAGOS.address());
        assertThat(abroad.openLogin().kind()).isEqualTo(Kind.PASSWORD);
        assertStopped(customer, "STEP_UP", "COUNTRY");

        Visitor other = visitor.copy().header("User-Agent", Visitor.SAFARI);
        assertThat(other.openLogin().kind()).isEqualTo(Kind.PASSWORD);
        assertStopped(customer, "STEP_UP", "USER_AGENT");

        Visitor newer = visitor.copy().header("User-Agent", Visitor.CHROME.replace("Chrome/140", "Chrome/141"));
        assertThat(newer.openLogin().kind()).as("an update is no other browser").isEqualTo(Kind.APP);
    }

    @Test
    void whoLogsInAgainOnTheWayGoesOnFromThere() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        visitor.comeFrom(Origin.OSAKA_MOBILE.address());
        assertThat(visitor.openLogin().kind()).as("the country is the same").isEqualTo(Kind.APP);

        visitor.comeFrom(Origin.FRANKFURT.address());
        Page step = visitor.openLogin().password(customer.username(), customer.password());
        if (step.kind() == Kind.OTP) {
            step = step.otp(world.otp(customer, 1));
        }
        assertThat(step.kind()).as(step.toString()).isEqualTo(Kind.APP);
        assertThat(visitor.openLogin().kind()).as("Frankfurt is home now").isEqualTo(Kind.APP);
    }

    @Test
    void whereThePolicySaysSoTheSessionEnds() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        Visitor thief = visitor.copy();
        thief.comeFrom(Origin.LAGOS.address());

        world.during("changes", "{\"session\":{\"country\":\"END\"}}", () -> {
            assertThat(thief.openLogin().kind()).isEqualTo(Kind.PASSWORD);
            assertStopped(customer, "DENY", "COUNTRY");
            assertThat(visitor.openLogin().kind()).as("it is over for both").isEqualTo(Kind.PASSWORD);
        });
        assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                .isEmpty();
    }

    @Test
    void whatIsOnlyNotedOrMonitoredGoesOn() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        visitor.comeFrom(Origin.LAGOS.address());

        world.during(
                "changes",
                "{\"session\":{\"country\":\"NOTE\"}}",
                () -> assertThat(visitor.openLogin().kind()).isEqualTo(Kind.APP));
        assertThat(content(last(customer)).path("answer").asText()).isEqualTo("NOTE");
        world.during(
                "mode", "monitor", () -> assertThat(visitor.openLogin().kind()).isEqualTo(Kind.APP));
        assertThat(content(last(customer)).path("answer").asText()).isEqualTo("REAUTHENTICATE");
        assertThat(content(last(customer)).path("enforced").asBoolean(true)).isFalse();
    }

    @Test
    void refreshesOfAPublicClientAreJudgedAgain() throws Exception {
        Customer customer = world.customer();
        App phone = publicApp(world, "phone-app");
        String own = "Java-http-client/" + System.getProperty("java.version");
        App.Tokens tokens = Visitor.from(phone, Origin.TOKYO_HOME.address(), Visitor.CHROME)
                .enrol(customer)
                .tokens();
        HttpResponse<String> usual = phone.refresh(tokens.refresh());
        assertThat(usual.statusCode()).as(usual.body()).isEqualTo(200);
        assertThat(world.tables().sessions(world.realmId(), world.id(customer)))
                .as("the usual leaves no record")
                .isEmpty();
        String next = JSON.readTree(usual.body()).path("refresh_token").asText();

        Visitor thief = Visitor.from(phone, Origin.LAGOS.address(), own);
        HttpResponse<String> stopped = thief.refresh(next);
        assertThat(stopped.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(stopped.body()).path("error").asText()).isEqualTo("invalid_grant");
        assertStopped(customer, "STEP_UP", "COUNTRY");
        assertThat(content(last(customer)).path("door").asText()).isEqualTo("REFRESH");
        assertThat(Visitor.from(phone, Origin.TOKYO_HOME.address(), Visitor.SAFARI)
                        .refresh(next)
                        .statusCode())
                .isEqualTo(400);
        assertStopped(customer, "STEP_UP", "USER_AGENT");

        HttpResponse<String> still = phone.refresh(next);
        assertThat(still.statusCode())
                .as("the customer goes on: " + still.body())
                .isEqualTo(200);
        String last = JSON.readTree(still.body()).path("refresh_token").asText();
        world.during("changes", "{\"session\":{\"country\":\"END\"}}", () -> {
            assertThat(thief.refresh(last).statusCode()).isEqualTo(400);
            assertThat(phone.refresh(last).statusCode()).as("it is over").isEqualTo(400);
        });
        assertStopped(customer, "DENY", "COUNTRY");
        assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                .isEmpty();
    }

    @Test
    void aConfidentialAppSaysWhatItSawAndMayEndTheSession() throws Exception {
        Customer customer = world.customer();
        App app = confidentialApp("reporting-app", true);
        Visitor visitor = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        App.Tokens tokens = visitor.enrol(customer).tokens();
        String session = tokens.accessClaims().path("sid").asText();
        String account = serviceToken(app);

        assertThat(answer(account, session, Origin.OSAKA_MOBILE, Visitor.CHROME))
                .isEqualTo("goes-on");
        assertThat(answer(account, session, Origin.LAGOS, Visitor.CHROME)).isEqualTo("log-in-again");
        assertStopped(customer, "STEP_UP", "COUNTRY");
        assertThat(content(last(customer)).path("door").asText()).isEqualTo("REPORT");
        assertThat(answer(account, session, Origin.TOKYO_HOME, Visitor.SAFARI)).isEqualTo("log-in-again");
        assertThat(visitor.openLogin().kind())
                .as("asserted: nothing was believed")
                .isEqualTo(Kind.APP);

        world.during(
                "changes",
                "{\"session\":{\"country\":\"END\"}}",
                () -> assertThat(answer(account, session, Origin.LAGOS, Visitor.CHROME))
                        .isEqualTo("ended"));
        assertStopped(customer, "DENY", "COUNTRY");
        assertThat(visitor.openLogin().kind()).isEqualTo(Kind.PASSWORD);
        assertThat(report(account, session, body(Origin.LAGOS, Visitor.CHROME)).statusCode())
                .isEqualTo(404);
    }

    // FFAJ-1.2-B2, FFAJ-2.1-S1a
    @Test
    void whatAnAppSaysIsHeldAgainstTheAccessRulesAndEndsTheSession() throws Exception {
        Customer customer = world.customer();
        App app = confidentialApp("ruled-reporting-app", true);
        Visitor visitor = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        String session =
                visitor.enrol(customer).tokens().accessClaims().path("sid").asText();
        String account = serviceToken(app);
        assertThat(answer(account, session, Origin.OSAKA_MOBILE, Visitor.CHROME))
                .isEqualTo("goes-on");
        String denied = AccessRulesIT.rule("CLIENT", app.client(), "DENY", "NETWORK", Origin.OSAKA_MOBILE.address());
        assertThat(PolicyDesk.asOfficer(world, world.officerToken(), "POST", "/access-rules", denied)
                        .statusCode())
                .isEqualTo(201);

        World.await(
                "the rule is in force",
                () -> said(account, session, Origin.OSAKA_MOBILE).equals("ended"));

        assertStopped(customer, "DENY", "ACCESS_RULE");
        assertThat(content(last(customer)).path("door").asText()).isEqualTo("REPORT");
        assertThat(report(account, session, body(Origin.TOKYO_HOME, Visitor.CHROME))
                        .statusCode())
                .as("it is over: to be where no rule denies brings nothing back")
                .isEqualTo(404);
        assertThat(visitor.openLogin().kind()).isEqualTo(Kind.PASSWORD);
    }

    @Test
    void aSessionThatLayUnusedIsOverAtEachDoor() throws Exception {
        LongAgo then = world.longAgo();
        then.awaitPast(Duration.ofMinutes(1));

        world.during("changes", "{\"session\":{\"idle\":\"PT1M\"}}", () -> {
            assertRefused(then.phone(), then.public_().tokens());
            assertThat(then.browser().openLogin().kind()).isEqualTo(Kind.PASSWORD);
            assertRefused(then.site(), then.unused().tokens());
            assertRefused(then.site(), then.offline());
        });
        for (Customer customer : List.of(
                then.public_().customer(), then.browsing(), then.unused().customer())) {
            assertStopped(customer, "DENY", "IDLE");
            assertThat(sessions(customer)).isEmpty();
        }
        assertRefused(then.site(), then.unused().tokens());
        assertRefused(then.site(), then.offline());
    }

    @Test
    void aSessionThatIsOldIsOverAtEachDoorHoweverMuchItIsUsed() throws Exception {
        LongAgo then = world.longAgo();
        then.awaitPast(Duration.ofMinutes(5));
        HttpResponse<String> usual = then.site().refresh(then.old().tokens().refresh());
        assertThat(usual.statusCode()).as(usual.body()).isEqualTo(200);
        JsonNode used = JSON.readTree(usual.body());
        String access = used.path("access_token").asText();
        App.Tokens offline = then.oldBrowser().openLogin(OFFLINE).tokens();
        assertThat(world.active(then.site(), access)).isTrue();
        assertThat(then.site().userInfo(access)).isEqualTo(200);

        world.during("changes", "{\"session\":{\"idle\":\"PT5M\",\"absolute\":\"PT5M\"}}", () -> {
            assertThat(world.active(then.site(), access)).isFalse();
            assertThat(then.site().userInfo(access)).isEqualTo(401);
            HttpResponse<String> late =
                    then.site().refresh(used.path("refresh_token").asText());
            assertThat(late.statusCode()).as(late.body()).isEqualTo(400);
            assertThat(late.body()).contains("invalid_grant");
            assertStopped(then.old().customer(), "DENY", "AGE");
            // It began with the login, not with its first token of just now.
            assertRefused(then.site(), offline);
        });
        assertRefused(then.site(), offline);
        assertStopped(then.old().customer(), "DENY", "AGE");
        assertThat(content(last(then.old().customer())).path("evidence").toString())
                .as("an app's own address is not the customer's")
                .doesNotContain("127.0.0.1", Origin.TOKYO_HOME.address());
    }

    private static void assertRefused(App app, App.Tokens tokens) throws Exception {
        HttpResponse<String> answer = app.refresh(tokens.refresh());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_grant");
    }

    private JsonNode sessions(Customer customer) {
        return world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions"));
    }

    @Test
    void whoIsReportedAtEveryClickKeepsNobodyElseWaiting() throws Exception {
        App app = confidentialApp("clicked-app", true);
        String account = serviceToken(app);
        String clicking = sessionIn(app);
        String other = sessionIn(app);
        String body = body(Origin.TOKYO_HOME, Visitor.CHROME);
        world.during("changes", "{\"operations\":{\"requests-per-customer\":1}}", () -> {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                statuses.add(report(account, clicking, body).statusCode());
            }
            // A minute may have begun meanwhile.
            assertThat(statuses).contains(200, 429);
            assertThat(report(account, other, body).statusCode()).isEqualTo(200);
        });
    }

    private String sessionIn(App app) throws Exception {
        return Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME)
                .enrol(world.customer())
                .tokens()
                .accessClaims()
                .path("sid")
                .asText();
    }

    @Test
    void nobodyElseReports() throws Exception {
        Customer customer = world.customer();
        App app = confidentialApp("careful-app", true);
        String account = serviceToken(app);
        App.Tokens tokens = world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens();
        String ofAnotherApp = tokens.accessClaims().path("sid").asText();
        String body = body(Origin.LAGOS, Visitor.CHROME);

        assertThat(report(account, ofAnotherApp, body).statusCode()).isEqualTo(404);
        assertThat(report(account, "no-session", body).statusCode()).isEqualTo(404);
        assertThat(report(tokens.access(), ofAnotherApp, body).statusCode())
                .as("a customer is no app")
                .isEqualTo(401);
        assertThat(report("nonsense", ofAnotherApp, body).statusCode()).isEqualTo(401);
        assertThat(report(serviceToken(confidentialApp("app-without-role", false)), ofAnotherApp, body)
                        .statusCode())
                .isEqualTo(403);
        for (String garbage :
                List.of("", "[]", "{}", "{\"address\":null,\"userAgent\":\"x\"}", "{\"address\":\"x\"}")) {
            assertThat(report(account, ofAnotherApp, garbage).statusCode())
                    .as(garbage)
                    .isEqualTo(400);
        }
    }

    /** What asks for tokens that outlive the browser. */
    static final Map<String, String> OFFLINE = Map.of("scope", "openid offline_access");

    /** A confidential client of a firm that lets it keep tokens while the customer is away. */
    static App offlineApp(World world, String name) {
        return app(
                world,
                name,
                Map.of(
                        "publicClient",
                        false,
                        "secret",
                        World.SECRET,
                        "optionalClientScopes",
                        List.of("offline_access")),
                Optional.of(World.SECRET));
    }

    static App publicApp(World world, String name) {
        return app(world, name, Map.of("publicClient", true), Optional.empty());
    }

    private App confidentialApp(String name, boolean mayReport) {
        App app = app(
                world,
                name,
                Map.of("publicClient", false, "secret", World.SECRET, "serviceAccountsEnabled", true),
                Optional.of(World.SECRET));
        if (mayReport) {
            String user = world.admin()
                    .get(World.realm("/clients/" + client(name) + "/service-account-user"))
                    .path("id")
                    .asText();
            String sekisho = client("sekisho");
            JsonNode role = world.admin().get(World.realm("/clients/" + sekisho + "/roles/evaluate-operations"));
            world.admin().post(World.realm("/users/" + user + "/role-mappings/clients/" + sekisho), List.of(role));
        }
        return app;
    }

    private static App app(World world, String name, Map<String, Object> more, Optional<String> secret) {
        String callback = "http://localhost/" + name;
        Map<String, Object> client = new HashMap<>(more);
        client.put("clientId", name);
        client.put("redirectUris", List.of(callback));
        client.put("fullScopeAllowed", true);
        client.put("defaultClientScopes", List.of("basic", "acr", "amr", "roles", "sekisho"));
        world.admin().post(World.realm("/clients"), client);
        return new App(world.base(), DemoRealm.NAME, name, secret, callback);
    }

    private String client(String name) {
        return world.admin()
                .get(World.realm("/clients?clientId=" + name))
                .path(0)
                .path("id")
                .asText();
    }

    private static String serviceToken(App app) throws Exception {
        HttpResponse<String> answer = app.token(
                Map.of("grant_type", "client_credentials", "client_id", app.client(), "client_secret", World.SECRET));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    private String answer(String token, String session, Origin origin, String userAgent) throws Exception {
        HttpResponse<String> answer = report(token, session, body(origin, userAgent));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("session").asText();
    }

    private String said(String token, String session, Origin origin) {
        try {
            return answer(token, session, origin, Visitor.CHROME);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String body(Origin origin, String userAgent) {
        return JSON.createObjectNode()
                .put("address", origin.address())
                .put("userAgent", userAgent)
                .toString();
    }

    private HttpResponse<String> report(String token, String session, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(world.base()
                                        .resolve("/realms/" + DemoRealm.NAME + "/sekisho/sessions/" + session
                                                + "/report"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void assertStopped(Customer customer, String outcome, String change) throws Exception {
        Tables.Record last = last(customer);
        assertThat(last.kind()).isEqualTo("SESSION");
        assertThat(last.outcome()).isEqualTo(outcome);
        assertThat(content(last).path("changes")).extracting(JsonNode::asText).containsExactly(change);
    }

    private Tables.Record last(Customer customer) throws Exception {
        var records = world.tables().sessions(world.realmId(), world.id(customer));
        return records.get(records.size() - 1);
    }

    private static JsonNode content(Tables.Record row) throws Exception {
        return JSON.readTree(row.content());
    }
}
