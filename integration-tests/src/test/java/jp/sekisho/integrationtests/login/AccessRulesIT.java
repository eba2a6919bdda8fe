package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** From where one can log in: as the firm wants it, and as the customer does. */
// FFAJ-1.2-B2, FFAJ-2.1-S1a, FFAJ-2.1-S1b
@LoginTest
class AccessRulesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REFUSED = "ログインを中止しました";
    private static final Duration IN_FORCE = Duration.ofSeconds(5);
    private static final Duration EVENTUALLY = Duration.ofMinutes(1);
    private static final String OWN = "/realms/broker/sekisho/account/access-rules";
    private static final String OWN_TOLD = "ログインできる場所の設定変更のお知らせ";

    private final World world;

    AccessRulesIT(World world) {
        this.world = world;
    }

    @Test
    void aDeniedNetworkIsRefusedOnEveryNodeWithinFiveSeconds() throws Exception {
        Customer customer = world.customer();
        Visitor one = world.visitor(Origin.SAO_PAULO);
        assertThat(one.enrol(customer).kind()).isEqualTo(Kind.APP);
        String officer = world.officerToken();
        try (KeycloakServer second = world.secondNode()) {
            Visitor two = new Visitor(world.appOn(second)).header("X-Forwarded-For", Origin.SAO_PAULO.address());
            assertThat(two.enrol(customer, 1).kind()).isEqualTo(Kind.APP);

            Lag there = Lag.of(second);
            Lag here = Lag.of(world.keycloak());
            String id = made(officer(officer, "POST", "", rule("REALM", "", "DENY", "NETWORK", "177.140.244.0/24")));
            awaitKind(() -> two.logIn(customer), Kind.REFUSED);
            awaitKind(() -> one.logIn(customer), Kind.REFUSED);
            assertThat(Lag.of(second).since(there)).isLessThan(IN_FORCE);
            assertThat(Lag.of(world.keycloak()).since(here)).isLessThan(IN_FORCE);
            assertThat(world.visitor(Origin.TOKYO_HOME).logIn(customer).kind()).isEqualTo(Kind.OTP);

            opened(officer, id);
            // Somebody knew the password where it was no use: it is to be changed.
            awaitKind(() -> two.logIn(customer), Kind.NEW_PASSWORD);
        }
        assertThat(world.tables().evidence(world.realmId(), "ACCESS_RULE"))
                .anyMatch(record -> record.contains("177.140.244.0/24") && record.contains("MADE"))
                .anyMatch(record -> record.contains("177.140.244.0/24") && record.contains("\"reason\":\"done\""));
        assertThat(world.admin()
                        .get(World.realm("/admin-events?resourcePath=sekisho/access-rules"))
                        .toString())
                .contains("SEKISHO_ACCESS_RULE");
    }

    @Test
    void aSessionThatIsThereAlreadyIsRefusedTooAtItsCookieAndAtRefresh() throws Exception {
        Customer customer = world.customer();
        App phone = SessionIT.publicApp(world, "ruled-app");
        String own = "Java-http-client/" + System.getProperty("java.version");
        Visitor visitor = Visitor.from(phone, Origin.OSAKA_MOBILE.address(), Visitor.CHROME);
        App.Tokens tokens = visitor.enrol(customer).tokens();
        Visitor client = Visitor.from(phone, Origin.OSAKA_MOBILE.address(), own);
        HttpResponse<String> usual = client.refresh(tokens.refresh());
        assertThat(usual.statusCode()).as(usual.body()).isEqualTo(200);
        String refresh = JSON.readTree(usual.body()).path("refresh_token").asText();
        assertThat(visitor.openLogin().kind()).isEqualTo(Kind.APP);

        String officer = world.officerToken();
        String id = made(officer(officer, "POST", "", rule("CLIENT", phone.client(), "DENY", "COUNTRY", "JP")));
        try {
            awaitKind(visitor::openLogin, Kind.PASSWORD);
            assertThat(world.tables().sessions(world.realmId(), world.id(customer)))
                    .last()
                    .satisfies(row -> assertThat(row.content()).contains("ACCESS_RULE", "COOKIE", "REAUTHENTICATE"));
            HttpResponse<String> stopped = client.refresh(refresh);
            assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(400);
            assertThat(stopped.body()).contains("invalid_grant");
            assertThat(world.tables().sessions(world.realmId(), world.id(customer)))
                    .last()
                    .satisfies(row -> assertThat(row.content()).contains("ACCESS_RULE", "REFRESH"));
            assertThat(visitor.openLogin()
                            .password(customer.username(), customer.password())
                            .kind())
                    .isEqualTo(Kind.REFUSED);
        } finally {
            opened(officer, id);
        }
    }

    @Test
    void whoLimitedHimselfToHisDevicesGoesOnInAnAppThatHasNoCookies() throws Exception {
        Customer customer = world.customer();
        App phone = SessionIT.publicApp(world, "limited-app");
        Visitor owner = Visitor.from(phone, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        App.Tokens tokens = owner.enrol(customer).tokens();
        HttpResponse<String> made = own(owner, tokens.access(), "POST", "", own("ALLOW", "KNOWN_DEVICE", ""));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Visitor stranger = world.visitor(Origin.OSAKA_MOBILE);
        awaitKind(() -> stranger.logIn(customer), Kind.REFUSED);

        HttpResponse<String> refreshed = phone.refresh(tokens.refresh());
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
        assertThat(owner.openLogin().kind()).isEqualTo(Kind.APP);
    }

    @Test
    void theRefusalIsTheSameForRightAndWrongIsRecordedAndTold() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.FRANKFURT);
        assertThat(visitor.enrol(customer).kind()).isEqualTo(Kind.APP);
        String officer = world.officerToken();
        String id = made(officer(officer, "POST", "", rule("CLIENT", world.app().client(), "DENY", "COUNTRY", "de")));
        try {
            Page right = awaitKind(() -> visitor.logIn(customer), Kind.REFUSED);
            Page wrong = visitor.logIn(customer, "Not-the-password-1");

            assertThat(HighRiskIT.normalised(right)).isEqualTo(HighRiskIT.normalised(wrong));
            Tables.Record last =
                    world.records(customer).get(world.records(customer).size() - 1);
            assertThat(last.outcome()).isEqualTo("DENY");
            assertThat(last.content()).contains("\"access-rule\"", "\"REFUSED\"");
            world.awaitTold(customer, "ログインをお断りした");
        } finally {
            opened(officer, id);
        }
        awaitKind(() -> visitor.logIn(customer), Kind.NEW_PASSWORD);
    }

    @Test
    void anOfficerIsKeptFromLockingHimselfOut() throws Exception {
        String officer = world.officerToken();
        String body = rule("OFFICERS", "", "ALLOW", "NETWORK", "198.51.100.0/24");

        HttpResponse<String> refused = officer(officer, "POST", "", body);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("locks-out-caller");

        HttpResponse<String> forced = officer(officer, "POST", "?force=true", body);
        assertThat(forced.statusCode()).as(forced.body()).isEqualTo(202);
        HttpResponse<String> approved =
                approve(world.officer("sekisho-approver").token(), JSON.readTree(forced.body()));
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(409);
        assertThat(approved.body()).as("the approver neither").contains("locks-out-caller");
        assertThat(JSON.readTree(officer(officer, "GET", "?scope=OFFICERS", "").body()))
                .isEmpty();
    }

    /** The first rule that allows shuts out everybody else, and who would approve its end is among them. */
    @Test
    void oneOfficerAloneShutsOutNeitherOfficersNorTheRealm() throws Exception {
        World.Officer officer = world.officer("sekisho-officer", "sekisho-approver");
        String colleague = world.officer("sekisho-officer").id();
        String own = Origin.TOKYO_HOME.address();
        for (String body : List.of(
                rule("OFFICERS", "", "ALLOW", "NETWORK", own),
                rule("OFFICERS", "", "DENY", "COUNTRY", "DE"),
                rule("REALM", "", "ALLOW", "NETWORK", own),
                rule("CLIENT", world.app().client(), "ALLOW", "NETWORK", own),
                rule("CUSTOMER", colleague, "DENY", "COUNTRY", "JP"))) {
            HttpResponse<String> answer = officer(officer.token(), "POST", "", body);
            assertThat(answer.statusCode()).as(body + answer.body()).isEqualTo(202);
            assertThat(approve(officer.token(), JSON.readTree(answer.body())).statusCode())
                    .as(body)
                    .isEqualTo(403);
        }
        for (String scope :
                List.of("OFFICERS", "REALM", "CLIENT&of=" + world.app().client(), "CUSTOMER&of=" + colleague)) {
            assertThat(JSON.readTree(officer(officer.token(), "GET", "?scope=" + scope, "")
                            .body()))
                    .as(scope)
                    .noneMatch(rule -> rule.path("matched").asText().startsWith(own)
                            || rule.path("matched").asText().equals("DE"));
        }
    }

    @Test
    void whatOpensOfficersRealmAndApplicationsNeedsTwo() throws Exception {
        World.Officer one = world.officer("sekisho-officer", "sekisho-approver");
        World.Officer two = world.officer("sekisho-approver");
        // Not the one that the other tests log in to: a rule that ended shuts for some seconds more.
        String app = "account-console";
        HttpResponse<String> limit = officer(one.token(), "POST", "", rule("CLIENT", app, "ALLOW", "COUNTRY", "JP"));
        assertThat(limit.statusCode()).as(limit.body()).isEqualTo(202);
        String first = made(approve(two.token(), JSON.readTree(limit.body())));

        HttpResponse<String> wider = officer(one.token(), "POST", "", rule("CLIENT", app, "ALLOW", "COUNTRY", "DE"));
        assertThat(wider.statusCode()).as(wider.body()).isEqualTo(202);
        JsonNode proposal = JSON.readTree(wider.body());
        assertThat(proposal.path("kind").asText()).isEqualTo("ACCESS_RULES");
        assertThat(officer(one.token(), "GET", "?scope=CLIENT&of=" + app, "").body())
                .as("nothing is open yet")
                .doesNotContain("\"DE\"");

        assertThat(approve(one.token(), proposal).statusCode())
                .as("an approver, but the proposer")
                .isEqualTo(403);
        assertThat(approve(world.officerToken(), proposal).statusCode())
                .as("another, but no approver")
                .isEqualTo(403);
        assertThat(approve(two.token(), proposal).statusCode()).isEqualTo(201);
        assertThat(approve(two.token(), proposal).statusCode()).as("once").isEqualTo(404);
        assertThat(officer(one.token(), "GET", "?scope=CLIENT&of=" + app, "").body())
                .contains("\"DE\"");

        String german = JSON.readTree(officer(one.token(), "GET", "?scope=CLIENT&of=" + app, "")
                        .body())
                .path(1)
                .path("id")
                .asText();
        opened(one.token(), two.token(), german);
        HttpResponse<String> last = officer(one.token(), "DELETE", "/" + first + "?reason=done", "");
        assertThat(last.statusCode()).as("the limit itself goes").isEqualTo(202);
        JsonNode withdrawn = JSON.readTree(last.body());
        assertThat(PolicyDesk.asOfficer(
                                world,
                                one.token(),
                                "POST",
                                "/proposals/" + withdrawn.path("id").asText() + "/withdraw",
                                "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(approve(two.token(), withdrawn).statusCode()).isEqualTo(404);
        opened(one.token(), first);
        assertThat(world.tables().evidence(world.realmId(), "PROPOSAL"))
                .anySatisfy(record -> assertThat(record)
                        .contains("\"APPROVED\"", proposal.path("id").asText(), one.id(), two.id()))
                .anySatisfy(record -> assertThat(record)
                        .contains("\"WITHDRAWN\"", withdrawn.path("id").asText()));
    }

    @Test
    void anOfficerNeitherUnlocksNorLimitsNorFreesHimself() throws Exception {
        World.Officer officer = world.officer("sekisho-officer", "sekisho-approver");
        String own = "/customers/" + officer.id();
        String reason = "{\"reason\":\"x\"}";
        for (String path : List.of("/unlock", "/thaw", "/thaw/approve", "/postal-code", "/exemption")) {
            assertThat(PolicyDesk.asOfficer(world, officer.token(), "POST", own + path, reason)
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(officer(officer.token(), "POST", "", rule("CUSTOMER", officer.id(), "DENY", "COUNTRY", "DE"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aFrozenOfficerIsRefusedAtOnce() throws Exception {
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-officer");
        String approver = world.officer("sekisho-approver").token();
        String body = "{\"operation\":\"ALL\",\"reason\":\"x\"}";
        HttpResponse<String> proposed =
                PolicyDesk.asOfficer(world, one.token(), "POST", "/customers/" + two.id() + "/freeze", body);
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(202);
        assertThat(officer(two.token(), "GET", "?scope=REALM", "").statusCode())
                .as("one alone freezes none of them")
                .isEqualTo(200);
        String proposal = JSON.readTree(proposed.body()).path("id").asText();
        assertThat(PolicyDesk.asOfficer(
                                world,
                                two.token(),
                                "POST",
                                "/proposals/" + proposal + "/withdraw",
                                "{\"reason\":\"x\"}")
                        .statusCode())
                .as("nor does he whom it is about withdraw it")
                .isEqualTo(403);
        assertThat(approve(approver, JSON.readTree(proposed.body())).statusCode())
                .isEqualTo(204);
        // The worker that disables him may be faster: then Keycloak itself refuses the token.
        assertThat(officer(two.token(), "GET", "?scope=REALM", "").statusCode()).isIn(401, 403);
    }

    /** A colleague wants to shut him out, or to end what lets him in. */
    // FFAJ-2.1-S1b
    @Test
    void whomAProposedRuleIsAboutDoesNotWithdrawIt() throws Exception {
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-officer", "sekisho-approver");
        String approver = world.officer("sekisho-approver").token();
        HttpResponse<String> denied =
                officer(one.token(), "POST", "", rule("CUSTOMER", two.id(), "DENY", "COUNTRY", "DE"));
        assertThat(denied.statusCode()).as(denied.body()).isEqualTo(202);
        assertThat(withdraw(two.token(), denied).statusCode()).isEqualTo(403);
        HttpResponse<String> made = approve(approver, JSON.readTree(denied.body()));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);

        String rule = JSON.readTree(made.body()).path(0).path("id").asText();
        HttpResponse<String> ended = officer(one.token(), "DELETE", "/" + rule + "?reason=x", "");
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(202);
        assertThat(withdraw(two.token(), ended).statusCode()).isEqualTo(403);
        assertThat(withdraw(one.token(), ended).statusCode())
                .as("it waits, and who proposed it withdraws it")
                .isEqualTo(204);
    }

    private HttpResponse<String> withdraw(String token, HttpResponse<String> proposed) throws Exception {
        String id = JSON.readTree(proposed.body()).path("id").asText();
        return PolicyDesk.asOfficer(world, token, "POST", "/proposals/" + id + "/withdraw", "{\"reason\":\"x\"}");
    }

    @Test
    void anOfficersLetterAndIdentityRecordNeedTwo() throws Exception {
        World.Officer one = world.officer("sekisho-officer");
        World.Officer two = world.officer("sekisho-approver");
        World.Officer other = world.officer("sekisho-officer");
        String path = "/customers/" + other.id();

        HttpResponse<String> letter =
                PolicyDesk.asOfficer(world, one.token(), "POST", path + "/postal-code", "{\"reason\":\"x\"}");
        assertThat(letter.statusCode()).as(letter.body()).isEqualTo(202);
        assertThat(letter.body()).doesNotContain("\"code\"");
        HttpResponse<String> issued = approve(two.token(), JSON.readTree(letter.body()));
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        assertThat(issued.body()).contains("\"code\"");

        String entry = "{\"method\":\"BRANCH\",\"reference\":\"B-4711\",\"evidenceSha256\":\"" + "a".repeat(64)
                + "\",\"verifiedAt\":\"" + Instant.now() + "\"}";
        HttpResponse<String> record = PolicyDesk.asOfficer(world, one.token(), "POST", path + "/identity", entry);
        assertThat(record.statusCode()).as(record.body()).isEqualTo(202);
        assertThat(record.body()).as("the reference is a personal value").doesNotContain("B-4711");
        assertThat(approve(two.token(), JSON.readTree(record.body())).statusCode())
                .isEqualTo(409);
        assertThat(PolicyDesk.asOfficer(
                                world, two.token(), "POST", path + "/identity/approve", entry.replace("4711", "4712"))
                        .statusCode())
                .as("another record")
                .isEqualTo(409);
        HttpResponse<String> recorded =
                PolicyDesk.asOfficer(world, two.token(), "POST", path + "/identity/approve", entry);
        assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);
    }

    @Test
    void whatIsNoRuleIsRefusedAndNobodyButAnOfficerMakesOne() throws Exception {
        String officer = world.officerToken();
        for (String body : List.of(
                "",
                "{}",
                rule("REALM", "", "DENY", "NETWORK", "203.0.113.0/33"),
                rule("REALM", "", "DENY", "NETWORK", "example.org"),
                rule("REALM", "", "DENY", "COUNTRY", "Japan"),
                rule("REALM", "", "DENY", "ASN", "0"),
                rule("REALM", "", "DENY", "KNOWN_DEVICE", ""),
                rule("REALM", "", "PERHAPS", "COUNTRY", "JP"),
                rule("REALM", "", "DENY", "COUNTRY", "JP")
                        .replace("\"expires\": null", "\"expires\": \"2020-01-01T00:00:00Z\""))) {
            assertThat(officer(officer, "POST", "", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(officer(officer, "POST", "", rule("CLIENT", "no-such-app", "DENY", "COUNTRY", "JP"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(officer(officer, "POST", "", rule("REALM", "of", "DENY", "COUNTRY", "JP"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(officer(officer, "DELETE", "/no-such-rule?reason=x", "").statusCode())
                .isEqualTo(404);
        assertThat(officer(officer, "DELETE", "/no-such-rule", "").statusCode()).isEqualTo(400);

        String customer = world.visitor(Origin.TOKYO_HOME)
                .enrol(world.customer())
                .tokens()
                .access();
        assertThat(officer(customer, "POST", "", rule("REALM", "", "DENY", "COUNTRY", "XX"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(officer(world.admin().token(), "POST", "", rule("REALM", "", "DENY", "COUNTRY", "XX"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aCustomerLimitsHimselfToHisDevicesAndOpensOnlyAfterADay() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        String token = owner.enrol(customer).tokens().access();

        HttpResponse<String> made = own(owner, token, "POST", "", own("ALLOW", "KNOWN_DEVICE", ""));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode rule = JSON.readTree(made.body()).path(0);
        world.awaitTold(customer, OWN_TOLD);
        Visitor stranger = world.visitor(Origin.OSAKA_MOBILE);
        awaitKind(() -> stranger.logIn(customer), Kind.REFUSED);

        HttpResponse<String> lockOut = own(owner, token, "POST", "", own("DENY", "NETWORK", "114.164.0.0/16"));
        assertThat(lockOut.statusCode()).isEqualTo(409);

        HttpResponse<String> opening = own(owner, token, "POST", "", own("ALLOW", "COUNTRY", "DE"));
        assertThat(opening.statusCode()).isEqualTo(201);
        assertThat(Instant.parse(
                        JSON.readTree(opening.body()).path(0).path("from").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));

        HttpResponse<String> ended =
                own(owner, token, "DELETE", "/" + rule.path("id").asText(), "");
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
        assertThat(Instant.parse(JSON.readTree(ended.body()).path("until").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));
        assertThat(JSON.readTree(own(owner, token, "GET", "", "").body())).hasSize(2);
        // JP25-9: what opens must not hide behind the notice of what closed just before.
        World.await(
                "told of each of three",
                () -> world.mailsTo(customer).stream()
                                .filter(mail -> mail.subject().contains(OWN_TOLD))
                                .count()
                        == 3);
        assertThat(stranger.logIn(customer).kind()).isEqualTo(Kind.REFUSED);
        // The known device passes; its password must be changed because a stranger knew it.
        assertThat(owner.logIn(customer).kind()).isEqualTo(Kind.NEW_PASSWORD);
    }

    @Test
    void aCustomerChangesNothingWithoutAFreshStepUp() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        owner.enrol(customer);
        HighRiskIT.alwaysAtHomeInTokyo(world, customer);
        Page in = owner.logIn(customer);
        assertThat(in.kind()).isEqualTo(Kind.APP);
        String weak = in.tokens().access();

        HttpResponse<String> refused = own(owner, weak, "POST", "", own("ALLOW", "KNOWN_DEVICE", ""));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("step-up-required", "urn:sekisho:acr:mfa");
        assertThat(own(owner, weak, "GET", "", "").statusCode()).isEqualTo(200);
        // His own limits he tightens in any session: that only protects.
        assertThat(limits(owner, weak, true).statusCode()).isEqualTo(200);
        HttpResponse<String> loosening = limits(owner, weak, false);
        assertThat(loosening.statusCode()).isEqualTo(403);
        assertThat(loosening.body()).contains("step-up-required", "urn:sekisho:acr:mfa");

        // The same session, after another factor.
        Page stepped = owner.openLogin(Map.of("claims", """
                        {"id_token": {"acr": {"essential": true, "values": ["urn:sekisho:acr:mfa"]}}}"""))
                .password(customer.username(), customer.password())
                .otp(world.otp(customer, 1));
        String strong = stepped.tokens().access();
        HttpResponse<String> made = own(owner, strong, "POST", "", own("ALLOW", "KNOWN_DEVICE", ""));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode loosened = JSON.readTree(limits(owner, strong, false).body());
        assertThat(loosened.path("withdrawalsOff").asBoolean())
                .as("after a day")
                .isTrue();
        assertThat(loosened.at("/pending/withdrawalsOff").asBoolean(true)).isFalse();
        assertThat(Instant.parse(loosened.at("/pending/from").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));
        assertThat(limits(owner, weak, false).statusCode())
                .as("nothing more opens by it")
                .isEqualTo(200);
        assertThat(JSON.readTree(limits(owner, weak, true).body()).has("pending"))
                .as("taken back in any session")
                .isFalse();
        assertThat(limits(owner, weak, false).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> limits(Visitor visitor, String token, boolean withdrawalsOff) {
        return visitor.call("PUT", world.base().resolve("/realms/broker/sekisho/account/limits"), token, """
                {"withdrawalsOff": %s, "accountsOff": false, "dailyAmount": null, "eachOrder": false}""".formatted(
                        withdrawalsOff));
    }

    @Test
    void officersLogInByPasskeyOnlyAndUnderTheirOwnRules() throws Exception {
        Customer officer = world.customer();
        String administrator = administratorsCertificate();
        String caller = world.officerToken();
        String approver = world.officer("sekisho-approver").token();
        try (BrowserVisitor visitor = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            visitor.enrolPasskey(officer);
            JsonNode role = world.admin().get(World.realm("/roles/sekisho-officer"));
            world.admin().post(World.realm("/users/" + world.id(officer) + "/role-mappings/realm"), List.of(role));

            // Password and code do not suffice, on the known device neither.
            visitor.browser().layPasskeysAside();
            visitor.logIn(officer);
            assertThat(visitor.browser().shows("#authenticateWebAuthnButton")).isTrue();
            visitor.browser().holdPasskeys();
            visitor.openLogin(Map.of());
            visitor.inApp();

            HttpResponse<String> asked =
                    officer(caller, "POST", "", rule("OFFICERS", "", "ALLOW", "NETWORK", Origin.TOKYO_HOME.address()));
            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
            String id = made(approve(approver, JSON.readTree(asked.body())));
            try {
                visitor.comeFrom(Origin.OSAKA_MOBILE);
                World.await("the rule is in force", () -> {
                    visitor.openLogin(Map.of());
                    // The passkey answers by itself; until the rule is in force it lets him in.
                    visitor.browser().await("an answer", () -> answered(visitor.browser()) ? true : null);
                    return visitor.browser().text().contains(REFUSED)
                            && world.event(officer)
                                    .path("details")
                                    .path("sekisho_outcome")
                                    .asText()
                                    .equals("DENY");
                });
                assertThat(world.certificateLogin(administrator, Origin.OSAKA_MOBILE)
                                .text())
                        .contains(REFUSED);
                assertThat(world.certificateLogin(administrator, Origin.TOKYO_HOME)
                                .kind())
                        .isEqualTo(Kind.APP);
                // Customers are none of its business.
                assertThat(world.visitor(Origin.TOKYO_HOME)
                                .enrol(world.customer())
                                .kind())
                        .isEqualTo(Kind.APP);
            } finally {
                opened(caller, approver, id);
            }
        }
    }

    /** Whose right comes of a role within a role of a group; the password and the code that let him in before do no more, nor does his session. */
    private String administratorsCertificate() throws Exception {
        Customer customer = world.customer();
        App app = SessionIT.publicApp(world, "help-desk-app");
        Visitor home = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        App.Tokens tokens = home.enrol(customer).tokens();
        assertThat(home.openLogin().kind()).isEqualTo(Kind.APP);
        String management = World.realm("/clients/"
                + world.admin()
                        .get(World.realm("/clients?clientId=realm-management"))
                        .path(0)
                        .path("id")
                        .asText());
        JsonNode right = world.admin().get(management + "/roles/view-users");
        world.admin().post(World.realm("/roles"), Map.of("name", "help-desk"));
        world.admin().post(World.realm("/roles/help-desk/composites"), List.of(right));
        world.admin().post(World.realm("/groups"), Map.of("name", "help-desk"));
        String group = World.realm("/groups/"
                + world.admin()
                        .get(World.realm("/groups?search=help-desk"))
                        .path(0)
                        .path("id")
                        .asText());
        world.admin().post(group + "/role-mappings/realm", List.of(world.admin().get(World.realm("/roles/help-desk"))));
        world.admin().put(World.realm("/users/" + world.id(customer) + group.replace(World.realm(""), "")), Map.of());
        HttpResponse<String> refreshed = app.refresh(tokens.refresh());
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(400);
        assertThat(home.openLogin().kind()).as("single sign-on").isEqualTo(Kind.PASSWORD);
        assertThat(home.logIn(customer).text()).contains(REFUSED);
        return world.authority().issue(customer.username());
    }

    private boolean answered(Browser browser) {
        return browser.text().contains(REFUSED)
                || browser.url().startsWith(world.app().callback());
    }

    @FunctionalInterface
    interface Try {
        Page login() throws Exception;
    }

    /** Logs in until it ends so, however slow this machine's logins are. */
    static Page awaitKind(Try attempt, Kind kind) throws Exception {
        Instant from = Instant.now();
        Page page = attempt.login();
        while (page.kind() != kind) {
            assertThat(Duration.between(from, Instant.now()))
                    .as(page.toString())
                    .isLessThan(EVENTUALLY);
            page = attempt.login();
        }
        return page;
    }

    /** What a node says of the changes of rules: their number, and seconds from the change to its effect, of all together. */
    private record Lag(double changes, double seconds) {

        static Lag of(KeycloakServer node) {
            return new Lag(
                    World.metric(node, "sekisho_access_lag_seconds_count"),
                    World.metric(node, "sekisho_access_lag_seconds_sum"));
        }

        /** No change since then took longer. */
        Duration since(Lag before) {
            assertThat(changes).as("changes in effect").isGreaterThan(before.changes);
            return Duration.ofMillis(Math.round((seconds - before.seconds) * 1_000));
        }
    }

    static String rule(String scope, String of, String effect, String match, String value) {
        return """
                {"scope": "%s", "of": "%s", "effect": "%s", "match": "%s", "values": ["%s"], "expires": null,
                 "reason": "攻撃元"}""".formatted(scope, of, effect, match, value);
    }

    static String own(String effect, String match, String value) {
        return """
                {"effect": "%s", "match": "%s", "values": ["%s"], "strict": false, "expires": null}""".formatted(effect, match, value);
    }

    private static String made(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path(0).path("id").asText();
    }

    private HttpResponse<String> own(Visitor visitor, String token, String method, String path, String body) {
        return visitor.call(method, world.base().resolve(OWN + path), token, body);
    }

    /** Ends a rule that closes: one officer asks, another one approves. */
    private void opened(String officer, String id) throws Exception {
        opened(officer, world.officer("sekisho-approver").token(), id);
    }

    private void opened(String officer, String approver, String id) throws Exception {
        HttpResponse<String> asked = officer(officer, "DELETE", "/" + id + "?reason=done", "");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        HttpResponse<String> approved = approve(approver, JSON.readTree(asked.body()));
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(204);
    }

    private HttpResponse<String> approve(String token, JsonNode proposal) throws Exception {
        return PolicyDesk.asOfficer(
                world, token, "POST", "/proposals/" + proposal.path("id").asText() + "/approve", "{\"reason\":\"承認\"}");
    }

    /** From the firm's house. */
    private HttpResponse<String> officer(String token, String method, String path, String body) throws Exception {
        return PolicyDesk.asOfficer(world, token, method, "/access-rules" + path, body);
    }
}
