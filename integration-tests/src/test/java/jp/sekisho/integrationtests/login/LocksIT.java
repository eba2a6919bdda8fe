package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Guessing ends in throttles and locks; the customer on his own device goes on. */
// FFAJ-1.2-S3, JP25-7
@LoginTest
class LocksIT {

    private static final String WRONG = "Not-the-password-1";
    private static final String NEW_PASSWORD = "Hamana-ko-65000";
    private static final String LOCK_NOTICE = "ログインまたはお取引の操作を停止したお知らせ";

    private final World world;

    LocksIT(World world) {
        this.world = world;
    }

    @Test
    void strangersAreLockedOutAndTheOwnerIsNot() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        Visitor stranger = world.visitor(Origin.OSAKA_MOBILE);
        guess(stranger, customer, 5);
        Page throttled = stranger.logIn(customer);
        assertThat(throttled.kind()).as("even the right one").isEqualTo(Kind.LOCKED);
        assertThat(throttled.text()).contains("一時的に止めております").doesNotContain(customer.username());
        assertThat(owner.logIn(customer).kind()).isEqualTo(Kind.APP);

        guess(stranger, customer, 10);
        Page locked = stranger.logIn(customer);
        assertThat(locked.kind()).isEqualTo(Kind.LOCKED);
        assertThat(lockMails(customer)).isEqualTo(1);
        stranger.logIn(customer);
        stranger.logIn(customer, WRONG);
        assertThat(lockMails(customer)).as("told once").isEqualTo(1);

