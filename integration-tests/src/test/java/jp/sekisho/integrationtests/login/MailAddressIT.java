package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Addresses are verified by codes that are typed; whoever changes one cannot silence the one before. */
// JP25-6, JP25-9, FFAJ-1.5-S2
@LoginTest
class MailAddressIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{8}(?![0-9])");
    private static final String ADDRESS = "#sekisho-email-form";
    private static final String TYPED = "#sekisho-email-code-form";
    private static final String CHANGED = "メールアドレス変更のお知らせ";

    private final World world;

    MailAddressIT(World world) {
        this.world = world;
    }

    @Test
    void theOldAddressIsToldOfTheNewOneAndOfWhatComesAfter() throws Exception {
        Customer customer = world.customer();
        String fresh = "new-" + customer.email();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page asked = visitor.openLogin(Map.of("kc_action", "UPDATE_EMAIL"))
                .password(customer.username(), customer.password())
                .otp(world.otp(customer, 0))
                .remember(true);
        assertThat(asked.shows(ADDRESS)).as(asked.text()).isTrue();
        Page invalid = asked.submit(ADDRESS, Map.of("email", "no-address"));
        assertThat(invalid.shows("#email-error")).as(invalid.text()).isTrue();
        Page sent = invalid.submit(ADDRESS, Map.of("email", fresh));
        assertThat(sent.shows(TYPED)).as(sent.text()).isTrue();
        String code = code(fresh);
        Page wrong = sent.submit(TYPED, Map.of("code", "abcdefgh"));
        assertThat(wrong.shows("#code-error")).as(wrong.text()).isTrue();
        assertThat(world.user(customer).path("email").asText()).isEqualTo(customer.email());

        Page back = wrong.submit(TYPED, Map.of("code", code));
        assertThat(back.parameter("kc_action_status")).as(back.text()).contains("success");
        assertThat(world.user(customer).path("email").asText()).isEqualTo(fresh);
        assertThat(world.user(customer).path("emailVerified").asBoolean()).isTrue();
        world.awaitTold(customer, CHANGED);
        awaitTold(fresh, CHANGED);

        assertThat(visitor.logIn(customer).kind()).isEqualTo(Kind.APP);
        awaitTold(fresh, "】ログインのお知らせ");
        awaitTold(customer.email(), "】ログインのお知らせ");
        for (Mail mail : mails(customer.email(), fresh)) {
            assertThat(mail.text() + mail.html()).doesNotContain("http", "href", customer.email());
        }
    }

    // JP25-8, JP25-9
    @Test
    void aChangeThatWasPendingEndsWithAFreeze() throws Exception {
        Customer customer = world.customer();
        String fresh = "new-" + customer.email();
        Page sent = world.visitor(Origin.TOKYO_HOME)
                .openLogin(Map.of("kc_action", "UPDATE_EMAIL"))
                .password(customer.username(), customer.password())
                .otp(world.otp(customer, 0))
                .remember(true)
                .submit(ADDRESS, Map.of("email", fresh));
        String code = code(fresh);
        world.tables().frozen(world.realmId(), world.id(customer));
        Page refused = sent.submit(TYPED, Map.of("code", code));
        assertThat(refused.shows("#sekisho-frozen")).as(refused.text()).isTrue();
        assertThat(refused.code()).isEmpty();
        assertThat(world.user(customer).path("email").asText()).isEqualTo(customer.email());
    }

    @Test
    void aSessionOfAMailCodeChangesNoAddress() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page in = visitor.logIn(customer).mailCode(world.mailCode(customer, 1));
        String token = in.tokens().access();
        assertThat(addresses(token, "POST", "", "{\"address\": \"second@example.jp\"}")
                        .statusCode())
                .isEqualTo(403);
        Page asked = visitor.openLogin(Map.of("kc_action", "UPDATE_EMAIL"));
        assertThat(asked.shows(ADDRESS)).as(asked.text()).isFalse();
    }

    @Test
    void aFurtherAddressIsVerifiedAndGetsEveryNotice() throws Exception {
        Customer customer = world.customer();
        String second = "second-" + customer.email();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        String token = visitor.enrol(customer).tokens().access();
        for (String bad :
                new String[] {"{}", "{\"address\": \"x\"}", "{\"address\": \"a@b.jp\\r\\nBcc: c@d.jp\"}", "{"}) {
            assertThat(addresses(token, "POST", "", bad).statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(addresses(token, "POST", "", address(customer.email())).statusCode())
                .isEqualTo(409);
        assertThat(addresses(token, "POST", "", address(second)).statusCode()).isEqualTo(202);
        String code = code(second);
        assertThat(addresses(token, "POST", "/verification", "{\"code\": \"abcdefgh\"}")
                        .statusCode())
                .isEqualTo(400);
        world.settled(customer, World.USUAL);
        String other = visitor.logIn(customer).tokens().access();
        assertThat(addresses(other, "POST", "/verification", typed(code)).statusCode())
                .as("of another session")
                .isEqualTo(400);
        HttpResponse<String> added = addresses(token, "POST", "/verification", typed(code));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(addresses(token, "POST", "/verification", typed(code)).statusCode())
                .as("once")
                .isEqualTo(400);
        JsonNode all = JSON.readTree(addresses(token, "GET", "", "").body());
        assertThat(all).extracting(one -> one.path("kind").asText()).containsExactly("PRIMARY", "SECOND");
        assertThat(added.body()).contains("***").doesNotContain(second, customer.email());
        world.awaitTold(customer, "追加のお知らせ");
        assertThat(world.tables().noticeAddresses()).isNotEmpty().noneMatch(stored -> stored.contains("@"));

        String id = all.path(1).path("id").asText();
        Customer stranger = world.customer();
        String foreign =
                world.visitor(Origin.TOKYO_HOME).enrol(stranger).tokens().access();
        assertThat(addresses(foreign, "DELETE", "/" + id, "").statusCode()).isEqualTo(404);
        assertThat(addresses(token, "DELETE", "/" + id, "").statusCode()).isEqualTo(204);
        awaitTold(second, "削除のお知らせ");
        world.awaitTold(customer, "削除のお知らせ");
        visitor.logIn(customer);
        awaitTold(second, "】ログインのお知らせ");
    }

    @Test
    void whatAnAdministratorAsksForIsDoneAtTheNextLogin() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        String user = World.realm("/users/" + world.id(customer));
        world.admin().put(user + "/execute-actions-email", List.of("UPDATE_PASSWORD"));
        awaitTold(customer.email(), "お手続きのお願い");
        for (Mail mail : mails(customer.email())) {
            assertThat(mail.text() + mail.html()).doesNotContain("http", "href", "key=");
        }
        Page asked = visitor.logIn(customer);
        assertThat(asked.kind()).as(asked.text()).isEqualTo(Kind.NEW_PASSWORD);
    }

    @Test
    void anAddressIsVerifiedByACodeAtTheNextLogin() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        String user = World.realm("/users/" + world.id(customer));
        world.admin().put(user, Map.of("emailVerified", false));
        world.admin().put(user + "/send-verify-email", Map.of());
        awaitTold(customer.email(), "お手続きのお願い");
        Page asked = visitor.logIn(customer);
        assertThat(asked.kind()).as(asked.text()).isEqualTo(Kind.MAIL_CODE);
        assertThat(asked.text()).contains("***").doesNotContain(customer.email());
        Page in = asked.mailCode("abcdefgh").mailCode(code(customer.email()));
        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        assertThat(world.user(customer).path("emailVerified").asBoolean()).isTrue();
    }

    /** Who reads the mail of one address must not verify another. */
    @Test
    void aCodeIsOfTheAddressThatItWentTo() throws Exception {
        Customer customer = world.customer();
        String other = "other-" + customer.email();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        String user = World.realm("/users/" + world.id(customer));
        world.admin().put(user, Map.of("emailVerified", false, "requiredActions", List.of("VERIFY_EMAIL")));
        Page asked = visitor.logIn(customer);
        String code = code(customer.email());
        world.admin().put(user, Map.of("email", other, "emailVerified", false));
        Page wrong = asked.mailCode(code);
        assertThat(wrong.kind()).as(wrong.text()).isEqualTo(Kind.MAIL_CODE);
        assertThat(world.user(customer).path("emailVerified").asBoolean()).isFalse();
        Page in = wrong.resendMailCode().mailCode(code(other));
        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        assertThat(world.user(customer).path("emailVerified").asBoolean()).isTrue();
    }

    private HttpResponse<String> addresses(String token, String method, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(world.base().resolve("/realms/broker/sekisho/account/addresses" + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String address(String address) {
        return "{\"address\": \"" + address + "\"}";
    }

    private static String typed(String code) {
        return "{\"code\": \"" + code + "\"}";
    }

    private String code(String address) throws InterruptedException {
        Mail mail = world.inbox()
                .await(
                        sent -> sent.to().equals(address)
                                && CODE.matcher(sent.text()).find(),
                        World.SOON)
                .orElseThrow();
        Matcher code = CODE.matcher(mail.text());
        assertThat(code.find()).isTrue();
        return code.group();
    }

    private void awaitTold(String address, String subject) throws InterruptedException {
        assertThat(world.inbox()
                        .await(
                                mail -> mail.to().equals(address)
                                        && mail.subject().contains(subject),
                                World.SOON))
                .as(subject + " to " + address)
                .isPresent();
    }

    private List<Mail> mails(String... addresses) {
        return List.of(addresses).stream()
                .flatMap(address -> world.inbox().mailsTo(address).stream())
                .toList();
    }
}
