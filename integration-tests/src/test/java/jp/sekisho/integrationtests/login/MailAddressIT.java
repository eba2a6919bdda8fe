package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.Admin;
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

    private static final String DATA_CHANGED = "ご登録内容変更のお知らせ";
    private static final Pattern STOP_CODE =
            Pattern.compile("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");

    /** From when on an address is full. */
    private static final Duration WEEK = Duration.ofDays(7);

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
        Customer neighbour = world.customer();
        Page others = invalid.submit(ADDRESS, Map.of("email", neighbour.email()));
        assertThat(others.shows(TYPED))
                .as("whose it is, is told to nobody: " + others.text())
                .isTrue();
        Page owned = others.submit(TYPED, Map.of("code", world.mailCode(neighbour, 1)));
        assertThat(owned.shows("#email-error")).as(owned.text()).isTrue();
        Page sent = owned.submit(ADDRESS, Map.of("email", fresh));
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
        HttpResponse<String> asked = addresses(token, "POST", "", address(second));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        assertThat(kinds(JSON.readTree(asked.body()))).containsExactly("PRIMARY", "ASKED");
        String code = code(second);
        assertThat(addresses(token, "POST", "/verification", "{\"code\": \"abcdefgh\"}")
                        .statusCode())
                .isEqualTo(400);
        String other =
                world.visitor(Origin.TOKYO_HOME).enrol(customer, 1).tokens().access();
        assertThat(addresses(other, "POST", "/verification", typed(code)).statusCode())
                .as("of another session")
                .isEqualTo(400);
        HttpResponse<String> added = addresses(token, "POST", "/verification", typed(code));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(addresses(token, "POST", "/verification", typed(code)).statusCode())
                .as("once")
                .isEqualTo(400);
        JsonNode all = JSON.readTree(addresses(token, "GET", "", "").body());
        assertThat(kinds(all)).containsExactly("PRIMARY", "SECOND");
        assertThat(added.body()).contains("***").doesNotContain(second, customer.email());
        world.awaitTold(customer, "追加のお知らせ");
        assertThat(world.tables().noticeAddresses()).isNotEmpty().noneMatch(stored -> stored.contains("@"));

        String id = all.path(1).path("id").asText();
        Customer stranger = world.customer();
        String foreign =
                world.visitor(Origin.TOKYO_HOME).enrol(stranger).tokens().access();
        assertThat(addresses(foreign, "DELETE", "/" + id, "").statusCode()).isEqualTo(404);
        world.tables().addressesEarlier(world.realmId(), world.id(customer), WEEK);
        assertThat(addresses(token, "DELETE", "/" + id, "").statusCode()).isEqualTo(204);
        awaitTold(second, "削除のお知らせ");
        world.awaitTold(customer, "削除のお知らせ");
        visitor.logIn(customer);
        awaitTold(second, "】ログインのお知らせ");
    }

    /** A stolen session makes its thief no recipient who stays. */
    @Test
    void anAddressOfYesterdayGetsNothingOnceItIsRemoved() throws Exception {
        Customer customer = world.customer();
        String second = "second-" + customer.email();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        String token = visitor.enrol(customer).tokens().access();
        String id = added(token, second);
        awaitTold(second, "追加のお知らせ");
        world.awaitTold(customer, "追加のお知らせ");
        assertThat(Set.of(stopCode(second, "追加のお知らせ"), stopCode(customer.email(), "追加のお知らせ")))
                .as("each has one of its own")
                .hasSize(2);

        assertThat(addresses(token, "DELETE", "/" + id, "").statusCode()).isEqualTo(204);
        world.awaitTold(customer, "削除のお知らせ");
        visitor.logIn(customer);
        world.awaitTold(customer, "】ログインのお知らせ");
        // A copy is written before its original leaves.
        assertThat(world.tables().outbox(world.id(customer)))
                .filteredOn(message -> message.contains(second))
                .allMatch(message -> message.startsWith("address-added "));
    }

    /** Who brought it in may be he of whom the account is to be kept: what it gets from then on stops no thaw. */
    // JP25-8
    @Test
    void anAddressOfTodayStopsTheAccountAndNoThaw() throws Exception {
        Customer customer = world.customer();
        String second = "second-" + customer.email();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        added(visitor.enrol(customer).tokens().access(), second);
        awaitTold(second, "追加のお知らせ");

        StopCodeIT.stop(world, visitor, stopCode(second, "追加のお知らせ"));

        assertThat(visitor.logIn(customer).shows("#sekisho-frozen")).isTrue();
        String stopped = "ログインとお取引を停止したお知らせ";
        awaitTold(second, stopped);
        world.awaitTold(customer, stopped);
        assertThat(told(second, stopped).text()).doesNotContainPattern(STOP_CODE);
        assertThat(told(customer.email(), stopped).text()).containsPattern(STOP_CODE);
    }

    /** Any notice address can stop it, also one that is his since a moment. */
    @Test
    void aProvisionalPasskeyEndsByTheCodeOfAnAddressOfToday() throws Exception {
        Customer customer = world.customer();
        String second = "second-" + customer.email();
        added(world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens().access(), second);
        world.during("changes", "{\"enrolment\":{\"provisional\":\"PT24H\"}}", () -> {
            try (BrowserVisitor stranger = BrowserVisitor.from(world, Origin.OSAKA_MOBILE, "ja")) {
                stranger.logIn(customer, customer.password(), Map.of("kc_action", "webauthn-register-passwordless"));
                stranger.giveOtp(world.otp(customer, 1));
                stranger.remember();
                stranger.browser().holdPasskeys();
                stranger.browser().click("#registerWebAuthn");
                stranger.browser().acceptPrompt();
                stranger.browser().await("#sekisho-provisional");
                stranger.browser().follow("#sekisho-read");
                App.Tokens opened = world.app().exchange(stranger.inApp());
                awaitTold(second, "パスキー登録のお知らせ");
                assertThat(world.active(world.app(), opened.access())).isTrue();

                StopCodeIT.stop(world, world.visitor("203.0.113.61", Visitor.SAFARI), stopCode(second, "パスキー登録のお知らせ"));

                assertThat(world.active(world.app(), opened.access())).isFalse();
                assertThat(world.app().refresh(opened.refresh()).statusCode()).isEqualTo(400);
                World.await(
                        "no passkey",
                        () -> !world.admin()
                                .get(World.realm("/users/" + world.id(customer) + "/credentials"))
                                .findValuesAsText("type")
                                .contains("webauthn-passwordless"));
            }
        });
    }

    private String stopCode(String address, String subject) {
        Matcher code = STOP_CODE.matcher(told(address, subject).text());
        assertThat(code.find()).isTrue();
        return code.group();
    }

    // FFAJ-1.5-S1
    @Test
    void addressesChangeAfterAFreshStepUpOnly() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        String id = added(visitor.enrol(customer).tokens().access(), "second-" + customer.email());
        String token = visitor.logIn(customer).tokens().access();
        for (HttpResponse<String> refused : List.of(
                addresses(token, "POST", "", address("third-" + customer.email())),
                addresses(token, "POST", "/verification", typed("12345678")),
                addresses(token, "DELETE", "/" + id, ""))) {
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
            assertThat(refused.body()).contains("step-up-required");
        }
        assertThat(world.inbox().mailsTo("third-" + customer.email())).isEmpty();
        assertThat(kinds(JSON.readTree(addresses(token, "GET", "", "").body()))).containsExactly("PRIMARY", "SECOND");
    }

    // JP25-8
    @Test
    void aFreezeOfProfileChangesCoversAddresses() throws Exception {
        Customer customer = world.customer();
        String token = world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens().access();
        String id = added(token, "second-" + customer.email());
        assertThat(account(token, "POST", "freeze", "{\"operation\": \"PROFILE_CHANGE\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(addresses(token, "POST", "", address("third-" + customer.email()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(addresses(token, "DELETE", "/" + id, "").statusCode()).isEqualTo(403);
    }

    @Test
    void whatAnAdministratorChangesIsToldToTheOldAndTheNewAddress() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        String first = "first-" + customer.email();
        String other = "other-" + customer.email();
        change(customer, "email", first);
        awaitTold(customer.email(), CHANGED);
        awaitTold(first, CHANGED);
        assertThat(told(customer.email(), CHANGED).text()).containsPattern(STOP_CODE);
        assertThat(told(first, CHANGED).text()).containsPattern(STOP_CODE);
        change(customer, "email", other);
        awaitTold(other, CHANGED);
        World.await(
                "told of the change of the new address as of one of its own",
                () -> mails(first).stream()
                                .filter(mail -> mail.subject().contains(CHANGED))
                                .count()
                        == 2);

        visitor.logIn(customer);
        awaitTold(other, "】ログインのお知らせ");
        awaitTold(customer.email(), "】ログインのお知らせ");
        assertThat(told(other, "】ログインのお知らせ").text()).containsPattern(STOP_CODE);
        assertThat(told(customer.email(), "】ログインのお知らせ").text()).containsPattern(STOP_CODE);
        assertThat(world.tables().outbox(world.id(customer)))
                .filteredOn(message -> message.startsWith("login ") && message.contains('"' + first + '"'))
                .as("what was his for a moment only gets no more")
                .isEmpty();
        for (Mail mail : mails(customer.email(), first, other)) {
            assertThat(mail.text() + mail.html()).doesNotContain("http", "href", customer.email(), first, other);
        }
    }

    /** As a directory or an identity provider does it: no event says so. */
    @Test
    void whatNobodySaysIsToldWithTheNextNotice() throws Exception {
        Customer customer = world.customer();
        String fresh = "new-" + customer.email();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        world.subjects(customer, 1);
        world.tables().emailUnderhand(world.id(customer), fresh);
        world.admin().post(World.realm("/clear-user-cache"), Map.of());

        assertThat(visitor.logIn(customer).kind()).isEqualTo(Kind.APP);

        awaitTold(customer.email(), CHANGED);
        awaitTold(fresh, CHANGED);
        awaitTold(customer.email(), "】ログインのお知らせ");
        assertThat(told(fresh, CHANGED).text()).containsPattern(STOP_CODE);
    }

    @Test
    void anAddressThatAnAdministratorRemovesGoesOnToBeTold() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        change(customer, "email", "");
        assertThat(world.user(customer).path("email").asText()).isEmpty();
        awaitTold(customer.email(), CHANGED);
        String user = World.realm("/users/" + world.id(customer));
        world.admin()
                .put(
                        user + "/reset-password",
                        Map.of("type", "password", "value", "Kasumi-ga-ura-22000", "temporary", false));
        awaitTold(customer.email(), "パスワード変更のお知らせ");
    }

    @Test
    void aNoticeThatHasNowhereToGoIsSeen() throws Exception {
        Customer customer = world.customer();
        String id = world.id(customer);
        change(customer, "email", "");
        awaitTold(customer.email(), CHANGED);
        world.tables().addressesEnded(world.realmId(), id);
        world.admin()
                .put(
                        World.realm("/users/" + id + "/reset-password"),
                        Map.of("type", "password", "value", "Kasumi-ga-ura-22000", "temporary", false));
        World.await("settled", () -> outbox(id).stream().anyMatch(one -> one.startsWith("password-changed SKIPPED")));
        assertThat(world.tables().evidence(world.realmId(), "NOTICE"))
                .anyMatch(row -> row.contains("\"notice\":\"password-changed\"") && row.contains("\"UNTOLD\""));
    }

    @Test
    void anAddressThatIsNotVerifiedIsTold() throws Exception {
        Customer customer = world.customer();
        change(customer, "emailVerified", false);
        change(customer, "lastName", "佐藤");
        awaitTold(customer.email(), DATA_CHANGED);
    }

    @Test
    void changedDataIsNamedAndNotShown() throws Exception {
        Customer customer = world.customer();
        change(customer, "lastName", "勘解由小路");
        awaitTold(customer.email(), DATA_CHANGED);
        assertThat(told(customer.email(), DATA_CHANGED).text())
                .contains("変更された項目", "お名前")
                .doesNotContain("勘解由小路", customer.lastName());
        change(customer, "enabled", true);
        change(customer, "firstName", "四郎");
        World.await(
                "told of both",
                () -> mails(customer.email()).stream()
                                .filter(mail -> mail.subject().contains(DATA_CHANGED))
                                .count()
                        == 2);
    }

    @Test
    void anImportThatOverwritesACustomerIsToldToTheOldAddress() throws Exception {
        Customer customer = world.customer();
        String fresh = "new-" + customer.email();
        world.admin()
                .post(
                        World.realm("/partialImport"),
                        Map.of(
                                "ifResourceExists",
                                "OVERWRITE",
                                "users",
                                List.of(Map.of(
                                        "username", customer.username(),
                                        "email", fresh,
                                        "firstName", customer.firstName(),
                                        "lastName", customer.lastName(),
                                        "enabled", true))));
        assertThat(world.user(customer).path("email").asText()).isEqualTo(fresh);
        awaitTold(customer.email(), CHANGED);
        awaitTold(fresh, CHANGED);
    }

    @Test
    void aChangeThatCannotBeToldIsNotMade() throws Exception {
        Customer customer = world.customer();
        world.tables().rename("sekisho_outbox", "outbox_away");
        try {
            assertThatThrownBy(() -> change(customer, "email", "new-" + customer.email()))
                    .isInstanceOf(Admin.Refused.class);
        } finally {
            world.tables().rename("outbox_away", "sekisho_outbox");
        }
        assertThat(world.user(customer).path("email").asText()).isEqualTo(customer.email());
    }

    @Test
    void aFullInboxKeepsNothingFromTheOtherAddresses() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        String second = "second-" + customer.email();
        added(visitor.enrol(customer).tokens().access(), second);
        Customer gone = world.customer();
        JsonNode realm = world.admin().get(World.realm(""));
        try (PickyRelay relay = new PickyRelay(
                world.inbox().smtpPort(),
                Map.of(
                        customer.email(), "452 4.2.2 the mailbox is full",
                        gone.email(), "550 5.1.1 nobody of this name"))) {
            ObjectNode picky = realm.deepCopy();
            picky.withObject("/smtpServer").put("port", "" + relay.port());
            world.admin().put(World.realm(""), picky);
            for (int login = 0; login < 4; login++) {
                visitor.logIn(customer);
            }
            World.await(
                    "told at the other address",
                    () -> mails(second).stream()
                                    .filter(mail -> mail.subject().contains("】ログインのお知らせ"))
                                    .count()
                            == 4);
            String userId = world.id(customer);
            World.await(
                    "waits",
                    () -> outbox(userId).stream()
                                    .filter(one -> one.startsWith("login PENDING")
                                            && one.contains('"' + customer.email() + '"'))
                                    .count()
                            == 4);
            Customer neighbour = world.customer();
            change(neighbour, "lastName", "佐藤");
            awaitTold(neighbour.email(), DATA_CHANGED);

            String goneId = world.id(gone);
            change(gone, "email", "new-" + gone.email());
            awaitTold("new-" + gone.email(), CHANGED);
            World.await("dead", () -> outbox(goneId).stream().anyMatch(one -> one.startsWith("email-changed DEAD")));
        } finally {
            world.admin().put(World.realm(""), realm);
        }
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

    /** By an administrator, as the admin console does it. */
    private void change(Customer customer, String name, Object value) {
        ObjectNode user = (ObjectNode) world.user(customer);
        user.putPOJO(name, value);
        world.admin().put(World.realm("/users/" + user.path("id").asText()), user);
    }

    /** Adds a further address. @return its id */
    private String added(String token, String address) throws Exception {
        HttpResponse<String> asked = addresses(token, "POST", "", address(address));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        HttpResponse<String> added = addresses(token, "POST", "/verification", typed(code(address)));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        return JSON.readTree(added.body()).path(1).path("id").asText();
    }

    private List<String> outbox(String userId) {
        try {
            return world.tables().outbox(userId);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> kinds(JsonNode addresses) {
        return StreamSupport.stream(addresses.spliterator(), false)
                .map(one -> one.path("kind").asText())
                .toList();
    }

    private HttpResponse<String> addresses(String token, String method, String path, String body) throws Exception {
        return account(token, method, "addresses" + path, body);
    }

    private HttpResponse<String> account(String token, String method, String route, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(world.base().resolve("/realms/broker/sekisho/account/" + route))
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

    private Mail told(String address, String subject) {
        return mails(address).stream()
                .filter(mail -> mail.subject().contains(subject))
                .findFirst()
                .orElseThrow();
    }

    private List<Mail> mails(String... addresses) {
        return List.of(addresses).stream()
                .flatMap(address -> world.inbox().mailsTo(address).stream())
                .toList();
    }
}
