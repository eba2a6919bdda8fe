package jp.sekisho.integrationtests.lock;

import static jp.sekisho.integrationtests.lock.LockedRealm.ID;
import static jp.sekisho.integrationtests.lock.LockedRealm.NAME;
import static jp.sekisho.integrationtests.lock.LockedRealm.PASSWORD;
import static jp.sekisho.integrationtests.lock.LockedRealm.WRONG_CODE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.sekisho.integrationtests.firm.Built;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.utils.HmacOTP;

/** Every path is counted before it is verified: two nodes, one PostgreSQL, stock flows. */
// FFAJ-1.2-S3, JP25-7
class LockIT {

    private static final int GUESSES = 200;
    private static final String STRANGERS_PASSWORD = "password/unknown";
    private static final String UNTOUCHED = "untouched";

    @TempDir
    static Path homes;

    private static PostgresServer postgres;
    private static Tables tables;
    private static KeycloakServer one;
    private static KeycloakServer two;

    @BeforeAll
    static void start() throws Exception {
        BuiltDistribution built = Built.onPostgres();
        postgres = PostgresServer.start();
        Jdbc jdbc = postgres.createDatabase("keycloak");
        tables = new Tables(jdbc);
        one = KeycloakServer.on(built)
                .home(homes.resolve("one"))
                .database(jdbc)
                .clustered()
                .start();
        two = KeycloakServer.on(built)
                .home(homes.resolve("two"))
                .database(jdbc)
                .clustered()
                .start();
        LockedRealm.create(admin(), true, NAME, ID);
        LockedRealm.create(admin(), false, UNTOUCHED, UNTOUCHED);
    }

