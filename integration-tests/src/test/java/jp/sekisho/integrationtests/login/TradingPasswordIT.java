package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** The password of operations: who sets it, what it must be, and what guessing it stops. */
// FFAJ-1.3-B1, FFAJ-1.3-B3, FFAJ-1.4-S1, FFAJ-1.4-S5
@LoginTest
class TradingPasswordIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SETTING = Map.of("kc_action", "sekisho-trading-password");
    private static final Map<String, String> NEW_LOGIN_PASSWORD = Map.of("kc_action", "UPDATE_PASSWORD");
    private static final String FORM = "#sekisho-trading-password-form";
    private static final String REFUSED = "#sekisho-trading-password-refused-form";
    private static final String GOOD = "Hoshi+Tetsu4Kumo";
    private static final String ANOTHER = "Mado/Yuki9Kawara";
    private static final String CHANGED = "認証方法の変更のお知らせ";
    private static final String STOPPED = "取引パスワードなどの誤りにより操作を停止したお知らせ";

    private final World world;

    TradingPasswordIT(World world) {
        this.world = world;
    }

    @Test
    void itIsSetAfterAPasskeyAndChangedAndTheCustomerIsToldEachTime() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(known(owner.openLogin().passkey(passkey)).kind()).isEqualTo(Kind.APP);
        assertThat(stored(customer)).isEmpty();

        Page asked = owner.openLogin(SETTING);
        assertThat(asked.shows(FORM)).as(asked.toString()).isTrue();
        assertThat(asked.text()).contains("取引パスワードの設定", "12文字以上");
        Page back = set(asked, customer, GOOD);
        assertThat(back.kind()).as(back.toString()).isEqualTo(Kind.APP);
        assertThat(back.parameter("kc_action_status")).contains("success");
        awaitTold(customer, 1);
        JsonNode first = stored(customer).orElseThrow();
        assertThat(first.path("credentialData").asText()).contains("argon2");
        assertThat(world.admin()
                        .get(World.realm("/events?type=UPDATE_CREDENTIAL&max=1&user=" + world.id(customer)))
                        .at("/0/details/credential_type")
                        .asText())
                .isEqualTo("trading-password");

        Page change = owner.openLogin(SETTING);
        assertThat(change.text()).contains("取引パスワードの変更");
        assertThat(set(change, customer, ANOTHER).kind()).isEqualTo(Kind.APP);
        awaitTold(customer, 2);
        assertThat(world.admin().get(credentials(customer)).findValuesAsText("type"))
                .as("one in place of the other")
                .containsOnlyOnce("trading-password");
        assertThat(told(customer)).noneMatch(text -> text.contains(GOOD) || text.contains(ANOTHER));
        assertThat(world.visitor(Origin.TOKYO_HOME)
                        .withDeviceOf(owner)
                        .logIn(customer, ANOTHER)
                        .kind())
                .as("it opens no login")
                .isEqualTo(Kind.PASSWORD);
    }

    @Test
    void itMustBeGoodAndNothingLikeTheLoginPassword() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        Page page = known(world.visitor(Origin.TOKYO_HOME).openLogin(SETTING).passkey(passkey));
        assertThat(page.shows(FORM)).as(page.toString()).isTrue();
        for (String[] bad : new String[][] {
            {"", "ご入力ください"},
            {"Hoshi+4Kumo", "12文字以上"},
            {"hoshi+tetsu4kumo", "英大文字"},
            {"Hoshi+Hanako4Kumo", "お名前"},
            {customer.password(), "ログインパスワードと取引パスワードが、同じであるか、似ています"},
            {"2026" + customer.password().toLowerCase() + "A!", "似ています"},
            {"Biwa-ko-67029-ha", "似ています"}
        }) {
            page = set(page, customer, bad[0]);
            assertThat(page.shows(FORM)).as(bad[0]).isTrue();
            assertThat(page.text()).as(bad[0]).contains(bad[1]);
        }
        page = page.submit(FORM, typed(customer.password(), GOOD, ANOTHER));
        assertThat(page.text()).contains("一致しません");
        page = page.submit(FORM, typed("Not-the-password-1", GOOD, GOOD));
        assertThat(page.text()).contains("ログインパスワードが正しくありません");
        assertThat(stored(customer)).isEmpty();
        assertThat(set(page, customer, GOOD).kind()).isEqualTo(Kind.APP);
        assertThat(stored(customer)).isPresent();
    }

    /** A password, an authenticator app and a mail are not enough. */
    @Test
    void whoShowedNoPasskeySetsNone() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        owner.enrol(customer);
        owner.forgetSession();
        Page page = owner.openLogin(SETTING).password(customer.username(), customer.password());
        assertThat(page.kind()).as(page.toString()).isEqualTo(Kind.OTP);
        page = page.otp(world.otp(customer, 1));
        assertThat(page.shows(REFUSED)).as(page.toString()).isTrue();
        assertThat(page.shows(FORM)).isFalse();
        assertThat(page.text()).contains("パスキーまたは電子証明書");
        Page back = page.submit(REFUSED, Map.of("cancel-aia", "true"));
        assertThat(back.kind()).as(back.toString()).isEqualTo(Kind.APP);
        assertThat(back.parameter("kc_action_status")).contains("cancelled");
        assertThat(stored(customer)).isEmpty();
    }

    @Test
    void whomStaffAskForOneIsAskedForMoreThanHisPasswordAndComesInWithoutAPasskeyAsBefore() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        owner.enrol(customer);
        require(customer, "sekisho-trading-password");
        Page page = owner.logIn(customer);
        assertThat(page.kind()).as(page.toString()).isEqualTo(Kind.OTP);
        Page in = page.otp(world.otp(customer, 1));
        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        assertThat(stored(customer)).isEmpty();
    }

    /** Who reads the customer's mail sets none either. */
    @Test
    void aCodeByMailLeadsNowhere() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor reader = world.visitor(Origin.OSAKA_MOBILE);
        Page page = reader.openLogin(SETTING).password(customer.username(), customer.password());
        assertThat(page.kind()).as(page.toString()).isEqualTo(Kind.MAIL_CODE);
        Page back = page.mailCode(world.mailCode(customer, 1));
        assertThat(back.kind()).as(back.toString()).isEqualTo(Kind.APP);
        assertThat(back.parameter("kc_action_status")).contains("error");
        Page again = reader.openLogin(SETTING);
        assertThat(again.shows(FORM)).as(again.toString()).isFalse();
        assertThat(stored(customer)).isEmpty();
    }

    /** The code of a letter that two officers made says who sits there; one that an officer alone made does not. */
    @Test
    void theLetterOfTwoIsEnoughAndThatOfOneIsNot() throws Exception {
        for (boolean two : List.of(false, true)) {
            Customer customer = world.customer();
            Visitor owner = world.visitor(Origin.TOKYO_HOME);
            owner.enrol(customer);
            String code = two ? Letters.ofTwo(world, customer) : Letters.ofOne(world, customer);
            owner.forgetSession();
            Page page = owner.openLogin(SETTING)
                    .password(customer.username(), customer.password())
                    .otp(world.otp(customer, 1));
            assertThat(page.kind()).as(page.toString()).isEqualTo(Kind.POSTAL_CODE);
            page = page.submit("#sekisho-postal-code-form", Map.of("code", code));
            assertThat(page.shows(FORM)).as(two + " " + page).isEqualTo(two);
            assertThat(page.shows(REFUSED)).isEqualTo(!two);
            if (two) {
                assertThat(set(page, customer, GOOD).kind()).isEqualTo(Kind.APP);
                assertThat(stored(customer)).isPresent();
            }
        }
    }

    @Test
    void keycloaksAccountInterfaceListsIt() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        App console = Doors.console(world, world.base());
        String token =
                known(owner.at(console).openLogin().passkey(passkey)).tokens().access();
        JsonNode none = listed(owner, token);
        assertThat(none.path("displayName").asText()).isEqualTo("sekisho-trading-password-display-name");
        assertThat(none.path("createAction").asText()).isEqualTo("sekisho-trading-password");
        assertThat(none.path("removeable").asBoolean(true)).isFalse();
        assertThat(none.path("userCredentialMetadatas")).isEmpty();

        Page asked = known(world.visitor(Origin.TOKYO_HOME).openLogin(SETTING).passkey(passkey));
        assertThat(set(asked, customer, GOOD).kind()).isEqualTo(Kind.APP);
        JsonNode one = listed(owner, token);
        assertThat(one.path("updateAction").asText()).isEqualTo("sekisho-trading-password");
        assertThat(one.path("userCredentialMetadatas")).hasSize(1);
        assertThat(one.toString()).doesNotContain("secretData", "salt");
    }

    /** Each new login password is a guess of the trading password, and is counted as one. */
    @Test
    void theLoginPasswordDoesNotBecomeTheTradingPasswordAndGuessingStopsOperationsButNoLogin() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(known(owner.openLogin().passkey(passkey)).kind()).isEqualTo(Kind.APP);
        assertThat(set(owner.openLogin(SETTING), customer, GOOD).kind()).isEqualTo(Kind.APP);

        Page refused = newLoginPassword(owner.openLogin(NEW_LOGIN_PASSWORD), GOOD);
        assertThat(refused.kind()).as(refused.toString()).isEqualTo(Kind.NEW_PASSWORD);
        assertThat(refused.text()).contains("ログインパスワードと取引パスワードが、同じであるか、似ています");
        assertThat(failures(customer)).as("a right guess stays counted").isEqualTo(1);

        world.tables().failedBefore(world.realmId(), world.id(customer), 9, 9);
        Page changed = newLoginPassword(refused, ANOTHER);
        assertThat(changed.kind()).as(changed.toString()).isEqualTo(Kind.APP);
        world.awaitTold(customer, STOPPED);
        assertThat(world.mailsTo(customer).stream()
                        .filter(mail -> mail.subject().contains(STOPPED))
                        .map(Mail::text))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("取引パスワードが必要なすべての操作"));
        assertThat(world.tables().evidence(world.realmId(), "LOCK"))
                .anyMatch(record -> record.contains("CREDENTIAL_LOCK") && record.contains("trading-password"));

        Page login = owner.logIn(customer, ANOTHER);
        assertThat(login.kind()).as("the login goes on: " + login).isEqualTo(Kind.APP);

        String officer = world.officerToken();
        String path = "/customers/" + world.id(customer);
        JsonNode locks = JSON.readTree(
                PolicyDesk.asOfficer(world, officer, "GET", path + "/locks", "").body());
        assertThat(locks.path("locked").asBoolean()).isTrue();
        assertThat(PolicyDesk.asOfficer(world, officer, "POST", path + "/unlock", "{\"reason\":\"お電話で本人確認\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(JSON.readTree(PolicyDesk.asOfficer(world, officer, "GET", path + "/locks", "")
                                .body())
                        .path("locked")
                        .asBoolean())
                .isFalse();
    }

    /** Of a dozen at once, on unknown devices, no more are looked at than before a throttle begins. */
    @Test
    void ofManyGuessesAtOnceNoMoreThanTheLimitAreLookedAt() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        Page asked = known(world.visitor(Origin.TOKYO_HOME).openLogin(SETTING).passkey(passkey));
        assertThat(set(asked, customer, GOOD).kind()).isEqualTo(Kind.APP);
        List<Page> forms = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Page page = world.visitor(Origin.OSAKA_MOBILE)
                    .openLogin(NEW_LOGIN_PASSWORD)
                    .passkey(passkey)
                    .remember(false);
            assertThat(page.kind()).as(page.toString()).isEqualTo(Kind.NEW_PASSWORD);
            forms.add(page);
        }
        List<Page> answers = AtOnce.post(forms, form -> newLoginPassword(form, GOOD));
        long told = answers.stream()
                .filter(answer -> answer.text().contains("似ています"))
                .count();
        // Five, and one more where the machine was slower than the first wait.
        assertThat(told).isBetween(1L, 6L);
        assertThat((long) failures(customer)).isBetween(told, 6L);
    }

    private int failures(Customer customer) throws Exception {
        return world.tables().failures(world.realmId(), world.id(customer)).entrySet().stream()
                .filter(counter -> counter.getKey().startsWith("trading-password/"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private JsonNode listed(Visitor owner, String token) throws Exception {
        URI credentials = world.base().resolve("/realms/" + DemoRealm.NAME + "/account/credentials");
        HttpResponse<String> answer = owner.call("GET", credentials, token, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body())
                .valueStream()
                .filter(kind -> kind.path("type").asText().equals("trading-password"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static Page set(Page page, Customer customer, String password) {
        return page.submit(FORM, typed(customer.password(), password, password));
    }

    private static Map<String, String> typed(String login, String password, String again) {
        return Map.of("password", login, "password-new", password, "password-confirm", again);
    }

    private static Page newLoginPassword(Page page, String password) {
        return page.submit("#kc-passwd-update-form", Map.of("password-new", password, "password-confirm", password));
    }

    private void awaitTold(Customer customer, int times) throws InterruptedException {
        World.await("told " + times + " times", () -> told(customer).size() == times);
    }

    /** Of the trading password, not of the passkey. */
    private List<String> told(Customer customer) {
        return world.mailsTo(customer).stream()
                .filter(mail -> mail.subject().contains(CHANGED))
                .map(Mail::text)
                .filter(text -> text.contains("認証方法: 取引パスワード"))
                .toList();
    }

    private Optional<JsonNode> stored(Customer customer) {
        return world.admin()
                .get(credentials(customer))
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("trading-password"))
                .findFirst();
    }

    private String credentials(Customer customer) {
        return World.realm("/users/" + world.id(customer) + "/credentials");
    }

    private void require(Customer customer, String action) {
        ObjectNode user = (ObjectNode) world.user(customer);
        user.putArray("requiredActions").add(action);
        world.admin().put(World.realm("/users/" + world.id(customer)), user);
    }

    private static Page known(Page page) {
        return page.kind() == Kind.REMEMBER ? page.remember(true) : page;
    }
}
