package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.Admin.Refused;
import jp.sekisho.stack.postgres.PostgresServer;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Who somebody is: what the back office verified, what a letter proves, and what must never be typed. */
// FFAJ-1.1-S1, FFAJ-1.1-S2, FFAJ-1.1-B2
@LoginTest
class IdentityIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String NO_CODE = "2345-6789-ABCD";
    private static final String LETTER_FORM = "#sekisho-letter-form";
    private static final String VERIFIED = "本人確認が完了したお知らせ";

    private final World world;

    IdentityIT(World world) {
        this.world = world;
    }

    // FFAJ-2.2-S1
    @Test
    void whatTheBackOfficeVerifiedIsRecordedToldAndSealedUnderANewKeyToo() throws Exception {
        Customer customer = world.customer();
        String officer = world.officerToken();
        String reference = "KYC-SHIBUYA-000123";

        Instant verifiedAt = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);
        HttpResponse<String> recorded = as(officer, "POST", identity(customer), entry("EKYC", reference, verifiedAt));
        assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);
        assertThat(json(recorded).path("reference").asText()).isEqualTo(reference);
        JsonNode seen = json(as(officer, "GET", identity(customer), ""));
        assertThat(seen.path("verified").asBoolean()).isTrue();
        assertThat(seen.at("/records/0/reference").asText()).isEqualTo(reference);
        assertThat(seen.at("/records/0/evidenceSha256").asText()).isEqualTo(DIGEST);
        assertThat(seen.at("/records/0/verifiedAt").asText()).isEqualTo(verifiedAt.toString());
        String id = seen.at("/records/0/id").asText();
        world.awaitTold(customer, VERIFIED);
        assertThat(world.tables().evidence(world.realmId(), "IDENTITY"))
                .anyMatch(record -> record.contains(id) && record.contains(DIGEST) && record.contains("EKYC"));

        assertThat(tablesWith(reference)).as("in clear").isEmpty();
        assertThat(stored(id)).matches("[a-z]+:[A-Za-z0-9+/=]+").doesNotStartWith("rotated:");

        world.keys().rotateTo("rotated");
        World.await("the new key seals the old row", () -> stored(id).startsWith("rotated:"));
        assertThat(json(as(officer, "GET", identity(customer), ""))
                        .at("/records/0/reference")
                        .asText())
                .isEqualTo(reference);
        assertThat(tablesWith(reference)).as("in clear").isEmpty();
    }

    @Test
    void onlyAnOfficerRecordsAndNeverHimself() throws Exception {
        Customer customer = world.customer();
        assertThat(as("", "POST", identity(customer), entry("EKYC", "x")).statusCode())
                .isEqualTo(401);
        String himself =
                world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens().access();
        for (String path : new String[] {identity(customer), postalCode(customer)}) {
            assertThat(as(himself, "POST", path, "{}").statusCode()).isEqualTo(403);
        }
        assertThat(as(himself, "GET", identity(customer), "").statusCode()).isEqualTo(403);

        World.Officer officer = world.officer("sekisho-officer");
        String own = "/customers/" + officer.id();
        assertThat(as(officer.token(), "POST", own + "/identity", entry("EKYC", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(officer.token(), "POST", own + "/postal-code", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    // FFAJ-2.2-S4
    @Test
    void whatIsNoRecordIsRefused() throws Exception {
        Customer customer = world.customer();
        String officer = world.officerToken();
        for (String body : new String[] {
            "",
            "{}",
            entry("POSTAL_CODE", "x"),
            entry("PIGEON", "x"),
            entry("EKYC", ""),
            entry("EKYC", "x".repeat(201)),
            entry("EKYC", "1234-5678-9018"),
            entry("EKYC", "x").replace(DIGEST, DIGEST.substring(1)),
            entry("EKYC", "x").replace("verifiedAt", "at"),
            entry("EKYC", "x", Instant.now().plus(Duration.ofHours(1))),
            entry("EKYC", "x", Instant.now().minus(Duration.ofDays(366)))
        }) {
            HttpResponse<String> refused = as(officer, "POST", identity(customer), body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        HttpResponse<String> unlock = as(
                officer, "POST", "/customers/" + world.id(customer) + "/unlock", "{\"reason\":\"番号 １２３４　５６７８　９０１８\"}");
        assertThat(unlock.statusCode()).isEqualTo(400);
        assertThat(unlock.body()).contains("My Number").doesNotContain("5678");
        assertThat(json(as(officer, "GET", identity(customer), ""))
                        .path("verified")
                        .asBoolean(true))
                .isFalse();
    }

    // FFAJ-2.2-S4
    @Test
    void noAttributeOfACustomerTakesAnIndividualNumber() {
        Customer customer = world.customer();
        String path = World.realm("/users/" + world.id(customer));
        for (String attribute : new String[] {"customerNumber", "lastNameKana"}) {
            ObjectNode user = world.user(customer).deepCopy();
            user.withObject("/attributes").putArray(attribute).add("1234-5678-9018");
            assertThatThrownBy(() -> world.admin().put(path, user)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.getMessage()).contains("sekisho-individual-number");
            });
        }
        ObjectNode user = world.user(customer).deepCopy();
        user.withObject("/attributes").putArray("customerNumber").add("1234-5678-9017");
        world.admin().put(path, user);
    }

    @Test
    void theCodeOfTheLetterVerifiesOnceAndMayBePutOff() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        String officer = world.officerToken();
        String code = issue(officer, customer);
        assertThat(code).matches("([2-9A-HJ-NP-Y]{4}-){2}[2-9A-HJ-NP-Y]{4}");
        world.awaitTold(customer, "確認コードの書面をお送りするお知らせ");
        assertThat(tablesWith(code)).isEmpty();
        assertThat(tablesWith(code.replace("-", ""))).isEmpty();

        Page asked = owner.logIn(customer);
        assertThat(asked.kind()).isEqualTo(Kind.POSTAL_CODE);
        assertThat(asked.submit("#sekisho-postal-code-form", Map.of("later", "true"))
                        .kind())
                .as("the letter is not there yet")
                .isEqualTo(Kind.APP);

        Page waiting = owner.logIn(customer).inFrontOf(owner.copy());
        Page again = owner.logIn(customer);
        Page wrong = typed(again, NO_CODE);
        assertThat(wrong.kind()).isEqualTo(Kind.POSTAL_CODE);
        assertThat(wrong.text()).contains("確認コードが正しくありません");
        Page right = typed(wrong, code.toLowerCase(Locale.ROOT));
        assertThat(right.kind()).as(right.toString()).isEqualTo(Kind.APP);
        world.awaitTold(customer, VERIFIED);
        JsonNode seen = json(as(officer, "GET", identity(customer), ""));
        assertThat(seen.at("/records/0/method").asText()).isEqualTo("POSTAL_CODE");
        assertThat(seen.path("postalCode").isObject()).as("used").isFalse();

        assertThat(owner.logIn(customer).kind()).as("not asked again").isEqualTo(Kind.APP);
        assertThat(typed(waiting, code).text()).contains("ご利用いただけなくなっております");
        owner.forgetSession();
        Page nothing = owner.openLogin(Map.of("kc_action", "sekisho-postal-code"))
                .password(customer.username(), customer.password());
        assertThat(nothing.kind()).as("no letter is awaited").isNotEqualTo(Kind.POSTAL_CODE);
    }

    /** Who has the customer's password alone takes nobody's letter away. */
    @Test
    void wrongOnesUseUpNothingButEndTheAskingInALoginAndAreToldToTheDesk() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor("203.0.113.71", Visitor.CHROME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        String officer = world.officerToken();
        String code = issue(officer, customer);
        int heard = alarms();
        Page page = owner.logIn(customer);
        for (int wrong = 1; wrong < 5; wrong++) {
            page = typed(page, NO_CODE);
            assertThat(page.kind()).as(page.text()).isEqualTo(Kind.POSTAL_CODE);
        }
        assertThat(typed(page, NO_CODE).kind()).as("asked at the next login").isEqualTo(Kind.APP);

        List<Page> forms = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Page asked = owner.logIn(customer);
            forms.add(asked.inFrontOf(owner.copy().forgetDevice()));
        }
        List<Page> answers = AtOnce.post(forms, form -> typed(form, NO_CODE));
        assertThat(answers).extracting(Page::kind).containsOnly(Kind.POSTAL_CODE);
        int looked = (int) answers.stream().filter(answer -> !waits(answer)).count();
        // Ten, and one more each time that the machine was slower than a wait.
        assertThat(looked).isBetween(10, 12);
        assertThat(json(as(officer, "GET", identity(customer), ""))
                        .at("/postalCode/tries")
                        .asInt())
                .as("each that was looked at is counted")
                .isEqualTo(5 + looked);
        assertThat(world.tables().tries(world.realmId(), "letter"))
                .as("of one source, none is lost between two at once; of a device of his")
                .contains(looked, 5);
        assertThat(alarms() - heard).as("of one source, and of one customer").isBetween(1, 2);
        world.tables().waitsUntil(world.realmId(), "letter", Instant.now().plusSeconds(3600));
        assertThat(waits(typed(answers.get(0), code)))
                .as("nothing is looked at")
                .isTrue();
        assertThat(typed(owner.logIn(customer), code).kind())
                .as("the right one serves, and on a device of his he waits for no stranger")
                .isEqualTo(Kind.APP);
        assertThat(json(as(officer, "GET", identity(customer), ""))
                        .path("verified")
                        .asBoolean())
                .isTrue();
    }

    /** What was counted is committed before the answer, and so is the alarm of it. */
    @Test
    void theAlarmOfWrongOnesStaysWhereTheirRequestIsUndone() throws Exception {
        Visitor stranger = world.visitor("203.0.113.73", Visitor.CHROME);
        Page wrong = letterOfNobody(stranger);
        world.tables().triedBefore(world.realmId(), "letter", 9);
        int heard = alarms();
        world.tables()
                .withoutEvents(
                        world.realmId(),
                        () -> assertThat(wrong.submit(LETTER_FORM, Map.of("code", NO_CODE))
                                        .status())
                                .as("the request is undone")
                                .isEqualTo(500));
        assertThat(world.tables().tries(world.realmId(), "letter")).contains(10);
        assertThat(alarms() - heard).isEqualTo(1);
    }

    private static Page letterOfNobody(Visitor visitor) {
        return visitor.openLogin()
                .follow("a[href*=reset-credentials]")
                .submit("#sekisho-reset-name-form", Map.of("username", "nobody-with-a-letter", "letter", "true"))
                .submit(LETTER_FORM, Map.of("code", NO_CODE));
    }

    private static boolean waits(Page page) {
        return page.text().contains("1分ほどお待ち");
    }

    private int alarms() throws Exception {
        return world.tables().alarmsOfASource(world.realmId(), "letters-tried");
    }

    private static Page typed(Page page, String code) {
        return page.submit("#sekisho-postal-code-form", Map.of("code", code));
    }

    private String issue(String officer, Customer customer) throws Exception {
        HttpResponse<String> issued = as(officer, "POST", postalCode(customer), "{\"reason\":\"住所変更\"}");
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        return json(issued).path("code").asText();
    }

    private String identity(Customer customer) {
        return "/customers/" + world.id(customer) + "/identity";
    }

    private String postalCode(Customer customer) {
        return "/customers/" + world.id(customer) + "/postal-code";
    }

    private static String entry(String method, String reference) {
        return entry(method, reference, Instant.now());
    }

    private static String entry(String method, String reference, Instant verifiedAt) {
        return "{\"method\":\"%s\",\"reference\":\"%s\",\"evidenceSha256\":\"%s\",\"verifiedAt\":\"%s\"}"
                .formatted(method, reference, DIGEST, verifiedAt);
    }

    private String stored(String id) {
        try (Connection connection = PostgresServer.connect(world.database());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select reference from sekisho_identity where id = '" + id + "'")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All tables of the database, Keycloak's own included, in which a text stands. */
    private List<String> tablesWith(String text) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(world.database());
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).contains("sekisho_identity", "sekisho_postal_code", "admin_event_entity");
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery(
                        "select count(*) from " + table + " t where t::text like '%" + text + "%'")) {
                    rows.next();
                    if (rows.getLong(1) > 0) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }

    private HttpResponse<String> as(String token, String method, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(world.keycloak().base().resolve(World.realm("/sekisho" + path)))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }
}
