package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A frozen customer passes no door, whatever Keycloak says of the user, and comes back only with four eyes. */
// JP25-8, JP25-9
@LoginTest
class FreezeIT {

    private static final String FROZEN = "#sekisho-frozen";
    private static final String THAWED_NOTICE = "ログインとお取引を再開したお知らせ";
    private static final String PROVIDER = "elsewhere";
    private static final String FROZEN_NOTICE = "ログインとお取引を停止したお知らせ";

    private static final String REOPENING = "#sekisho-letter-form";
    private static final String NEW_PASSWORD = "#sekisho-reset-password-form";
    private static final String STOCK = "/realms/broker/account/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    FreezeIT(World world) {
        this.world = world;
    }

    @Test
    void whoFreezesHimselfIsOutEverywhereAtOnceAndEnablingHimThawsNobody() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens = home.enrol(customer).tokens();
        App away = SessionIT.offlineApp(world, "away-until-frozen");
        App.Tokens offline = home.at(away).openLogin(SessionIT.OFFLINE).tokens();
        assertThat(active(tokens)).isTrue();
        assertThat(account("GET", "freeze", tokens.access(), "").body()).isEqualTo("[]");
        for (String body : List.of("", "{}", "{\"operation\":\"EVERYTHING\"}", "{\"operation\":null}")) {
            assertThat(account("POST", "freeze", tokens.access(), body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }

        HttpResponse<String> frozen = account("POST", "freeze", tokens.access(), "{\"operation\":\"ALL\"}");

        assertThat(frozen.statusCode()).as(frozen.body()).isEqualTo(204);
        everyDoorIsShut(customer, home, tokens);
        assertThat(away.refresh(offline.refresh()).statusCode()).isEqualTo(400);
        world.awaitTold(customer, FROZEN_NOTICE);
        World.await("disabled", () -> !world.user(customer).path("enabled").asBoolean());
        World.await(
                "no session",
                () -> world.admin()
                        .get(World.realm("/users/" + world.id(customer) + "/sessions"))
                        .isEmpty());
        World.await("no offline session", () -> offlineSessions(customer, away).isEmpty());
        assertThat(evidence("FREEZE")).anyMatch(row -> row.contains("\"result\":\"CUSTOMER\""));

        enable(customer);
        assertThat(world.user(customer).path("enabled").asBoolean(true)).isFalse();
        assertThat(evidence("ALERT")).anyMatch(row -> row.contains("freeze-bypassed"));
        everyDoorIsShut(customer, home, tokens);
    }

    @Test
    void theRowIsTheTruthWhateverKeycloakSaysOfTheUser() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens = home.enrol(customer).tokens();
        Page halfway = world.visitor(Origin.OSAKA_MOBILE).logIn(customer);
        assertThat(halfway.kind()).isEqualTo(Kind.OTP);

        world.tables().frozen(world.realmId(), world.id(customer));

        assertThat(world.user(customer).path("enabled").asBoolean()).isTrue();
        everyDoorIsShut(customer, home, tokens);
        assertThat(account("GET", "notices", tokens.access(), "").statusCode()).isEqualTo(403);
        Page in = halfway.otp(world.otp(customer, 1));
        assertThat(in.code()).as(in.text()).isEmpty();
        assertThat(in.shows(FROZEN)).isTrue();
    }

    private void everyDoorIsShut(Customer customer, Visitor home, App.Tokens tokens) throws Exception {
        assertThat(active(tokens)).isFalse();
        assertThat(world.app().userInfo(tokens.access())).isEqualTo(401);
        HttpResponse<String> refreshed = world.app().refresh(tokens.refresh());
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(400);
        assertThat(refreshed.body()).contains("invalid_grant");
        assertThat(account("GET", "notices", tokens.access(), "").statusCode()).isIn(401, 403);
        Page right = home.logIn(customer);
        assertThat(right.shows(FROZEN)).as(right.text()).isTrue();
        assertThat(right.text()).contains("お取引とログインを停止しております", "お問い合わせ窓口").doesNotContain(customer.username());
        Page wrong = home.logIn(customer, "Not-the-password-1");
        assertThat(wrong.kind()).as("nobody learns who is frozen").isEqualTo(Kind.PASSWORD);
        world.tables().endThrottles(world.realmId());
    }

    @Test
    void aPasskeyOfAFrozenCustomerLeadsToThePageAndNoSession() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            owner.enrolPasskey(customer);
            String officer = world.officer("sekisho-officer").token();
            assertThat(asOfficer(officer, customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"お電話\"}")
                            .statusCode())
                    .isEqualTo(204);
            World.await("disabled", () -> !world.user(customer).path("enabled").asBoolean());

            // Autofill: the browser offers the passkey in the field of the name.
            owner.openLogin(Map.of());
            owner.browser().await("the page", () -> owner.browser().shows(FROZEN) ? true : null);

            assertThat(owner.browser().text()).contains("お取引とログインを停止しております");
            Pictures.take(owner, "ja", "frozen");
            assertThat(world.admin()
                            .get(World.realm("/users/" + world.id(customer) + "/sessions"))
                            .isEmpty())
                    .isTrue();
        }
    }

    @Test
    void onlyAnotherOfficerThawsAndOnlyOnceTheIdentityWasVerifiedAnew() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        assertThat(home.enrol(customer).kind()).isEqualTo(Kind.APP);
        String device = home.cookies().get(Tables.cookieName(world.realmId()));
        assertThat(world.tables().trusts(device)).isEqualTo(1);
        World.Officer one = world.officer("sekisho-officer", "sekisho-approver");
        World.Officer two = world.officer("sekisho-approver");
        String reason = "{\"reason\":\"ご本人確認済み\"}";
        assertThat(asOfficer(one.token(), customer, "thaw", reason).body()).contains("not-frozen");
        assertThat(asOfficer(two.token(), customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"x\"}")
                        .statusCode())
                .as("an approver freezes nobody")
                .isEqualTo(403);
        assertThat(asOfficer(one.token(), customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(asOfficer(one.token(), customer, "thaw", reason).body()).contains("no-identity-since");
        assertThat(asOfficer(two.token(), customer, "thaw/approve", reason).body())
                .contains("not-proposed");
        // Who was verified before the freeze is not verified anew by its being typed in afterwards.
        identityVerified(one, customer, Instant.now().minus(Duration.ofHours(1)));
        assertThat(asOfficer(one.token(), customer, "thaw", reason).body()).contains("no-identity-since");
        identityVerified(one, customer);
        assertThat(asOfficer(one.token(), customer, "thaw", reason).statusCode())
                .isEqualTo(204);
        assertThat(asOfficer(one.token(), customer, "thaw/approve", reason).body())
                .contains("same-person");
        assertThat(home.logIn(customer).shows(FROZEN)).isTrue();
        World.await("disabled", () -> !world.user(customer).path("enabled").asBoolean());

        world.awaitTold(customer, FROZEN_NOTICE);
        String stopped = stopCode(customer, FROZEN_NOTICE);
        String older = code(asOfficer(one.token(), customer, "postal-code", reason));

        HttpResponse<String> approved = asOfficer(two.token(), customer, "thaw/approve", reason);

        String letter = code(approved);
        world.awaitTold(customer, "停止の解除の手続きを始めたお知らせ");
        world.awaitTold(customer, "停止の解除を承認したお知らせ");
        assertThat(world.mailsTo(customer)).noneMatch(mail -> mail.text().contains(letter));
        assertThat(evidence("THAW_APPROVED"))
                .anyMatch(row -> row.contains(one.id()) && row.contains(two.id()) && row.contains("otp password"));
        assertThat(credentials(customer)).as("nothing that he had serves").isEmpty();
        assertThat(world.tables().trusts(device)).isZero();
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.PASSWORD);
        enable(customer);
        assertThat(home.logIn(customer).kind()).as("whatever Keycloak says").isEqualTo(Kind.PASSWORD);
        assertThat(reopen(home, customer, older).shows(REOPENING))
                .as("of before the approval")
                .isTrue();
        Customer nobody = world.customer();
        assertThat(reopen(world.visitor("203.0.113.30", Visitor.SAFARI), nobody, letter)
                        .text())
                .as("nobody learns whose it is")
                .isEqualTo(reopen(world.visitor("203.0.113.31", Visitor.SAFARI), customer, "2345-6789-ABCD")
                        .text());

        oneAloneMakesNoOtherLetter(one, customer, reason);

        Page form = reopen(home, customer, letter.toLowerCase(Locale.ROOT));
        assertThat(form.shows(NEW_PASSWORD)).as(form.text()).isTrue();
        assertThat(evidence("THAW")).noneMatch(row -> row.contains(two.id()));
        Page app = form.submit(
                NEW_PASSWORD, Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));
        assertThat(app.shows("#kc-totp-settings-form"))
                .as("a new authenticator app: " + app.text())
                .isTrue();
        world.awaitTold(customer, "ログインとお取引を再開したお知らせ");
        assertThat(evidence("THAW")).anyMatch(row -> row.contains(one.id()) && row.contains(two.id()));
        assertThat(asOfficer(two.token(), customer, "thaw/approve", reason).body())
                .contains("not-frozen");
        assertThat(home.logIn(customer).kind()).as("the old password").isEqualTo(Kind.PASSWORD);
        Visitor anywhere = world.visitor("203.0.113.33", Visitor.SAFARI);
        StopCodeIT.stop(world, anywhere, stopped);
        assertThat(home.logIn(customer, "Kasumi-ga-ura-22000").kind())
                .as("the thaw ended the codes of before")
                .isEqualTo(Kind.MAIL_CODE);
        StopCodeIT.stop(world, anywhere, stopCode(customer, THAWED_NOTICE));
        assertThat(home.logIn(customer, "Kasumi-ga-ura-22000").shows(FROZEN))
                .as("and brought another one")
                .isTrue();
    }

    /** Who took an account over may have linked one of his own elsewhere, which is a way in like any other. */
    @Test
    void whoseThawIsApprovedComesInByNoOtherProvider() throws Exception {
        Customer customer = world.customer();
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        String reason = "{\"reason\":\"ご本人確認済み\"}";
        whileLinked(customer, links -> {
            asOfficer(one.token(), customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"x\"}");
            identityVerified(one, customer);
            asOfficer(one.token(), customer, "thaw", reason);
            assertThat(world.admin().get(links)).hasSize(1);
            assertThat(asOfficer(two.token(), customer, "thaw/approve", reason).statusCode())
                    .isEqualTo(201);
            assertThat(world.admin().get(links)).isEmpty();
        });
    }

    /** Of a session that was stolen: there is nothing but its live token, which says so of the customer's own browser. */
    @Test
    void whatAStolenSessionMarksOfTheCustomersOwnIsHostileUntilHeComesBackFromThere() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        HighRiskIT.alwaysAtHomeInTokyo(world, customer);
        Page in = owner.logIn(customer);
        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        String owners = world.records(customer).stream()
                .filter(record -> record.kind().equals("DECISION"))
                .findFirst()
                .orElseThrow()
                .id();
        world.tables().mark(world.realmId(), world.id(customer), "198.51.100.79");

        HttpResponse<String> said = account("POST", "disown", in.tokens().access(), "{\"record\":\"" + owners + "\"}");

        assertThat(said.statusCode()).as(said.body()).isEqualTo(204);
        assertThat(world.tables().hostile(world.realmId(), world.id(customer)))
                .as("device, source, and what was marked before")
                .isEqualTo(3);
        assertThat(evidence("DISOWNED")).anyMatch(row -> row.contains(owners) && row.contains("\"not-fresh\""));
        assertThat(evidence("ALERT")).anyMatch(row -> row.contains(owners) && row.contains("\"not-fresh\""));
        world.awaitTold(customer, FROZEN_NOTICE);
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        assertThat(marks(one, customer))
                .hasSize(3)
                .allSatisfy(mark ->
                        assertThat(mark.path("confirmed").asBoolean(true)).isFalse());

        String reason = "{\"reason\":\"ご本人確認済み\"}";
        identityVerified(one, customer);
        asOfficer(one.token(), customer, "thaw", reason);
        Page form = reopen(owner, customer, code(asOfficer(two.token(), customer, "thaw/approve", reason)));
        assertThat(form.shows(NEW_PASSWORD))
                .as("the way back is open there: " + form.text())
                .isTrue();
        form.submit(
                NEW_PASSWORD, Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));

        world.awaitTold(customer, THAWED_NOTICE);
        assertThat(marks(one, customer))
                .singleElement()
                .satisfies(mark -> assertThat(mark.path("mark").asText()).isEqualTo("source:198.51.100.79"));
        assertThat(evidence("MARK_LIFTED").stream().filter(row -> row.contains("\"by\":\"thaw\"")))
                .hasSizeGreaterThanOrEqualTo(2);
        Page again = owner.logIn(customer, "Kasumi-ga-ura-22000");
        assertThat(again.kind()).as(again.text()).isIn(Kind.MAIL_CODE, Kind.APP);
    }

    private JsonNode marks(World.Officer officer, Customer customer) throws Exception {
        return JSON.readTree(send(
                        "GET",
                        world.keycloak()
                                .base()
                                .resolve(World.realm("/sekisho/customers/" + world.id(customer) + "/marks")),
                        officer.token(),
                        "")
                .body());
    }

    @Test
    void whomAnAdministratorHadDisabledIsEnabledByNoThaw() throws Exception {
        Customer customer = world.customer();
        assertThat(world.visitor(Origin.TOKYO_HOME).enrol(customer).kind()).isEqualTo(Kind.APP);
        enabled(customer, false);
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        String reason = "{\"reason\":\"ご本人確認済み\"}";
        asOfficer(one.token(), customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"x\"}");
        assertThat(evidence("FREEZE")).anyMatch(row -> row.contains(one.id()) && row.contains("disabled before"));
        identityVerified(one, customer);
        asOfficer(one.token(), customer, "thaw", reason);
        String letter = code(asOfficer(two.token(), customer, "thaw/approve", reason));

        Visitor home = world.visitor("203.0.113.40", Visitor.SAFARI);
        assertThat(reopen(home, customer, letter).shows(REOPENING))
                .as("not before he is enabled")
                .isTrue();
        assertThat(world.user(customer).path("enabled").asBoolean()).isFalse();

        enable(customer);
        assertThat(world.user(customer).path("enabled").asBoolean())
                .as("the thaw is approved")
                .isTrue();
        Page form = reopen(home, customer, letter);
        assertThat(form.shows(NEW_PASSWORD)).as(form.text()).isTrue();
    }

    /** Its approval takes away what he had, as of everything: the letter must bring him back. */
    @Test
    void whoseLoginAloneIsFrozenComesBackByTheLetterToo() throws Exception {
        Customer customer = world.customer();
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        String reason = "{\"reason\":\"x\"}";
        asOfficer(one.token(), customer, "freeze", "{\"operation\":\"LOGIN\",\"reason\":\"x\"}");
        World.await("disabled", () -> !world.user(customer).path("enabled").asBoolean());
        identityVerified(one, customer);
        asOfficer(one.token(), customer, "thaw", reason);
        String letter = code(asOfficer(two.token(), customer, "thaw/approve", reason));

        Page form = reopen(world.visitor("203.0.113.41", Visitor.SAFARI), customer, letter);

        assertThat(form.shows(NEW_PASSWORD)).as(form.text()).isTrue();
        form.submit(
                NEW_PASSWORD, Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));
        world.awaitTold(customer, "ログインとお取引を再開したお知らせ");
    }

    /** What a freeze entails is tried again until it is done, and that may be as late as he binds anew. */
    @Test
    void whoBindsAnewIsDisabledByNoLateRetry() throws Exception {
        Customer customer = world.customer();
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        String reason = "{\"reason\":\"x\"}";
        asOfficer(one.token(), customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"x\"}");
        broughtAbout(customer);
        assertThat(world.user(customer).path("enabled").asBoolean(true)).isFalse();
        identityVerified(one, customer);
        asOfficer(one.token(), customer, "thaw", reason);
        String letter = code(asOfficer(two.token(), customer, "thaw/approve", reason));
        Page form = reopen(world.visitor("203.0.113.42", Visitor.SAFARI), customer, letter);
        assertThat(form.shows(NEW_PASSWORD)).as(form.text()).isTrue();

        world.tables().freezesDueAgain(world.id(customer));
        broughtAbout(customer);

        form.submit(
                NEW_PASSWORD, Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));
        world.awaitTold(customer, "ログインとお取引を再開したお知らせ");
        assertThat(world.user(customer).path("enabled").asBoolean()).isTrue();
    }

    private void broughtAbout(Customer customer) throws Exception {
        World.await("brought about", () -> world.tables().freezesDue(world.id(customer)) == 0);
    }

    @ParameterizedTest
    @EnumSource(Anew.class)
    void whoIsOverwrittenByAnImportIsFrozenStillUnderWhateverIdAndName(Anew anew) throws Exception {
        Customer customer = world.customer();
        String before = world.id(customer);
        World.Officer officer = world.officer("sekisho-officer");
        asOfficer(officer.token(), customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"x\"}");
        World.await("disabled", () -> !world.user(customer).path("enabled").asBoolean());
        long alerts = madeAnew();
        String name = anew == Anew.WITH_HIS_ADDRESS ? customer.username() + "-anew" : customer.username();
        Map<String, Object> user = new HashMap<>(Map.of(
                "username", name,
                "email", customer.email(),
                "emailVerified", true,
                "firstName", customer.firstName(),
                "lastName", customer.lastName(),
                "enabled", true,
                "credentials", List.of(Map.of("type", "password", "value", customer.password()))));
        if (anew == Anew.WITH_HIS_ID) {
            user.put("id", before);
        }

        world.admin()
                .post(World.realm("/partialImport"), Map.of("ifResourceExists", "OVERWRITE", "users", List.of(user)));

        Customer made = named(customer, name);
        String after = world.id(made);
        assertThat(after.equals(before)).isEqualTo(anew == Anew.WITH_HIS_ID);
        assertThat(world.user(made).path("enabled").asBoolean()).isFalse();
        assertThat(madeAnew()).isEqualTo(alerts + 1);
        assertThat(PolicyDesk.asOfficer(world, officer.token(), "GET", "/customers/" + after + "/freezes", "")
                        .body())
                .contains("\"ALL\"");
        Page in = world.visitor(Origin.TOKYO_HOME).logIn(made);
        assertThat(in.shows(FROZEN)).as(in.text()).isTrue();
    }

    /** As whom an import makes a user anew. */
    private enum Anew {
        WITH_HIS_ID,
        WITH_HIS_NAME,
        WITH_HIS_ADDRESS
    }

    private static Customer named(Customer customer, String name) {
        return new Customer(
                name,
                customer.password(),
                customer.lastName(),
                customer.firstName(),
                customer.lastNameKana(),
                customer.firstNameKana(),
                customer.customerNumber(),
                customer.locale(),
                customer.totpKey());
    }

    private long madeAnew() throws Exception {
        return evidence("ALERT").stream()
                .filter(row -> row.contains("freeze-bypassed") && row.contains("made anew"))
                .count();
    }

    /** Nor does he approve one that another officer asks for; the letter that there is stands. */
    private void oneAloneMakesNoOtherLetter(World.Officer proposer, Customer customer, String reason) throws Exception {
        String own = Letters.proposed(asOfficer(proposer.token(), customer, "postal-code", reason));
        assertThat(Letters.approve(world, proposer.token(), own).statusCode()).isEqualTo(403);
        World.Officer third = world.officer("sekisho-officer");
        String anothers = Letters.proposed(asOfficer(third.token(), customer, "postal-code", reason));
        HttpResponse<String> refused = Letters.approve(world, proposer.token(), anothers);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("\"code\"");
    }

    /** What a thief with password, mail and a code of a notice does, or the customer who sees that it is not him. */
    @Test
    void whoStopsWhileAThawIsUnderWaySendsItBackToItsBeginning() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        assertThat(home.logIn(customer).mailCode(world.mailCode(customer, 1)).kind())
                .isEqualTo(Kind.APP);
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        String reason = "{\"reason\":\"ご本人確認済み\"}";
        String freeze = "{\"operation\":\"ALL\",\"reason\":\"x\"}";
        asOfficer(one.token(), customer, "freeze", freeze);
        world.awaitTold(customer, FROZEN_NOTICE);
        identityVerified(one, customer);
        assertThat(asOfficer(one.token(), customer, "thaw", reason).statusCode())
                .isEqualTo(204);

        StopCodeIT.stop(world, world.visitor("203.0.113.32", Visitor.SAFARI), stopCode(customer, FROZEN_NOTICE));

        assertThat(asOfficer(two.token(), customer, "thaw/approve", reason).body())
                .contains("not-proposed");
        assertThat(asOfficer(one.token(), customer, "thaw", reason).body())
                .as("a record of before serves no more")
                .contains("no-identity-since");
        assertThat(evidence("ALERT")).anyMatch(row -> row.contains("thaw-withdrawn") && row.contains("STOP_CODE"));

        identityVerified(one, customer);
        asOfficer(one.token(), customer, "thaw", reason);
        String letter = code(asOfficer(two.token(), customer, "thaw/approve", reason));
        Page form = reopen(home, customer, letter);
        assertThat(form.shows(NEW_PASSWORD)).as(form.text()).isTrue();
        assertThat(asOfficer(one.token(), customer, "freeze", freeze).statusCode())
                .as("while he types")
                .isEqualTo(204);
        Page refused = form.submit(
                NEW_PASSWORD, Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));
        assertThat(refused.shows(NEW_PASSWORD)).as(refused.text()).isFalse();
        assertThat(credentials(customer)).isEmpty();
        assertThat(account("GET", "freeze", "none", "").statusCode()).isEqualTo(401);
        assertThat(asOfficer(two.token(), customer, "thaw/approve", reason).body())
                .contains("not-proposed");
    }

    @Test
    void whoStopsAtTheMomentInWhichAThawIsProposedSendsItBackToo() throws Exception {
        Customer customer = world.customer();
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        String reason = "{\"reason\":\"ご本人確認済み\"}";
        String freeze = "{\"operation\":\"ALL\",\"reason\":\"x\"}";
        assertThat(asOfficer(one.token(), customer, "freeze", freeze).statusCode())
                .isEqualTo(204);

        for (int round = 1; round <= 8; round++) {
            identityVerified(one, customer);
            List<Callable<HttpResponse<String>>> both = List.of(
                    () -> asOfficer(one.token(), customer, "freeze", freeze),
                    () -> asOfficer(one.token(), customer, "thaw", reason));
            ExecutorService threads = Executors.newFixedThreadPool(both.size());
            try {
                List<Future<HttpResponse<String>>> answers = threads.invokeAll(both);
                assertThat(answers.get(0).get().statusCode()).isEqualTo(204);
                assertThat(answers.get(1).get().statusCode()).isIn(204, 409);
            } finally {
                threads.shutdownNow();
            }
            assertThat(asOfficer(two.token(), customer, "thaw/approve", reason).body())
                    .as("either was first: round " + round)
                    .contains("not-proposed");
        }
    }

    @Test
    void whatAHeldSessionMarksAnOfficerConfirms() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.logIn(customer).mailCode(world.mailCode(customer, 1)).kind())
                .isEqualTo(Kind.APP);
        String owners = world.records(customer).stream()
                .filter(record -> record.kind().equals("DECISION"))
                .findFirst()
                .orElseThrow()
                .id();
        Visitor thief = world.visitor(Origin.OSAKA_MOBILE);
        Page changed = thief.openLogin()
                .follow("a[href*=reset-credentials]")
                .submit("#sekisho-reset-name-form", Map.of("username", customer.username()))
                .submit("#sekisho-reset-code-form", Map.of("code", world.mailCode(customer, 2)))
                .submit(
                        NEW_PASSWORD,
                        Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));
        assertThat(changed.kind()).as(changed.text()).isEqualTo(Kind.PASSWORD);
        Page in = thief.logIn(customer, "Kasumi-ga-ura-22000");
        Page app = in.kind() == Kind.MAIL_CODE ? in.mailCode(world.mailCode(customer, 3)) : in;
        String held = app.tokens().access();

        HttpResponse<String> said = account("POST", "disown", held, "{\"record\":\"" + owners + "\"}");

        assertThat(said.statusCode()).as(said.body()).isEqualTo(204);
        world.awaitTold(customer, FROZEN_NOTICE);
        assertThat(evidence("DISOWNED")).anyMatch(row -> row.contains(owners) && row.contains("\"held\""));
        assertThat(evidence("ALERT")).anyMatch(row -> row.contains(owners) && row.contains("\"held\""));
        World.Officer officer = world.officer("sekisho-officer");
        assertThat(marks(officer, customer))
                .isNotEmpty()
                .allSatisfy(mark ->
                        assertThat(mark.path("confirmed").asBoolean(true)).isFalse());

        String mine = "{\"record\":\"%s\",\"reason\":\"お電話\"}".formatted(owners);
        assertThat(asOfficer(officer.token(), customer, "disown", mine).statusCode())
                .as("an officer confirms")
                .isEqualTo(204);
        assertThat(evidence("DISOWNED")).anyMatch(row -> row.contains(owners) && row.contains(officer.id()));
        assertThat(marks(officer, customer))
                .isNotEmpty()
                .allSatisfy(
                        mark -> assertThat(mark.path("confirmed").asBoolean()).isTrue());
    }

    /** The name, and the code of the approval, on the way of who has trouble to log in. */
    private static Page reopen(Visitor visitor, Customer customer, String code) {
        visitor.forgetSession();
        Page asked = visitor.openLogin()
                .follow("a[href*=reset-credentials]")
                .submit("#sekisho-reset-name-form", Map.of("username", customer.username(), "letter", "true"));
        assertThat(asked.shows(REOPENING)).as(asked.text()).isTrue();
        return asked.submit(REOPENING, Map.of("code", code));
    }

    private static String code(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return JSON.readTree(answer.body()).path("code").asText();
    }

    private String stopCode(Customer customer, String subject) {
        return world.mailsTo(customer).stream()
                .filter(mail -> mail.subject().contains(subject))
                .map(StopCodeIT::code)
                .findFirst()
                .orElseThrow();
    }

    private List<String> credentials(Customer customer) {
        return world.admin()
                .get(World.realm("/users/" + world.id(customer) + "/credentials"))
                .findValuesAsText("type");
    }

    /** A provisional passkey ends with the freeze, and who is back binds another, which is what thaws him. */
    @Test
    void whoIsThawedBindsAPasskeyWhereTheFirmSaysSo() throws Exception {
        Customer customer = world.customer();
        String changes = "{\"enrolment\":{\"provisional\":\"PT24H\"},\"freeze\":{\"rebind\":\"PASSKEY\"}}";
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            world.during("changes", changes, () -> {
                owner.logIn(customer, customer.password(), Map.of("kc_action", "webauthn-register-passwordless"));
                owner.giveOtp(world.otp(customer, 0));
                owner.remember();
                register(owner);
                owner.browser().await("#sekisho-provisional");
                owner.browser().follow("#sekisho-read");
                owner.inApp();
                assertThat(passkeys(customer)).isEqualTo(1);
                World.Officer one = world.officer("sekisho-officer");
                World.Officer two = world.officer("sekisho-approver");
                String reason = "{\"reason\":\"ご本人確認済み\"}";
                assertThat(asOfficer(one.token(), customer, "freeze", "{\"operation\":\"ALL\",\"reason\":\"x\"}")
                                .statusCode())
                        .isEqualTo(204);
                World.await(
                        "disabled", () -> !world.user(customer).path("enabled").asBoolean());
                assertThat(passkeys(customer)).isZero();
                assertThat(evidence("PASSKEY_STOPPED")).isNotEmpty();
                identityVerified(one, customer);
                assertThat(asOfficer(one.token(), customer, "thaw", reason).statusCode())
                        .isEqualTo(204);
                String letter = code(asOfficer(two.token(), customer, "thaw/approve", reason));

                owner.browser().layPasskeysAside();
                owner.openLogin(Map.of());
                owner.browser().follow("a[href*=reset-credentials]");
                owner.browser().type("#username", customer.username());
                owner.browser().follow("#sekisho-letter");
                Pictures.take(owner, "ja", "reopening");
                owner.browser().type("#code", letter);
                owner.browser().follow("#sekisho-submit");
                assertThat(evidence("THAW")).noneMatch(row -> row.contains(two.id()));
                owner.browser().holdNewAuthenticator();
                owner.browser().click("#registerWebAuthn");
                owner.browser().answerPrompt("new phone");
                owner.browser().await("#sekisho-provisional");
                owner.browser().follow("#sekisho-read");
                assertThat(owner.browser().url()).doesNotStartWith(world.app().callback());
                world.awaitTold(customer, "ログインとお取引を再開したお知らせ");
                assertThat(passkeys(customer)).isEqualTo(1);
                assertThat(credentials(customer)).containsExactly("webauthn-passwordless");
                assertThat(evidence("THAW")).anyMatch(row -> row.contains(two.id()));
                assertThat(world.admin()
                                .get(World.realm("/users/" + world.id(customer) + "/sessions"))
                                .isEmpty())
                        .as("he logs in like anybody")
                        .isTrue();
            });
        }
    }

    private static void register(BrowserVisitor owner) {
        owner.browser().holdPasskeys();
        owner.browser().click("#registerWebAuthn");
        owner.browser().acceptPrompt();
    }

    private long passkeys(Customer customer) {
        return world
                .admin()
                .get(World.realm("/users/" + world.id(customer) + "/credentials"))
                .findValuesAsText("type")
                .stream()
                .filter("webauthn-passwordless"::equals)
                .count();
    }

    /** By the back office, after the freeze. */
    private void identityVerified(World.Officer officer, Customer customer) throws Exception {
        identityVerified(officer, customer, Instant.now());
    }

    private void identityVerified(World.Officer officer, Customer customer, Instant at) throws Exception {
        String entry = "{\"method\":\"EKYC\",\"reference\":\"KYC-1\",\"evidenceSha256\":\"%s\",\"verifiedAt\":\"%s\"}"
                .formatted("0".repeat(64), at);
        HttpResponse<String> recorded = asOfficer(officer.token(), customer, "identity", entry);
        assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);
    }

    @Test
    void whatIsFrozenByOperationLeavesTheLoginOpen() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens = home.enrol(customer).tokens();
        assertThat(account("POST", "freeze", tokens.access(), "{\"operation\":\"CREDENTIAL_CHANGE\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(account("GET", "freeze", tokens.access(), "").body())
                .contains("\"operation\":\"CREDENTIAL_CHANGE\"");
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.APP);

        home.forgetSession();
        Page change = home.openLogin(Map.of("kc_action", "UPDATE_PASSWORD"))
                .password(customer.username(), customer.password())
                .otp(world.otp(customer, 1));
        assertThat(change.kind()).as(change.text()).isEqualTo(Kind.NEW_PASSWORD);
        home.header("Accept", "text/html");
        Page refused = change.submit(
                "#kc-passwd-update-form",
                Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.shows("#kc-error-message")).as(refused.text()).isTrue();
        assertThat(refused.code()).isEmpty();
        assertThat(home.logIn(customer).kind()).as("the old password still is").isEqualTo(Kind.APP);
    }

    /** Ours and Keycloak's own, those that an operator opens included. */
    @Test
    void whoFrozeHisProfileAndCredentialsIsRefusedOnEachRouteThatChangesThem() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens = home.enrol(customer).tokens();
        String stock =
                home.at(Doors.console(world, world.base())).openLogin().tokens().access();
        String device = JSON.readTree(
                        account("GET", "devices", tokens.access(), "").body())
                .at("/devices/0/id")
                .asText();
        String user = World.realm("/users/" + world.id(customer));
        ObjectNode profile = (ObjectNode) JSON.readTree(
                send("GET", world.base().resolve(STOCK), stock, "").body());
        for (String operation : List.of("PROFILE_CHANGE", "CREDENTIAL_CHANGE")) {
            assertThat(account("POST", "freeze", tokens.access(), "{\"operation\":\"" + operation + "\"}")
                            .statusCode())
                    .isEqualTo(204);
        }

        for (Map.Entry<String, String> own : Map.of(
                        "PUT notices",
                        "{\"login\":false}",
                        "POST access-rules",
                        AccessRulesIT.own("ALLOW", "KNOWN_DEVICE", ""),
                        "DELETE access-rules/1",
                        "",
                        "POST addresses",
                        "{\"address\":\"second@example.org\"}",
                        "PUT devices/" + device,
                        "{\"name\":\"x\"}")
                .entrySet()) {
            String[] route = own.getKey().split(" ");
            HttpResponse<String> refused = account(route[0], route[1], tokens.access(), own.getValue());
            assertThat(refused.statusCode()).as(own.getKey()).isEqualTo(403);
            assertThat(refused.body()).as(own.getKey()).contains("frozen");
        }
        profile.withObject("/attributes").putArray("locale").add("en");
        HttpResponse<String> changed = send("POST", world.base().resolve(STOCK), stock, profile.toString());
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(403);
        assertThat(world.user(customer).at("/attributes/locale/0").asText()).isNotEqualTo("en");
        String otp = world.admin()
                .get(user + "/credentials")
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("otp"))
                .map(credential -> credential.path("id").asText())
                .findFirst()
                .orElseThrow();
        assertThat(send("DELETE", world.base().resolve(STOCK + "credentials/" + otp), stock, "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.admin().get(user + "/credentials").findValuesAsText("id"))
                .contains(otp);
        HttpResponse<String> renamed =
                send("PUT", world.base().resolve(STOCK + "credentials/" + otp + "/label"), stock, "\"another\"");
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(403);
        assertThat(renamed.body()).contains("account_frozen");
        assertThat(world.admin().get(user + "/credentials").findValuesAsText("userLabel"))
                .contains("demo")
                .doesNotContain("another");
        linkedIdentityStays(customer, stock);
        accountStays(customer, home);

        home.forgetSession();
        String english = home.openLogin()
                .document()
                .select("option[value*=kc_locale=en]")
                .attr("abs:value");
        assertThat(home.get(URI.create(english))
                        .password(customer.username(), customer.password())
                        .kind())
                .as("in another language")
                .isEqualTo(Kind.APP);
        assertThat(world.user(customer).at("/attributes/locale/0").asText()).isEqualTo("en");
        assertThat(account("DELETE", "devices/" + device, tokens.access(), "").statusCode())
                .as("what only protects")
                .isEqualTo(204);
    }

    private void linkedIdentityStays(Customer customer, String stock) throws Exception {
        whileLinked(customer, linked -> {
            assertThat(send("DELETE", world.base().resolve(STOCK + "linked-accounts/" + PROVIDER), stock, "")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(world.admin().get(linked)).hasSize(1);
        });
    }

    /** What is done while the customer can log in by another provider, too. */
    @FunctionalInterface
    private interface Linked {
        void then(String links) throws Exception;
    }

    private void whileLinked(Customer customer, Linked work) throws Exception {
        String providers = World.realm("/identity-provider/instances");
        String linked = World.realm("/users/" + world.id(customer) + "/federated-identity");
        world.admin()
                .post(
                        providers,
                        Map.of(
                                "alias",
                                PROVIDER,
                                "providerId",
                                "oidc",
                                "hideOnLogin",
                                true,
                                "config",
                                Map.of(
                                        "authorizationUrl", "https://elsewhere.example/auth",
                                        "tokenUrl", "https://elsewhere.example/token",
                                        "clientId", "broker",
                                        "clientSecret", "secret")));
        try {
            world.admin().post(linked + "/" + PROVIDER, Map.of("userId", "4711", "userName", "elsewhere"));
            work.then(linked);
        } finally {
            world.admin().delete(providers + "/" + PROVIDER);
        }
    }

    private void accountStays(Customer customer, Visitor home) throws Exception {
        String actions = World.realm("/authentication/required-actions/delete_account");
        String clients = World.realm("/clients");
        String client =
                world.admin().get(clients + "?clientId=account").at("/0/id").asText();
        ObjectNode action = (ObjectNode) world.admin().get(actions);
        world.admin().put(actions, action.deepCopy().put("enabled", true));
        try {
            JsonNode role = world.admin().get(clients + "/" + client + "/roles/delete-account");
            world.admin()
                    .post(
                            World.realm("/users/" + world.id(customer) + "/role-mappings/clients/" + client),
                            List.of(role));
            home.forgetSession();
            Page confirm = home.openLogin(Map.of("kc_action", "delete_account"))
                    .password(customer.username(), customer.password())
                    .otp(world.otp(customer, 1));
            assertThat(confirm.text()).contains("アカウントの削除の確認");
            assertThat(confirm.submit(Map.of()).status()).isEqualTo(403);
            assertThat(world.user(customer).path("enabled").asBoolean()).isTrue();
        } finally {
            world.admin().put(actions, action);
        }
    }

    @Test
    void whatWasNotTheCustomerIsContainedForHimAndForNobodyElse() throws Exception {
        Customer customer = world.customer();
        Customer neighbour = world.customer();
        Visitor thief = world.visitor(Origin.OSAKA_MOBILE);
        App.Tokens stolen = thief.enrol(customer).tokens();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        App.Tokens own = owner.enrol(customer, 1).tokens();
        App away = SessionIT.offlineApp(world, "away-until-disowned");
        App.Tokens offline = thief.at(away).openLogin(SessionIT.OFFLINE).tokens();
        assertThat(offlineSessions(customer, away)).hasSize(1);
        String thiefs = world.records(customer).stream()
                .filter(record -> record.kind().equals("DECISION"))
                .findFirst()
                .orElseThrow()
                .id();
        String device = thief.cookies().get(Tables.cookieName(world.realmId()));
        assertThat(world.tables().trusts(device)).isEqualTo(1);
        assertThat(account("POST", "disown", own.access(), "{\"record\":\"" + recordOf(neighbour) + "\"}")
                        .statusCode())
                .as("nobody disowns for another")
                .isEqualTo(404);

        HttpResponse<String> disowned = account("POST", "disown", own.access(), "{\"record\":\"" + thiefs + "\"}");

        assertThat(disowned.statusCode()).as(disowned.body()).isEqualTo(204);
        for (App.Tokens tokens : List.of(stolen, own)) {
            assertThat(active(tokens)).isFalse();
            assertThat(world.app().refresh(tokens.refresh()).statusCode()).isEqualTo(400);
        }
        assertThat(away.refresh(offline.refresh()).statusCode()).isEqualTo(400);
        World.await("no offline session", () -> offlineSessions(customer, away).isEmpty());
        assertThat(world.tables().trusts(device)).isZero();
        assertThat(world.tables().hostile(world.realmId(), world.id(customer))).isEqualTo(2);
        assertThat(world.tables().hostile(world.realmId(), world.id(neighbour))).isZero();
        assertThat(evidence("DISOWNED")).anyMatch(row -> row.contains(thiefs));
        assertThat(evidence("ALERT")).anyMatch(row -> row.contains(thiefs));
        assertThat(send("GET", URI.create(world.keycloak().management() + "/metrics"), "", "")
                        .body())
                .containsPattern("sekisho_alerts_total\\{alert=\"contained\"[^}]*} [1-9]");
        world.awaitTold(customer, FROZEN_NOTICE);

        World.await("disabled", () -> !world.user(customer).path("enabled").asBoolean());

        // Once he is back: the thief's device stays hostile to him, and is nothing to his neighbour.
        world.tables().forgetFreezes(world.id(customer));
        enable(customer);
        thief.forgetSession();
        Page again = thief.logIn(customer);
        assertThat(again.kind()).as(again.text()).isEqualTo(Kind.REFUSED);
        assertThat(world.records(customer).stream()
                        .reduce((before, last) -> last)
                        .orElseThrow()
                        .content())
                .contains("\"disowned\"");
        assertThat(thief.logIn(neighbour).kind()).isEqualTo(Kind.OTP);

        world.tables().marked(world.realmId(), world.id(customer), Instant.now().minus(Duration.ofDays(181)));
        assertThat(thief.logIn(customer).kind()).as("marks end").isEqualTo(Kind.OTP);
        world.tables().marked(world.realmId(), world.id(customer), Instant.now());
        World.Officer officer = world.officer("sekisho-officer");
        JsonNode marks = marks(officer, customer);
        assertThat(marks)
                .hasSize(2)
                .allSatisfy(
                        mark -> assertThat(mark.path("confirmed").asBoolean()).isTrue());
        for (JsonNode mark : marks) {
            String lift =
                    JSON.writeValueAsString(Map.of("mark", mark.path("mark").asText(), "reason", "お客さまご自身の端末"));
            assertThat(asOfficer(officer.token(), customer, "marks/lift", lift).statusCode())
                    .isEqualTo(204);
            assertThat(asOfficer(officer.token(), customer, "marks/lift", lift).statusCode())
                    .isEqualTo(404);
        }
        assertThat(evidence("MARK_LIFTED")).anyMatch(row -> row.contains(officer.id()));
        assertThat(thief.logIn(customer).kind()).isEqualTo(Kind.OTP);
    }

    /** Whoever sits at that address may be he who lifts it. */
    // FFAJ-2.1-S3
    @Test
    void aMarkUponAnOfficerIsLiftedByTwoOthers() throws Exception {
        World.Officer marked = world.officer("sekisho-officer", "sekisho-approver");
        World.Officer one = world.officer("sekisho-officer", "sekisho-approver");
        World.Officer two = world.officer("sekisho-approver");
        world.tables().mark(world.realmId(), marked.id(), "198.51.100.77");
        String path = "/customers/" + marked.id() + "/marks/lift";
        String lift = "{\"mark\":\"source:198.51.100.77\",\"reason\":\"x\"}";

        assertThat(PolicyDesk.asOfficer(world, marked.token(), "POST", path, lift)
                        .statusCode())
                .isEqualTo(403);
        assertThat(PolicyDesk.asOfficer(world, one.token(), "POST", path, lift.replace(".77", ".78"))
                        .statusCode())
                .as("no such mark")
                .isEqualTo(404);
        HttpResponse<String> proposed = PolicyDesk.asOfficer(world, one.token(), "POST", path, lift);
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(202);
        String proposal = Letters.proposed(proposed);
        assertThat(Letters.approve(world, one.token(), proposal).statusCode()).isEqualTo(403);
        assertThat(Letters.approve(world, marked.token(), proposal).statusCode())
                .isEqualTo(403);
        assertThat(world.tables().hostile(world.realmId(), marked.id())).isEqualTo(1);

        assertThat(Letters.approve(world, two.token(), proposal).statusCode()).isEqualTo(204);

        assertThat(world.tables().hostile(world.realmId(), marked.id())).isZero();
        assertThat(evidence("MARK_LIFTED")).anyMatch(row -> row.contains(one.id()));
        assertThat(evidence("PROPOSAL"))
                .anyMatch(row -> row.contains("MARK_LIFT") && row.contains("APPROVED") && row.contains(two.id()));
    }

    private JsonNode offlineSessions(Customer customer, App app) {
        String client = world.admin()
                .get(World.realm("/clients?clientId=" + app.client()))
                .path(0)
                .path("id")
                .asText();
        return world.admin().get(World.realm("/users/" + world.id(customer) + "/offline-sessions/" + client));
    }

    private boolean active(App.Tokens tokens) throws Exception {
        return world.active(world.app(), tokens.access());
    }

    private String recordOf(Customer customer) throws Exception {
        world.visitor(Origin.TOKYO_HOME).enrol(customer);
        return world.records(customer).get(0).id();
    }

    private List<String> evidence(String kind) throws Exception {
        return world.tables().evidence(world.realmId(), kind);
    }

    private void enable(Customer customer) {
        enabled(customer, true);
    }

    private void enabled(Customer customer, boolean enabled) {
        ObjectNode user = (ObjectNode) world.user(customer);
        user.put("enabled", enabled);
        world.admin().put(World.realm("/users/" + world.id(customer)), user);
    }

    private HttpResponse<String> account(String method, String path, String token, String body) throws Exception {
        return send(method, world.base().resolve("/realms/broker/sekisho/account/" + path), token, body);
    }

    private HttpResponse<String> asOfficer(String token, Customer customer, String path, String body) throws Exception {
        return send(
                "POST",
                world.keycloak().base().resolve(World.realm("/sekisho/customers/" + world.id(customer) + "/" + path)),
                token,
                body);
    }

    private static HttpResponse<String> send(String method, URI uri, String token, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