    @AfterAll
    static void stop() throws Exception {
        if (two != null) {
            two.close();
        }
        if (one != null) {
            one.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void of_200_guesses_at_once_on_two_nodes_no_more_than_the_limit_are_evaluated() throws Exception {
        String customer = customer("at-once");
        assertThat(statuses("at-once", GUESSES)).hasSize(GUESSES).containsOnly(400);
        assertThat(tables.failures(ID, customer)).containsExactly(Map.entry(STRANGERS_PASSWORD, 5));

        // The throttle refuses even the right password of a stranger, on either node.
        assertThat(granted(one, "at-once", PASSWORD)).isFalse();
        assertThat(granted(two, "at-once", PASSWORD)).isFalse();
        assertThat(tables.failures(ID, customer)).containsExactly(Map.entry(STRANGERS_PASSWORD, 5));

        assertThat(grantedOnDevice(two, customer, "at-once", PASSWORD)).isTrue();
    }

    @Test
    void ten_failures_of_strangers_lock_strangers_and_not_the_known_device() throws Exception {
        String customer = customer("stranger-lock");
        for (int failure = 1; failure <= 10; failure++) {
            assertThat(granted(failure % 2 == 0 ? one : two, "stranger-lock", "wrong"))
                    .isFalse();
            tables.endThrottles(ID);
        }
        assertThat(tables.failures(ID, customer)).containsEntry(STRANGERS_PASSWORD, 10);
        assertThat(granted(one, "stranger-lock", PASSWORD)).isFalse();
        assertThat(tables.failures(ID, customer)).containsEntry(STRANGERS_PASSWORD, 10);
        assertThat(grantedOnDevice(one, customer, "stranger-lock", PASSWORD)).isTrue();
        assertThat(tables.evidence(ID, "LOCK")).isNotEmpty();
    }

    @Test
    void a_right_password_starts_the_count_anew() throws Exception {
        String customer = customer("forgetful");
        for (int failure = 1; failure <= 4; failure++) {
            assertThat(granted(one, "forgetful", "wrong")).isFalse();
        }
        assertThat(granted(one, "forgetful", PASSWORD)).isTrue();
        assertThat(tables.failures(ID, customer)).containsExactly(Map.entry(STRANGERS_PASSWORD, 0));
    }

    @Test
    void codes_at_the_password_grant_are_counted_with_their_operation() throws Exception {
        String customer = customer("grant-otp", List.of(LockedRealm.otp()));
        for (int guess = 1; guess <= 7; guess++) {
            int status = browser(one)
                    .grant("grant-otp", PASSWORD, Map.of("otp", WRONG_CODE))
                    .statusCode();
            assertThat(status).isEqualTo(400);
        }
        assertThat(tables.failures(ID, customer))
                .containsEntry("otp/unknown", 5)
                .containsEntry("LOGIN/operation", 5)
                .containsEntry(STRANGERS_PASSWORD, 0);
    }

    @Test
    void passwords_typed_into_the_form_are_counted_over_both_nodes() throws Exception {
        String customer = customer("form");
        for (int guess = 1; guess <= 4; guess++) {
            assertThat(login(one, "form", "wrong").code()).isEmpty();
        }
        for (int guess = 1; guess <= 3; guess++) {
            assertThat(login(two, "form", "wrong").code()).isEmpty();
        }
        assertThat(tables.failures(ID, customer)).containsExactly(Map.entry(STRANGERS_PASSWORD, 5));
        assertThat(login(one, "form", PASSWORD).code()).isEmpty();
        tables.endThrottles(ID);
        assertThat(login(one, "form", PASSWORD).code()).isPresent();
    }

    @Test
    void codes_typed_into_the_form_are_counted_with_their_operation() throws Exception {
        String customer = customer("form-otp", List.of(LockedRealm.otp()));
        Page page = login(one, "form-otp", PASSWORD);
        for (int guess = 1; guess <= 7; guess++) {
            page = page.submit(Map.of("otp", WRONG_CODE));
            assertThat(page.code()).isEmpty();
        }
        assertThat(tables.failures(ID, customer))
                .containsEntry("otp/unknown", 5)
                .containsEntry("LOGIN/operation", 5);
    }

    @Test
    void recovery_codes_are_counted_with_their_operation() throws Exception {
        enableRecoveryCodes();
        String customer = customer("recovery", List.of(LockedRealm.recoveryCodes()));
        Page page = login(one, "recovery", PASSWORD);
        for (int guess = 1; guess <= 7; guess++) {
            page = page.submit(Map.of("recoveryCodeInput", WRONG_CODE));
            assertThat(page.code()).isEmpty();
        }
        assertThat(tables.failures(ID, customer))
                .containsEntry("recovery-authn-codes/unknown", 5)
                .containsEntry("LOGIN/operation", 5);
    }

    @Test
    void showing_the_password_again_for_the_account_is_counted() throws Exception {
        String customer = customer("again");
        Visitor browser = browser(one);
        assertThat(browser.openLogin()
                        .submit(Map.of("username", "again", "password", PASSWORD))
                        .code())
                .isPresent();
        Page page = browser.openLogin(Map.of("prompt", "login"));
        for (int guess = 1; guess <= 7; guess++) {
            page = page.submit(Map.of("username", "again", "password", "wrong"));
            assertThat(page.code()).isEmpty();
        }
        assertThat(tables.failures(ID, customer)).containsExactly(Map.entry(STRANGERS_PASSWORD, 5));
        assertThat(page.submit(Map.of("username", "again", "password", PASSWORD))
                        .code())
                .isEmpty();
    }

    /** The account interface itself takes no password: a change of credentials sends back to the login. */
    @Test
    void showing_the_password_again_to_change_it_is_counted() throws Exception {
        String customer = customer("changing", List.of(LockedRealm.otp()));
        askForThePasswordBeforeItIsChanged();
        Visitor browser = browser(one);
        assertThat(browser.openLogin()
                        .submit(Map.of("username", "changing", "password", PASSWORD))
                        .otp(rightCode())
                        .remember(false)
                        .code())
                .isPresent();
        Page page = changePassword(browser);
        for (int guess = 1; guess <= 7; guess++) {
            assertThat(page.shows("[name=password]")).isTrue();
            page = page.submit(Map.of("password", "wrong"));
        }
        assertThat(tables.failures(ID, customer))
                .containsOnly(
                        Map.entry(STRANGERS_PASSWORD, 5), Map.entry("otp/unknown", 0), Map.entry("LOGIN/operation", 0));
        page = page.submit(Map.of("password", PASSWORD));
        assertThat(page.shows("[name=otp]")).as("even the right one waits").isFalse();
        tables.endThrottles(ID);
        page = page.submit(Map.of("password", PASSWORD));
        assertThat(page.shows("[name=otp]"))
                .as("the other factor is asked next: " + page.text())
                .isTrue();
    }

    /** The shipped realm has no reset: this is an operator's own, without the mail, whose link our gate would refuse. */
    @ParameterizedTest
    @ValueSource(strings = {"auth-otp-form", "sekisho-otp-form"})
    void codes_on_the_way_to_a_new_password_are_counted_with_those_of_the_login(String step) throws Exception {
        openTheReset(step);
        String owner = "reset-" + step;
        customer(owner, List.of(LockedRealm.otp()));
        assertThat(reset(owner).otp(rightCode()).shows("[name=password-new]"))
                .as("the way is open")
                .isTrue();

        String guessed = "guessed-" + step;
        String customer = customer(guessed, List.of(LockedRealm.otp()));
        for (int guess = 1; guess <= 10; guess++) {
            Page refused = reset(guessed).otp(WRONG_CODE);
            assertThat(refused.status()).isLessThan(500);
            tables.endThrottles(ID);
        }
        assertThat(tables.failures(ID, customer)).containsExactly(Map.entry("otp/unknown", 10));
        assertThat(reset(guessed).otp(rightCode()).shows("[name=password-new]"))
                .as("a stranger lock refuses the right one")
                .isFalse();
        assertThat(login(two, guessed, PASSWORD).shows("[name=otp]"))
                .as("nor do strangers come in at the login")
                .isFalse();
        assertThat(browser(two, Tables.cookieName(ID), tables.trustedDevice(ID, customer))
                        .openLogin()
                        .submit(Map.of("username", guessed, "password", PASSWORD))
                        .otp(rightCode())
                        .code())
                .as("the customer does, on a device of his")
                .isPresent();
    }

    @Test
    void a_realm_without_the_policy_is_untouched() throws Exception {
        LockedRealm.customer(admin(), UNTOUCHED, "anybody", List.of());
        Visitor browser = new Visitor(LockedRealm.app(one.base(), UNTOUCHED));
        for (int guess = 1; guess <= 12; guess++) {
            assertThat(browser.grant("anybody", "wrong", Map.of()).statusCode()).isEqualTo(400);
        }
        assertThat(browser.grant("anybody", PASSWORD, Map.of()).statusCode()).isEqualTo(200);
        assertThat(tables.rows("sekisho_counter", UNTOUCHED)).isZero();
        assertThat(tables.rows("sekisho_realm_key", UNTOUCHED)).isZero();
    }

    @Test
    void what_comes_as_a_device_token_is_never_an_error() throws Exception {
        customer("garbage");
        String name = Tables.cookieName(ID);
        for (String value : List.of("", "x", "a".repeat(7000), "%00%0d%0a", "b.c", "=;" + name + "=x")) {
            assertThat(browser(one, name, value)
                            .grant("garbage", PASSWORD, Map.of())
                            .statusCode())
                    .as(value)
                    .isEqualTo(200);
        }
    }

    @Test
    void a_token_that_was_replaced_and_comes_back_ends_the_trust_of_all_who_shared_the_browser() throws Exception {
        String hanako = customer("hanako");
        String taro = customer("taro");
        granted(one, "hanako", "wrong");
        String first = tables.trustedDevice(ID, hanako);
        tables.trust(ID, taro, first);
        String second = tables.replaceToken(first);

        guessOn(first);
        assertThat(tables.trusts(first))
                .as("nothing tells that the second token arrived")
                .isEqualTo(2);
        guessOn(second);
        assertThat(tables.trusts(first)).isEqualTo(2);
        guessOn(first);
        assertThat(tables.trusts(first)).as("somebody holds a copy").isZero();
        guessOn(second);

        String device = "password/" + first.substring(0, first.indexOf('.'));
        assertThat(tables.failures(ID, hanako)).containsOnly(Map.entry(device, 2), Map.entry(STRANGERS_PASSWORD, 3));
    }

    private static void guessOn(String token) throws Exception {
        int status = browser(one, Tables.cookieName(ID), token)
                .grant("hanako", "wrong", Map.of())
                .statusCode();
        assertThat(status).isEqualTo(400);
    }

    @Test
    void counters_go_with_their_customer() throws Exception {
        String customer = customer("leaver");
        granted(one, "leaver", "wrong");
        assertThat(tables.failures(ID, customer)).isNotEmpty();
        admin().delete("/admin/realms/" + NAME + "/users/" + customer);
        assertThat(tables.failures(ID, customer)).isEmpty();
    }

    // JP25-8
    @Test
    void a_freeze_on_one_node_refuses_on_the_other_at_once_and_ends_its_sessions_within_a_minute() throws Exception {
        String customer = customer("frozen");
        JsonNode client = admin().get("/admin/realms/" + NAME + "/clients?clientId=" + LockedRealm.CLIENT)
                .path(0);
        admin().post(
                        "/admin/realms/" + NAME + "/clients/"
                                + client.path("id").asText() + "/protocol-mappers/models",
                        Map.of(
                                "name",
                                "sekisho-audience",
                                "protocol",
                                "openid-connect",
                                "protocolMapper",
                                "oidc-audience-mapper",
                                "config",
                                Map.of("included.custom.audience", "sekisho", "access.token.claim", "true")));
        App onTwo = LockedRealm.app(two.base(), NAME);
        JsonNode there = tokens(two);
        assertThat(onTwo.userInfo(there.path("access_token").asText())).isEqualTo(200);
        String here = tokens(one).path("access_token").asText();

        Instant began = Instant.now();
        HttpResponse<String> frozen =
                call(here, "POST", "/realms/" + NAME + "/sekisho/account/freeze", "{\"operation\":\"ALL\"}");

        assertThat(frozen.statusCode()).as(frozen.body()).isEqualTo(204);
        assertThat(onTwo.userInfo(there.path("access_token").asText())).isEqualTo(401);
        assertThat(onTwo.refresh(there.path("refresh_token").asText()).statusCode())
                .isEqualTo(400);
        assertThat(granted(two, "frozen", PASSWORD)).isFalse();
        String sessions = "/admin/realms/" + NAME + "/users/" + customer + "/sessions";
        while (!two.admin().get(sessions).isEmpty()) {
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(60));
        }
        System.getLogger(LockIT.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "frozen on both nodes after {0}",
                        Duration.between(began, Instant.now()));
    }

    private static JsonNode tokens(KeycloakServer node) throws Exception {
        return new ObjectMapper()
                .readTree(browser(node)
                        .grant("frozen", PASSWORD, Map.of("scope", "openid"))
                        .body());
    }

    private static HttpResponse<String> call(String token, String method, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(one.base().resolve(path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Visitor browser(KeycloakServer node) {
        return new Visitor(LockedRealm.app(node.base(), NAME));
    }

    private static Visitor browser(KeycloakServer node, String cookie, String value) {
        Visitor browser = browser(node);
        browser.cookies().put(cookie, value);
        return browser;
    }

    private static Admin admin() {
        return one.admin();
    }

    private static String customer(String name) {
        return customer(name, List.of());
    }

    private static String customer(String name, List<Map<String, Object>> more) {
        LockedRealm.customer(admin(), NAME, name, more);
        return admin().get("/admin/realms/" + NAME + "/users?exact=true&username=" + name)
                .path(0)
                .path("id")
                .asText();
    }

    private static boolean granted(KeycloakServer node, String user, String password) throws Exception {
        return browser(node).grant(user, password, Map.of()).statusCode() == 200;
    }

    private static boolean grantedOnDevice(KeycloakServer node, String customer, String user, String password)
            throws Exception {
        return browser(node, Tables.cookieName(ID), tables.trustedDevice(ID, customer))
                        .grant(user, password, Map.of())
                        .statusCode()
                == 200;
    }

    private static Page login(KeycloakServer node, String user, String password) throws Exception {
        return browser(node).openLogin().submit(Map.of("username", user, "password", password));
    }

    private static List<Integer> statuses(String user, int guesses) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(guesses);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < guesses; i++) {
                KeycloakServer node = i % 2 == 0 ? one : two;
                String guess = "guess-" + i;
                Callable<Integer> attempt = () -> {
                    start.await();
                    return browser(node).grant(user, guess, Map.of()).statusCode();
                };
                answers.add(threads.submit(attempt));
            }
            start.countDown();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void askForThePasswordBeforeItIsChanged() {
        admin().put(
                        "/admin/realms/" + NAME + "/authentication/required-actions/UPDATE_PASSWORD/config",
                        Map.of("config", Map.of("max_auth_age", "0")));
    }

    /** Within the second of a login Keycloak does not ask again. */
    private static Page changePassword(Visitor browser) {
        Instant deadline = Instant.now().plusSeconds(10);
        Page page = browser.openLogin(Map.of("kc_action", "UPDATE_PASSWORD"));
        while (!page.shows("[name=password]")) {
            assertThat(Instant.now()).as(page.text()).isBefore(deadline);
            page = browser.openLogin(Map.of("kc_action", "UPDATE_PASSWORD"));
        }
        return page;
    }

    private static void openTheReset(String asking) {
        String flows = "/admin/realms/" + NAME + "/authentication/flows";
        admin().post(
                        flows,
                        Map.of(
                                "alias",
                                asking + "-reset",
                                "providerId",
                                "basic-flow",
                                "topLevel",
                                true,
                                "builtIn",
                                false));
        String executions = flows + "/" + asking + "-reset/executions";
        for (String step : List.of("reset-credentials-choose-user", asking, "reset-password")) {
            admin().post(executions + "/execution", Map.of("provider", step));
        }
        for (JsonNode execution : admin().get(executions)) {
            admin().put(executions, ((ObjectNode) execution).put("requirement", "REQUIRED"));
        }
        admin().put(
                        "/admin/realms/" + NAME,
                        Map.of("resetPasswordAllowed", true, "resetCredentialsFlow", asking + "-reset"));
    }

    /** The page that asks for the code. */
    private static Page reset(String user) throws Exception {
        Page page = browser(one)
                .get(one.base()
                        .resolve(
                                "/realms/" + NAME + "/login-actions/reset-credentials?client_id=" + LockedRealm.CLIENT))
                .submit(Map.of("username", user));
        assertThat(page.shows("[name=otp]")).isTrue();
        return page;
    }

    private static String rightCode() {
        int period = Math.toIntExact(Clock.systemUTC().instant().getEpochSecond() / 30);
        return new HmacOTP(6, HmacOTP.HMAC_SHA1, 0)
                .generateHOTP(LockedRealm.OTP_SECRET.getBytes(StandardCharsets.UTF_8), period);
    }

    private static void enableRecoveryCodes() {
        String executions = "/admin/realms/" + NAME + "/authentication/flows/counted%20browser/executions";
        for (JsonNode execution : admin().get(executions)) {
            if (execution.path("providerId").asText().equals("auth-recovery-authn-code-form")) {
                admin().put(executions, ((ObjectNode) execution).put("requirement", "ALTERNATIVE"));
            }
        }
    }
}
