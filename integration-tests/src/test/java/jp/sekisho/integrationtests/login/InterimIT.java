package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords for a while: the page that asks for a passkey, what is put off, and who is exempt. */
// JP25-4, JP25-5
@LoginTest
class InterimIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    private static final Map<String, String> REGISTER = Map.of("kc_action", "webauthn-register-passwordless");
    private static final String PAGE = "#sekisho-enrol-form";
    private static final String LATER = "#sekisho-enrol-later";

    private final World world;

    InterimIT(World world) {
        this.world = world;
    }

    @Test
    void aPasskeyIsPutOffAsOftenAsThePolicySaysAndNoMore() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        assertThat(home.enrol(customer).kind()).isEqualTo(Kind.APP);

        world.during("changes", stages(2, "POSTPONABLE"), () -> {
            Page asked = home.logIn(customer);
            assertThat(asked.shows(PAGE)).as(asked.toString()).isTrue();
            assertThat(asked.document().select("#sekisho-schedule li").eachText())
                    .hasSize(3)
                    .element(0)
                    .asString()
                    .contains("（現在）");
            assertThat(asked.text()).contains("あと2回");
            Page in = answer(asked, "later");
            assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
            String token = in.tokens().access();
            JsonNode schedule = JSON.readTree(schedule(token).body());
            assertThat(schedule.path("standing").asText()).isEqualTo("postponable");
            assertThat(schedule.at("/postponements/left").asInt()).isEqualTo(1);
            assertThat(schedule.at("/postponements/lastDay").asText())
                    .isEqualTo(TODAY.plusDays(9).toString());
            assertThat(schedule.path("stages")).hasSize(3);
            assertThat(schedule.at("/stages/0/current").asBoolean()).isTrue();
            assertThat(home.openLogin().kind())
                    .as("a session that goes on asks for nothing")
                    .isEqualTo(Kind.APP);

            assertThat(answer(home.logIn(customer), "later").kind()).isEqualTo(Kind.APP);

            Page must = home.logIn(customer);
            assertThat(must.shows(PAGE)).isTrue();
            assertThat(must.shows(LATER)).isFalse();
            Page refused = answer(must, "later");
            assertThat(refused.code()).isEmpty();
            assertThat(refused.text()).contains("これ以上見送ることはできません");
        });
        assertThat(world.tables().evidence(world.realmId(), "POSTPONEMENT"))
                .filteredOn(record -> record.contains("\"left\":\"0\"") || record.contains("\"left\":\"1\""))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(home.logIn(customer).kind()).as("no stage, no page").isEqualTo(Kind.APP);
    }

    @Test
    void theSameLoginSentManyTimesAtOnceUsesUpNoMoreThanThereIs() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        world.during("changes", stages(3, "POSTPONABLE"), () -> {
            List<Page> pages = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Page asked = home.logIn(customer);
                assertThat(asked.shows(LATER)).isTrue();
                pages.add(asked.inFrontOf(home.copy()));
            }
            List<Page> answers = AtOnce.post(pages, page -> answer(page, "later"));
            assertThat(answers).filteredOn(page -> page.kind() == Kind.APP).hasSize(3);
        });
    }

    @Test
    void whoMustRegisterDoesNotGetAroundItByGivingUp() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        world.during("changes", stages(2, "REQUIRED"), () -> {
            home.forgetSession();
            Page asked = home.openLogin(REGISTER)
                    .password(customer.username(), customer.password())
                    .otp(world.otp(customer, 1));
            assertThat(asked.shows(PAGE)).as(asked.toString()).isTrue();
            Page registration = answer(asked, "register");
            assertThat(registration.shows("#registerWebAuthn"))
                    .as(registration.toString())
                    .isTrue();
            assertThat(registration.shows("[name=cancel-aia]")).isFalse();
            Page again = registration.submit("form", Map.of("cancel-aia", "true"));
            assertThat(again.code()).as(again.toString()).isEmpty();
            assertThat(home.logIn(customer).shows(PAGE)).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void whoRegistersIsNotAskedAgain(String locale) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        Map<String, String> language = Map.of("ui_locales", locale);
        world.during("changes", stages(3, "POSTPONABLE"), () -> {
            try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
                Browser browser = owner.browser();
                owner.logIn(customer, customer.password(), language);
                owner.giveOtp(world.otp(customer, 0));
                owner.remember();
                assertThat(browser.shows(LATER)).as(browser.text()).isTrue();
                Pictures.take(owner, locale, "enrol-passkey");
                browser.holdPasskeys();
                browser.follow("#sekisho-enrol-register");
                browser.click("#registerWebAuthn");
                browser.acceptPrompt();
                String access = world.app().exchange(owner.inApp()).access();
                JsonNode schedule = JSON.readTree(schedule(access).body());
                assertThat(schedule.path("standing").asText()).isEqualTo("none");

                // The password on the known device, though he holds a passkey: what the profile asks, and no page.
                browser.layPasskeysAside();
                owner.logIn(customer, customer.password(), language);
                assertThat(owner.inApp()).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void thePageThatDoesNotLetGoFitsASmallScreen(String locale) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        world.during("changes", stages(3, "REQUIRED"), () -> {
            try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
                owner.logIn(customer, customer.password(), Map.of("ui_locales", locale));
                owner.giveOtp(world.otp(customer, 0));
                owner.remember();
                assertThat(owner.browser().shows(PAGE)).isTrue();
                assertThat(owner.browser().shows(LATER)).isFalse();
                Pictures.take(owner, locale, "enrol-passkey-required");
            }
        });
    }

    @Test
    void anExemptionNeedsTwoOfficersIsRecordedAndToldAndEndsIntoEnrolment() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        String access = home.enrol(customer).tokens().access();
        String path = "/customers/" + world.id(customer) + "/exemption";
        Officer proposer = officer("sekisho-officer", "sekisho-approver");
        Officer approver = officer("sekisho-approver");
        long before = exempt(proposer);

        HttpResponse<String> proposed = proposer.post(path, request("TOTP", Duration.ofDays(200)));
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        String id = JSON.readTree(proposed.body()).at("/proposed/id").asText();
        assertThat(proposer.post(path, request("TOTP", Duration.ofDays(10))).statusCode())
                .isEqualTo(409);
        assertThat(standing(access)).isEqualTo("none");

        String approval = JSON.createObjectNode().put("id", id).toString();
        assertThat(proposer.post(path + "/approve", approval).statusCode())
                .as("his own")
                .isEqualTo(403);
        assertThat(approver.post(path + "/approve", "{\"id\":\"another\"}").statusCode())
                .isEqualTo(409);
        HttpResponse<String> approved = approver.post(path + "/approve", approval);
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(204);
        assertThat(approver.post(path + "/approve", approval).statusCode()).isEqualTo(409);

        JsonNode view = JSON.readTree(approver.get(path).body());
        assertThat(view.has("proposed")).isFalse();
        assertThat(view.at("/granted/open").asBoolean()).isTrue();
        assertThat(view.at("/granted/terms/textVersion").asText()).isEqualTo("2026-04");
        assertThat(view.at("/granted/approvedBy").asText()).isEqualTo(approver.id());
        assertThat(exempt(proposer)).isEqualTo(before + 1);
        assertThat(standing(access)).isEqualTo("exempt");
        world.awaitTold(customer, "パスキーの登録を免除したお知らせ");
        assertThat(records(id, "PROPOSED")).hasSize(1);
        assertThat(records(id, "GRANTED"))
                .singleElement()
                .asString()
                .contains(proposer.id(), approver.id(), "視覚の障がい", "2026-04", "TOTP")
                .doesNotContain(world.id(customer));
        World.await("the metric", () -> metrics().matches("(?s).*sekisho_exemptions\\{realm=\"broker\"[^}]*} [1-9].*"));
        assertThat(home.logIn(customer).kind()).as("on a known device as well").isEqualTo(Kind.OTP);

        // Its day comes.
        world.tables().exemptedEarlier(world.realmId(), world.id(customer), Duration.ofDays(201));
        Page lapsed = home.logIn(customer).otp(world.otp(customer, 1));
        assertThat(lapsed.shows(PAGE)).as(lapsed.toString()).isTrue();
        assertThat(lapsed.shows(LATER)).isFalse();
        assertThat(lapsed.text()).contains("免除する期間が終了");
        assertThat(answer(lapsed, "register").shows("#registerWebAuthn")).isTrue();
        world.awaitTold(customer, "パスキーの登録の免除が終了したお知らせ");
        assertThat(records(id, "EXPIRED")).hasSize(1);
        assertThat(exempt(proposer)).isEqualTo(before);
        assertThat(proposer.post(path + "/end", "{\"reason\":\"終了済み\"}").statusCode())
                .isEqualTo(409);
    }

    @Test
    void anOfficerEndsAnExemptionAndWithdrawsAProposal() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        String path = "/customers/" + world.id(customer) + "/exemption";
        Officer proposer = officer("sekisho-officer");
        Officer approver = officer("sekisho-approver");
        String id = proposed(proposer, path);
        assertThat(approver.post(path + "/approve", "{\"id\":\"" + id + "\"}").statusCode())
                .isEqualTo(204);
        String renewal = proposed(proposer, path);

        assertThat(approver.post(path + "/end", "{\"reason\":\"パスキーを使える\"}").statusCode())
                .as("not his role")
                .isEqualTo(403);
        assertThat(proposer.post(path + "/end", "{}").statusCode()).isEqualTo(400);
        assertThat(proposer.post(path + "/end", "{\"reason\":\"パスキーを使える\"}").statusCode())
                .isEqualTo(204);

        world.awaitTold(customer, "パスキーの登録の免除が終了したお知らせ");
        assertThat(records(renewal, "WITHDRAWN")).hasSize(1);
        assertThat(records(id, "ENDED")).singleElement().asString().contains("パスキーを使える", proposer.id());
        assertThat(approver.post(path + "/approve", "{\"id\":\"" + renewal + "\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(home.logIn(customer).otp(world.otp(customer, 1)).shows(PAGE)).isTrue();
    }

    @Test
    void whoIsExemptComesInWithHisOtherFactor() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        String path = "/customers/" + world.id(customer) + "/exemption";
        String id = proposed(officer("sekisho-officer"), path);
        officer("sekisho-approver").post(path + "/approve", "{\"id\":\"" + id + "\"}");
        world.during("changes", stages(0, "REQUIRED"), () -> {
            Page in = home.logIn(customer).otp(world.otp(customer, 1));
            assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        });
    }

    @Test
    void whatThePolicyDoesNotPermitIsRefused() throws Exception {
        Customer customer = world.customer();
        Officer proposer = officer("sekisho-officer");
        String path = "/customers/" + world.id(customer) + "/exemption";
        for (String body : List.of(
                request("TOTP", Duration.ofDays(500)),
                request("TOTP", Duration.ofSeconds(-1)),
                request("MAIL", Duration.ofDays(10)),
                request("TOTP", Duration.ofDays(10)).replace("2026-04", " "),
                request("TOTP", Duration.ofDays(10)).replace("視覚の障がい", ""),
                "{}",
                "[")) {
            HttpResponse<String> refused = proposer.post(path, body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        Customer without = world.customerWithoutApp();
        assertThat(proposer.post("/customers/" + world.id(without) + "/exemption", request("TOTP", Duration.ofDays(10)))
                        .statusCode())
                .as("a password would be all that he shows")
                .isEqualTo(409);
        assertThat(proposer.post("/customers/" + proposer.id() + "/exemption", request("TOTP", Duration.ofDays(10)))
                        .statusCode())
                .as("himself")
                .isEqualTo(403);
        assertThat(officer().post(path, request("TOTP", Duration.ofDays(10))).statusCode())
                .as("no officer")
                .isEqualTo(403);
        assertThat(officer().get("/exemptions").statusCode()).isEqualTo(403);
        assertThat(schedule("").statusCode()).isEqualTo(401);
    }

    private String proposed(Officer proposer, String path) throws Exception {
        HttpResponse<String> proposed = proposer.post(path, request("TOTP", Duration.ofDays(30)));
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        return JSON.readTree(proposed.body()).at("/proposed/id").asText();
    }

    private static String request(String mfa, Duration until) {
        return JSON.createObjectNode()
                .put("reason", "視覚の障がい")
                .put("alternativeMfa", mfa)
                .put(
                        "expires",
                        Instant.now()
                                .plus(until)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .put("textVersion", "2026-04")
                .toString();
    }

    /** A stage that began today, and what follows it. */
    static String stages(int postponements, String ask) {
        ObjectNode migration = JSON.createObjectNode();
        ArrayNode stages = migration
                .putObject("migration")
                .put("postponements", postponements)
                .putArray("stages");
        stages.add(stage(TODAY, ask));
        if (!ask.equals("REQUIRED")) {
            stages.add(stage(TODAY.plusDays(10), "REQUIRED"));
        }
        stages.add(stage(TODAY.plusDays(20), "CLOSED"));
        return migration.toString();
    }

    private static ObjectNode stage(LocalDate from, String ask) {
        return JSON.createObjectNode()
                .put("from", from.toString())
                .put("ask", ask)
                .put("whom", "EVERYBODY");
    }

    private static Page answer(Page asked, String answer) {
        return asked.submit(PAGE, Map.of("answer", answer));
    }

    private List<String> records(String exemption, String result) throws Exception {
        return world.tables().evidence(world.realmId(), "EXEMPTION").stream()
                .filter(record -> record.contains(exemption) && record.contains("\"result\":\"" + result + '"'))
                .toList();
    }

    private static long exempt(Officer officer) throws Exception {
        HttpResponse<String> rate = officer.get("/exemptions");
        assertThat(rate.statusCode()).as(rate.body()).isEqualTo(200);
        JsonNode figures = JSON.readTree(rate.body());
        assertThat(figures.path("active").asLong()).isPositive();
        assertThat(figures.path("share").asDouble())
                .isEqualTo(figures.path("exempt").asDouble()
                        / figures.path("active").asDouble());
        return figures.path("exempt").asLong();
    }

    private String standing(String access) throws Exception {
        return JSON.readTree(schedule(access).body()).path("standing").asText();
    }

    private HttpResponse<String> schedule(String access) throws Exception {
        return send(HttpRequest.newBuilder(world.base().resolve("/realms/broker/sekisho/account/schedule"))
                .header("Authorization", "Bearer " + access)
                .GET());
    }

    private String metrics() {
        try {
            return send(HttpRequest.newBuilder(URI.create(world.keycloak().management() + "/metrics")))
                    .body();
        } catch (Exception unreachable) {
            throw new IllegalStateException(unreachable);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Logs in as everybody does, at a client whose scope has these roles. */
    private Officer officer(String... roles) throws Exception {
        World.Officer officer = world.officer(roles);
        return new Officer(officer.id(), officer.token(), world.keycloak().base());
    }

    private record Officer(String id, String token, URI server) {

        HttpResponse<String> get(String path) throws Exception {
            return send(request(path).GET());
        }

        HttpResponse<String> post(String path, String body) throws Exception {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(server.resolve(World.realm("/sekisho" + path)))
                    .header("Authorization", "Bearer " + token);
        }
    }
}