        assertThat(owner.logIn(customer).kind()).isEqualTo(Kind.APP);
        Page lifted = stranger.logIn(customer);
        assertThat(lifted.kind()).as("the owner's login lifts it").isIn(Kind.OTP, Kind.REFUSED);
    }

    @Test
    void anOldFormLeadsNowhereAfterALock() throws Exception {
        Customer customer = world.customer();
        Visitor stranger = world.visitor(Origin.TOKYO_HOME);
        guess(stranger, customer, 9);
        stranger.forgetSession();
        Page form = stranger.openLogin();
        assertThat(form.password(customer.username(), WRONG).kind()).isEqualTo(Kind.LOCKED);

        Page again = form.password(customer.username(), customer.password());
        assertThat(again.code()).isEmpty();
        assertThat(again.kind()).isNotIn(Kind.OTP, Kind.MAIL_CODE, Kind.REMEMBER);
    }

    @Test
    void wrongSecondFactorsLockTheLoginUntilAnOfficerLiftsIt() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page page = visitor.logIn(customer);
        for (int code = 1; code <= 10; code++) {
            assertThat(page.kind()).as("before code " + code).isEqualTo(Kind.OTP);
            page = page.otp("abcdef");
            if (code >= 5 && code < 10) {
                world.tables().endThrottles(world.realmId());
                page = visitor.logIn(customer);
            }
        }
        assertThat(page.kind()).isEqualTo(Kind.LOCKED);
        assertThat(page.document().select("#sekisho-restart"))
                .as("nothing to try again")
                .isEmpty();
        world.tables().endThrottles(world.realmId());
        assertThat(visitor.logIn(customer).kind()).isEqualTo(Kind.LOCKED);
        world.awaitTold(customer, LOCK_NOTICE);

        HttpResponse<String> unlocked = asOfficer(world, "POST", "/customers/" + world.id(customer) + "/unlock", """
                {"reason":"お電話で本人確認"}""");
        assertThat(unlocked.statusCode()).as(unlocked.body()).isEqualTo(204);
        world.awaitTold(customer, "停止を解除したお知らせ");
        assertThat(visitor.logIn(customer).kind()).isEqualTo(Kind.OTP);
        assertThat(world.tables().evidence(world.realmId(), "UNLOCK")).anyMatch(record -> record.contains("お電話で本人確認"));
    }

    @Test
    void anOfficerSeesLocksAndLiftsThemWithAReasonAndNobodyElseDoes() throws Exception {
        Customer customer = world.customer();
        String path = "/customers/" + world.id(customer);
        String officer = world.officerToken();
        String called = "{\"reason\":\"お電話で本人確認\"}";
        assertThat(asOfficer(world, officer, "POST", path + "/unlock", called).statusCode())
                .as("nothing to lift")
                .isEqualTo(409);
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        owner.enrol(customer);
        world.tables().locked(world.realmId(), world.id(customer));
        assertThat(asOfficer(world, officer, "GET", path + "/locks", "").body()).contains("\"locked\":true");

        for (String other : List.of(
                world.admin().token(),
                world.visitor(Origin.TOKYO_HOME)
                        .enrol(world.customer())
                        .tokens()
                        .access())) {
            HttpResponse<String> refused = asOfficer(world, other, "POST", path + "/unlock", called);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        }
        for (String body :
                List.of("", "{}", "[]", "x", "{\"reason\":\" \"}", "{\"reason\":\"" + "x".repeat(501) + "\"}")) {
            HttpResponse<String> refused = asOfficer(world, officer, "POST", path + "/unlock", body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(refused.body()).contains("urn:sekisho:problem:");
        }
        assertThat(asOfficer(world, officer, "GET", "/customers/nobody/locks", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(owner.logIn(customer).kind()).isEqualTo(Kind.LOCKED);

        assertThat(asOfficer(world, officer, "POST", path + "/unlock", called).statusCode())
                .isEqualTo(204);
        assertThat(owner.logIn(customer).kind()).isEqualTo(Kind.APP);
    }

    // FFAJ-2.1-S1b
    @Test
    void whoBecameAnOfficerAfterALoginWithAPasswordDecidesNothingInThatSession() throws Exception {
        Customer customer = world.customer();
        Customer officer = world.customer();
        Page in = world.visitor(Origin.TOKYO_HOME).enrol(officer);
        world.give(officer, "sekisho-officer");
        HttpResponse<String> refused =
                asOfficer(world, in.tokens().access(), "GET", "/customers/" + world.id(customer) + "/locks", "");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains("step-up-required", "urn:sekisho:acr:phishing-resistant");
    }

    @Test
    void wrongMailCodesLockTheLoginAndTheRightOneIsRefusedThen() throws Exception {
        Customer customer = world.customerWithoutApp();
        Page waiting = world.visitor(Origin.TOKYO_HOME).logIn(customer);
        String right = world.mailCode(customer, 1);
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page page = visitor.logIn(customer);
        for (int code = 1; code <= 5; code++) {
            assertThat(page.kind()).as("before code " + code).isEqualTo(Kind.MAIL_CODE);
            page = page.mailCode("abcdefgh");
        }
        assertThat(counted(customer))
                .containsEntry("sekisho-mail-code/unknown", 5)
                .containsEntry("LOGIN/operation", 5);
        assertThat(waiting.mailCode(right).kind()).as("throttled").isEqualTo(Kind.LOCKED);
        assertThat(counted(customer)).as("neither evaluated nor counted").containsEntry("sekisho-mail-code/unknown", 5);

        for (int code = 6; code <= 10; code++) {
            world.tables().endThrottles(world.realmId());
            page = visitor.logIn(customer);
            assertThat(page.kind()).as("before code " + code).isEqualTo(Kind.MAIL_CODE);
            page = page.mailCode("abcdefgh");
        }
        assertThat(page.kind()).isEqualTo(Kind.LOCKED);
        assertThat(page.shows("#sekisho-restart")).as("nothing to try again").isFalse();
        assertThat(counted(customer)).containsEntry("LOGIN/operation", 10);
        world.tables().endThrottles(world.realmId());
        assertThat(waiting.reload().mailCode(right).kind()).isEqualTo(Kind.LOCKED);
        assertThat(visitor.logIn(customer).kind()).isEqualTo(Kind.LOCKED);
        world.awaitTold(customer, LOCK_NOTICE);
    }

    private Map<String, Integer> counted(Customer customer) throws Exception {
        return world.tables().failures(world.realmId(), world.id(customer));
    }

    @Test
    void theTenthWrongPasswordOnAKnownDeviceLocksTheLogin() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        for (int guess = 1; guess <= 9; guess++) {
            Page wrong = owner.logIn(customer, WRONG);
            assertThat(wrong.kind()).as("guess " + guess).isEqualTo(Kind.PASSWORD);
            world.tables().endThrottles(world.realmId());
        }
        Page locked = owner.logIn(customer, WRONG);
        assertThat(locked.kind()).isEqualTo(Kind.LOCKED);
        assertThat(locked.shows("#sekisho-restart")).isFalse();
        world.tables().endThrottles(world.realmId());
        assertThat(owner.logIn(customer).kind()).as("even the right one").isEqualTo(Kind.LOCKED);
        Page stranger = world.visitor(Origin.OSAKA_MOBILE).logIn(customer);
        assertThat(stranger.kind()).isEqualTo(Kind.LOCKED);
        assertThat(stranger.shows("#sekisho-restart"))
                .as("who does not know the customer is not told that there is one")
                .isTrue();
        assertThat(counted(customer)).containsEntry("LOGIN/operation", 1).containsEntry("password/unknown", 0);
        world.awaitTold(customer, LOCK_NOTICE);
    }

    /** NIST SP 800-63B-4, 3.2.2. */
    @Test
    void afterAHundredWrongPasswordsOnlyANewOneServesStrangers() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        Visitor stranger = world.visitor(Origin.OSAKA_MOBILE);
        assertThat(stranger.logIn(customer, WRONG).kind()).isEqualTo(Kind.PASSWORD);
        world.tables().failedBefore(world.realmId(), world.id(customer), 0, 98);
        assertThat(stranger.logIn(customer, WRONG).kind()).as("the 99th").isEqualTo(Kind.PASSWORD);
        assertThat(stranger.logIn(customer, WRONG).kind()).as("the 100th").isEqualTo(Kind.PASSWORD);
        assertThat(stranger.logIn(customer).kind()).as("even the right one").isEqualTo(Kind.LOCKED);
        assertThat(owner.logIn(customer).kind())
                .as("the known device goes on, and lifts nothing of this")
                .isEqualTo(Kind.APP);
        assertThat(stranger.logIn(customer).kind()).isEqualTo(Kind.LOCKED);

        owner.forgetSession();
        Page form = owner.openLogin(Map.of("kc_action", "UPDATE_PASSWORD"))
                .password(customer.username(), customer.password())
                .otp(world.otp(customer, 1));
        Page changed = form.submit(
                "#kc-passwd-update-form", Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));
        assertThat(changed.kind()).isEqualTo(Kind.APP);
        assertThat(stranger.logIn(customer, NEW_PASSWORD).kind()).isIn(Kind.OTP, Kind.REFUSED);
        world.awaitTold(customer, "パスワード変更のお知らせ");
    }

    /** Like 200 at the token endpoint (LockIT), but through the pages that customers use. */
    @Test
    void ofFiftyGuessesAtOnceNoMoreThanTheLimitAreEvaluated() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        List<Page> forms = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            forms.add(world.visitor(Origin.OSAKA_MOBILE).openLogin());
        }
        List<Page> answers = AtOnce.post(forms, form -> form.password(customer.username(), WRONG));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.kind()).as(answer.toString()).isIn(Kind.PASSWORD, Kind.LOCKED));
        assertThat(answers)
                .filteredOn(page -> page.kind() == Kind.PASSWORD)
                .as("evaluated, and told that it was wrong")
                .hasSizeLessThanOrEqualTo(5);
        assertThat(counted(customer)).containsEntry("password/unknown", 5);
        assertThat(world.records(customer))
                .filteredOn(record -> record.result().equals("FAILED"))
                .hasSize(5);
        assertThat(world.visitor(Origin.OSAKA_MOBILE).logIn(customer).kind()).isEqualTo(Kind.LOCKED);
        assertThat(owner.logIn(customer).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void noPasswordIsTakenAtTheTokenEndpoint() throws Exception {
        Customer customer = world.customer();
        Map<String, String> grant = Map.of(
                "grant_type",
                "password",
                "client_id",
                world.app().client(),
                "client_secret",
                World.SECRET,
                "username",
                customer.username(),
                "password",
                customer.password());
        assertThat(world.app().token(grant).statusCode()).isEqualTo(400);

        // Nor by a client that somebody opened by mistake: the realm's flow is closed.
        world.admin()
                .post(
                        World.realm("/clients"),
                        Map.of("clientId", "careless", "publicClient", true, "directAccessGrantsEnabled", true));
        HttpResponse<String> careless = world.app()
                .token(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "careless",
                        "username",
                        customer.username(),
                        "password",
                        customer.password()));
        assertThat(careless.statusCode()).isBetween(400, 499);
        assertThat(careless.body()).doesNotContain("access_token");
    }

    private void guess(Visitor stranger, Customer customer, int until) throws Exception {
        int failures = world.tables().strangersFailures(world.realmId(), world.id(customer));
        for (int guess = failures + 1; guess <= until; guess++) {
            world.tables().endThrottles(world.realmId());
            Page page = stranger.logIn(customer, WRONG);
            assertThat(page.code()).isEmpty();
            assertThat(world.tables().strangersFailures(world.realmId(), world.id(customer)))
                    .isEqualTo(guess);
        }
    }

    private long lockMails(Customer customer) throws Exception {
        world.inbox().await(mail -> mail.to().equals(customer.email()) && isLock(mail), World.SOON);
        return world.mailsTo(customer).stream().filter(LocksIT::isLock).count();
    }

    private static boolean isLock(Mail mail) {
        return mail.subject().contains("停止した");
    }

    static HttpResponse<String> asOfficer(World world, String method, String path, String body) throws Exception {
        return asOfficer(world, world.officerToken(), method, path, body);
    }

    private static HttpResponse<String> asOfficer(World world, String token, String method, String path, String body)
            throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(world.keycloak().base().resolve(World.realm("/sekisho" + path)))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
