package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Whether each login is told is the customer's choice; what matters more is not. */
// FFAJ-1.2-S2, JP25-9
@LoginTest
class NoticeChoiceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGIN_NOTICE = "【関所証券】ログインのお知らせ";

    private final World world;

    NoticeChoiceIT(World world) {
        this.world = world;
    }

    @Test
    void whoDoesNotWantToBeToldOfEachLoginIsToldOfWhatMattersMoreOnly() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        String token = home.enrol(customer).tokens().access();
        world.subjects(customer, 1);

        JsonNode before = JSON.readTree(notices(token).body());
        assertThat(before.at("/login/wanted").asBoolean()).isTrue();
        assertThat(before.at("/login/mayChoose").asBoolean()).isTrue();
        assertThat(before.at("/new-device/mayChoose").asBoolean(true)).isFalse();

        HttpResponse<String> changed = choose(token, "{\"login\": false}");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(changed.body()).at("/login/wanted").asBoolean(true))
                .isFalse();

        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.APP);
        // Told of later, on another device: so the worker has passed the login on the known one.
        Visitor elsewhere = world.visitor(Origin.LAGOS.address(), Visitor.SAFARI);
        elsewhere.enrol(customer, 1);
        world.subjects(customer, 2);
        assertThat(world.mailsTo(customer)).extracting(Mail::subject).doesNotContain(LOGIN_NOTICE);
    }

    @Test
    void whoHasShownNothingButAPasswordSwitchesOnButNotOff() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        assertThat(home.enrol(customer).kind()).isEqualTo(Kind.APP);
        String token = home.logIn(customer).tokens().access();
        HttpResponse<String> silenced = choose(token, "{\"login\": false}");
        assertThat(silenced.statusCode()).isEqualTo(403);
        assertThat(silenced.body()).contains("step-up-required");
        assertThat(choose(token, "{\"login\": true}").statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(notices(token).body()).at("/login/wanted").asBoolean())
                .isTrue();
    }

    @Test
    void whatMayNotBeSwitchedOffCannotBe() throws Exception {
        Customer customer = world.customer();
        String token = world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens().access();
        for (String body : new String[] {
            "{\"new-device\": false}", "{\"lock\": false}", "{\"login\": \"no\"}", "{\"pigeon\": true}", "{}", "[]", "{"
        }) {
            HttpResponse<String> refused = choose(token, body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void aLanguageThatTheRealmDoesNotSpeakIsRefused() throws Exception {
        Customer customer = world.customer();
        String token = world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens().access();
        for (String body :
                new String[] {"{\"language\":\"fr\"}", "{\"language\":null}", "{\"language\":1}", "{}", "[]", "{", ""
                }) {
            HttpResponse<String> refused = speak(token, body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        assertThat(speak("", "{\"language\":\"en\"}").statusCode()).isEqualTo(401);
        assertThat(world.user(customer).at("/attributes/locale/0").asText()).isEqualTo("ja");

        assertThat(JSON.readTree(speak(token, "{\"language\":\"en\"}").body()))
                .isEqualTo(JSON.readTree("{\"language\":\"en\",\"languages\":[\"en\",\"ja\"]}"));
        assertThat(world.user(customer).at("/attributes/locale/0").asText()).isEqualTo("en");
    }

    @Test
    void nobodyChoosesForAnotherAndASessionOfAMailCodeChoosesNothing() throws Exception {
        assertThat(notices("").statusCode()).isEqualTo(401);
        assertThat(notices("eyJhbGciOiJub25lIn0.e30.").statusCode()).isEqualTo(401);

        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page in = visitor.logIn(customer);
        assertThat(in.kind()).isEqualTo(Kind.MAIL_CODE);
        String token = in.mailCode(world.mailCode(customer, 1)).tokens().access();
        assertThat(notices(token).statusCode()).isEqualTo(200);
        assertThat(choose(token, "{\"login\": false}").statusCode()).isEqualTo(403);
        assertThat(speak(token, "{\"language\":\"en\"}").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> notices(String token) throws Exception {
        return send(request(token, "notices").GET());
    }

    private HttpResponse<String> choose(String token, String body) throws Exception {
        return put(token, "notices", body);
    }

    private HttpResponse<String> speak(String token, String body) throws Exception {
        return put(token, "language", body);
    }

    private HttpResponse<String> put(String token, String route, String body) throws Exception {
        return send(request(token, route)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String token, String route) {
        return HttpRequest.newBuilder(world.base().resolve("/realms/broker/sekisho/account/" + route))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
