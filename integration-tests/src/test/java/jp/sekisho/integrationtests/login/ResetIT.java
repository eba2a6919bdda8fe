package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A forgotten password: a code that is typed, never a link; no lock is lifted, every session ends, none begins. */
// JP25-6, JP25-8
@LoginTest
class ResetIT {

    private static final String LINK = "a[href*=reset-credentials]";
    private static final String NAME = "#sekisho-reset-name-form";
    private static final String CODE = "#sekisho-reset-code-form";
    private static final String PASSWORD = "#sekisho-reset-password-form";
    private static final String NEW_PASSWORD = "Hamana-ko-65000";
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}:[0-9]{2}");

    private final World world;

    ResetIT(World world) {
        this.world = world;
    }

    @Test
    void theCodeOfTheMailGivesANewPasswordAndEndsEverySession() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor elsewhere = world.visitor(Origin.TOKYO_HOME);
        String token = elsewhere
                .logIn(customer)
                .mailCode(world.mailCode(customer, 1))
                .tokens()
                .access();
        assertThat(userinfo(token)).isEqualTo(200);

        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page asked = name(visitor, customer.username());
        assertThat(asked.shows(CODE)).as(asked.text()).isTrue();
        assertThat(asked.text()).doesNotContain(customer.username(), customer.email(), "***");
        String code = world.mailCode(customer, 2);
        Mail mail = world.mailsTo(customer).stream()
                .filter(sent -> sent.text().contains(code))
                .findFirst()
                .orElseThrow();
        assertThat(mail.text() + mail.html()).contains("パスワード再設定").doesNotContain("http", "href");
        Page form = code(asked, code);
        assertThat(form.shows(PASSWORD)).as(form.text()).isTrue();
        Page weak = password(form, "short");
        assertThat(weak.shows("#password-new-error")).as(weak.text()).isTrue();
        assertThat(userinfo(token)).as("nothing changed yet").isEqualTo(200);
        Page done = password(weak, NEW_PASSWORD);

        assertThat(done.kind()).as(done.text()).isEqualTo(Kind.PASSWORD);
        assertThat(done.text()).contains("パスワードを再設定しました");
        assertThat(userinfo(token)).as("every session ends").isEqualTo(401);
        world.awaitTold(customer, "パスワード変更のお知らせ");
        assertThat(visitor.logIn(customer).kind()).as("the old password").isEqualTo(Kind.PASSWORD);
        Page in = visitor.logIn(customer, NEW_PASSWORD);
        assertThat(in.kind()).isEqualTo(Kind.MAIL_CODE);
        assertThat(world.records(customer))
                .filteredOn(record -> record.result().equals("ADMITTED"))
                .as("the login before, and the reset")
                .hasSize(2);
    }

    @Test
    void whatFollowsAResetByMailAloneIsHeldOnEveryDevice() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        reset(visitor, customer, 1);
        world.settled(customer, World.USUAL);
        Page in = visitor.logIn(customer, NEW_PASSWORD);
        Page app = in.kind() == Kind.MAIL_CODE ? in.mailCode(world.mailCode(customer, 2)) : in;
        assertThat(world.tables()
                        .sessionNote(app.tokens().idClaims().path("sid").asText(), "sekisho.held-until"))
                .isPresent();
    }

    @Test
    void nobodyLearnsWhoIsACustomer() throws Exception {
        Customer customer = world.customerWithoutApp();
        List<String> known = wrongCodes(customer.username());
        List<String> unknown = wrongCodes("nobody-with-that-name");
        assertThat(unknown).isEqualTo(known);
        assertThat(known).last().asString().startsWith("LOCKED");
    }

    /** What is seen of a name, of another code asked for, and of ten wrong ones. */
    private List<String> wrongCodes(String name) throws Exception {
        Visitor visitor = world.visitor(Origin.OSAKA_MOBILE);
        Page page = name(visitor, name);
        String asked = seen(page, name);
        page = page.submit(CODE, Map.of("resend", "true"));
        String again = seen(page, name);
        for (int wrong = 1; wrong < 10; wrong++) {
            page = code(page, "abcdefgh");
            world.tables().endThrottles(world.realmId());
            page = page.shows(CODE) ? page : page.follow("#sekisho-restart");
            page = page.shows(CODE) ? page : name(visitor, name);
            assertThat(page.shows(CODE)).as(wrong + " " + page.text()).isTrue();
        }
        return List.of(
                asked,
                again,
                seen(code(page, "abcdefgh"), name),
                seen(visitor.openLogin().password(name, "Wrong-1-password"), name));
    }

    private static String seen(Page page, String name) {
        return page.kind() + " " + page.status() + " "
                + TIME.matcher(HighRiskIT.normalised(page).replace(name, "the-name"))
                        .replaceAll("a time");
    }

    @Test
    void aResetLiftsNoLock() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        world.tables().locked(world.realmId(), world.id(customer));
        owner.forgetSession();
        Page refused = code(name(owner, customer.username()), world.mailCode(customer, 1));
        assertThat(refused.kind()).as(refused.text()).isEqualTo(Kind.LOCKED);
        assertThat(owner.logIn(customer).kind()).isEqualTo(Kind.LOCKED);
    }

    @Test
    void aStrangerLockOutlivesAReset() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        Visitor stranger = world.visitor(Origin.OSAKA_MOBILE);
        world.tables().failedBefore(world.realmId(), world.id(customer), 0, 0);
        stranger.logIn(customer, "Wrong-1-password");
        world.tables().failedBefore(world.realmId(), world.id(customer), 9, 9);
        assertThat(stranger.logIn(customer, "Wrong-1-password").kind()).isEqualTo(Kind.LOCKED);

        owner.forgetSession();
        Page otp = code(name(owner, customer.username()), world.mailCode(customer, 1));
        assertThat(otp.kind()).as("mail alone is not enough for who holds more").isEqualTo(Kind.OTP);
        Page done = password(otp.otp(world.otp(customer, 1)), NEW_PASSWORD);
        assertThat(done.text()).contains("パスワードを再設定しました");
        assertThat(stranger.logIn(customer, NEW_PASSWORD).kind()).isEqualTo(Kind.LOCKED);
        assertThat(owner.logIn(customer, NEW_PASSWORD).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void aDisabledCustomerGetsNoFurther() throws Exception {
        Customer customer = world.customerWithoutApp();
        Page asked = name(world.visitor(Origin.TOKYO_HOME), customer.username());
        String code = world.mailCode(customer, 1);
        world.admin().put(World.realm("/users/" + world.id(customer)), Map.of("enabled", false));
        Page refused = code(asked, code);
        assertThat(refused.text()).contains("お手続きを中止しました");
        assertThat(refused.shows(PASSWORD)).isFalse();
        Page unreached = name(world.visitor(Origin.TOKYO_HOME), customer.username());
        assertThat(unreached.shows(CODE)).as("the same page").isTrue();
    }

    // JP25-8
    @Test
    void aFrozenCustomerChangesNothingAndHisNameTellsNothing() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        Page form = code(name(owner, customer.username()), world.mailCode(customer, 1));
        assertThat(form.shows(PASSWORD)).as(form.text()).isTrue();
        world.tables().frozen(world.realmId(), world.id(customer));

        Page refused = password(form, NEW_PASSWORD);
        assertThat(refused.text()).contains("お手続きを中止しました");
        Page asked = name(owner, customer.username());
        assertThat(asked.shows(CODE)).as("as for anybody: " + asked.text()).isTrue();
        Page stopped = code(asked, world.mailCode(customer, 2));
        assertThat(stopped.text()).contains("お手続きを中止しました");
        assertThat(stopped.shows(PASSWORD)).isFalse();
        assertThat(world.records(customer))
                .last()
                .satisfies(record -> assertThat(record.content()).contains("\"frozen\""));
        world.tables().forgetFreezes(world.id(customer));
        assertThat(owner.logIn(customer).kind()).as("the old password still is").isEqualTo(Kind.MAIL_CODE);
    }

    @Test
    void aCodeIsGoodInTheTabThatAskedForItAndOnce() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page first = name(visitor, customer.username());
        String code = world.mailCode(customer, 1);
        Page second = name(visitor, customer.username());
        String other = world.mailCode(customer, 2);
        Page stranger = name(world.visitor(Origin.TOKYO_HOME), customer.username());
        world.mailCode(customer, 3);

        assertThat(code(stranger, code).shows("#code-error")).isTrue();
        Page wrong = code(second, code);
        assertThat(wrong.shows("#code-error")).as("another tab").isTrue();
        Page form = code(first, code);
        assertThat(form.shows(PASSWORD)).isTrue();
        assertThat(code(wrong, other).shows(PASSWORD)).isTrue();
        Page done = password(form, NEW_PASSWORD);
        assertThat(done.text()).contains("パスワードを再設定しました");
        Page stale = password(form, "Hamana-ko-65001");
        assertThat(stale.text()).doesNotContain("パスワードを再設定しました");
    }

    @Test
    void atHighRiskNothingIsReset() throws Exception {
        Customer customer = world.customerWithoutApp();
        HighRiskIT.alwaysAtHomeInTokyo(world, customer);
        Page refused = name(world.visitor(Origin.US_HOSTING), customer.username());
        assertThat(refused.text()).contains("お手続きを中止しました");
        List<Tables.Record> records = world.records(customer);
        assertThat(records)
                .last()
                .extracting(Tables.Record::level, Tables.Record::result)
                .containsExactly("HIGH", "REFUSED");
        assertThat(world.mailsTo(customer)).isEmpty();
    }

    /** Each flow goes on in its tab where it was left: its steps are done, by whoever did them. */
    // JP25-3
    @Test
    void whoShowedHisOwnMailSetsNobodyElsesPassword() throws Exception {
        Customer thief = world.customerWithoutApp();
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page login = visitor.openLogin();
        Page own =
                code(login.follow(LINK).submit(NAME, Map.of("username", thief.username())), world.mailCode(thief, 1));
        assertThat(own.shows(PASSWORD)).as(own.text()).isTrue();

        Page again = visitor.get(tab(login, "authenticate"));
        for (int wrong = 0; wrong < 6 && again.shows("#kc-form-login"); wrong++) {
            again = again.password(thief.username(), "Wrong-1-password");
        }
        // Throttled: nobody is known in this tab any more.
        Page asked = visitor.get(tab(login, "authenticate")).password(customer.username(), customer.password());
        assertThat(asked.kind()).as(asked.toString()).isEqualTo(Kind.MAIL_CODE);
        Page reset = visitor.get(tab(login, "reset-credentials"));
        Page done = reset.shows(PASSWORD) ? password(reset, NEW_PASSWORD) : reset;

        assertThat(done.text()).doesNotContain("パスワードを再設定しました");
        assertThat(world.visitor(Origin.TOKYO_HOME).logIn(customer).kind())
                .as("the password is what it was")
                .isEqualTo(Kind.MAIL_CODE);
    }

    // FFAJ-1.2-S1
    @Test
    void whoLoggedInHimselfComesIntoNobodyElsesAccountByMailAlone() throws Exception {
        Customer thief = world.customer();
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page login = visitor.openLogin();
        Page remember = login.password(thief.username(), thief.password()).otp(world.otp(thief, 0));
        assertThat(remember.kind()).isEqualTo(Kind.REMEMBER);
        Page form = code(
                visitor.get(tab(login, "reset-credentials")).submit(NAME, Map.of("username", customer.username())),
                world.mailCode(customer, 1));
        assertThat(form.shows(PASSWORD)).as(form.text()).isTrue();

        Page back = visitor.get(tab(login, "authenticate"));

        assertThat(back.kind()).as(back.toString()).isEqualTo(Kind.PASSWORD);
        assertThat(world.records(customer))
                .extracting(Tables.Record::result)
                .as("nobody came in")
                .doesNotContain("ADMITTED");
    }

    /** The same tab, in another flow. */
    private static URI tab(Page login, String flow) {
        return URI.create(login.document().selectFirst(LINK).absUrl("href").replace("reset-credentials", flow));
    }

    private void reset(Visitor visitor, Customer customer, int mail) throws Exception {
        Page form = code(name(visitor, customer.username()), world.mailCode(customer, mail));
        assertThat(password(form, NEW_PASSWORD).text()).contains("パスワードを再設定しました");
    }

    private static Page name(Visitor visitor, String name) {
        return visitor.openLogin().follow(LINK).submit(NAME, Map.of("username", name));
    }

    private static Page code(Page page, String code) {
        return page.submit(CODE, Map.of("code", code));
    }

    private static Page password(Page page, String password) {
        return page.submit(PASSWORD, Map.of("password-new", password, "password-confirm", password));
    }

    private int userinfo(String token) throws Exception {
        URI userinfo = world.keycloak().base().resolve("/realms/broker/protocol/openid-connect/userinfo");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(userinfo)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
