package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The customers' pages in a real browser. Pictures: target/screenshots. */
@LoginTest
class CustomersPagesIT {

    private final World world;

    CustomersPagesIT(World world) {
        this.world = world;
    }

    // FFAJ-1.2-B2, FFAJ-1.5-S1, FFAJ-7.2-B
    @ParameterizedTest
    @CsvSource({
        "ja, ご利用の端末, 端末を削除しました。, 停止できないお知らせ, 次のお知らせは必ずお送りします, ログアウトしました",
        "en, Your devices, The device has been removed., Notices that cannot be switched off, always sent, You are logged out"
    })
    void aCustomerLooksAfterHisSafety(
            String locale, String devices, String removed, String always, String why, String loggedOut)
            throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = owner.browser();
            enrol(owner, customer);
            assertThat(browser.textOf("#title")).isEqualTo(devices);
            browser.await("#device-list .card");
            assertThat(browser.text()).contains("Chrome");
            Pictures.take(owner, locale, "pages-devices");
            browser.click(".rename");
            browser.type("#name", "居間のPC <script>alert(1)</script>");
            browser.press(Keys.TAB);
            Pictures.take(owner, locale, "pages-devices-name");
            browser.click("#save");
            assertThat(browser.textOf("#message .good")).isNotEmpty();
            assertThat(browser.textOf("#device-list h2")).contains("居間のPC <script>alert(1)</script>");

            go(browser, "activity");
            browser.await("#activity-list .card");
            Pictures.take(owner, locale, "pages-activity");

            go(browser, "notices");
            browser.await("#choices input");
            assertThat(browser.text()).contains(always, why);
            Pictures.take(owner, locale, "pages-notices");
            browser.click("#choices input[name=login]");
            assertThat(browser.textOf("#message .good")).isNotEmpty();

            go(browser, "passkeys");
            browser.await("#none");
            Pictures.take(owner, locale, "pages-passkeys");

            go(browser, "advice");
            browser.await("#advice-list li");
            Pictures.take(owner, locale, "pages-advice");

            // By password alone: masked, until the customer shows himself.
            browser.forgetCookiesBut("__Host-sekisho-device-", "sekisho-demo");
            open(owner);
            password(browser, customer);
            go(browser, "profile");
            assertThat(browser.textOf("#values")).doesNotContain(customer.email(), customer.lastName());
            Pictures.take(owner, locale, "pages-profile-masked");
            browser.follow("#show");
            browser.type("#password", customer.password());
            browser.follow("#kc-login");
            owner.giveOtp(world.otp(customer, 1));
            browser.await("#shown");
            assertThat(browser.url()).endsWith("#profile");
            assertThat(browser.textOf("#values")).contains(customer.email(), customer.lastName());
            Pictures.take(owner, locale, "pages-profile-shown");

            go(browser, "devices");
            browser.click(".remove");
            browser.await("#dialog-yes");
            Pictures.take(owner, locale, "pages-devices-remove");
            browser.click("#dialog-yes");
            browser.await("#none");
            assertThat(browser.textOf("#message")).contains(removed);
            Pictures.take(owner, locale, "pages-devices-none");

            browser.click("#logout");
            browser.await("#login");
            assertThat(browser.textOf("#title")).isEqualTo(loggedOut);
            Pictures.take(owner, locale, "pages-logged-out");
            browser.follow("#login");
            browser.type("#username", customer.username());
            browser.type("#password", customer.password());
            browser.follow("#kc-login");
            assertThat(browser.shows("#otp")).as("an unknown device").isTrue();
        }
    }

    // FFAJ-1.5-S1
    @Test
    void keycloaksAccountConsoleOpensMasked() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            enrol(owner, customer);
            browser.forgetCookiesBut("__Host-sekisho-device-", "sekisho-demo");
            browser.open(URI.create("about:blank"));
            browser.open(world.base().resolve("/realms/broker/account/"));
            browser.await("#username");
            password(browser, customer);
            assertThat(browser.await("#email").getDomProperty("value")).contains("***@");
            assertThat(browser.await("#lastName").getDomProperty("value")).isNotEqualTo(customer.lastName());
            assertThat(browser.shows(".pf-m-danger")).as("an error").isFalse();
            JsonNode before = world.user(customer);
            browser.click("[data-testid=save]");
            browser.await(".pf-m-success");
            assertThat(world.user(customer)).as("saved unchanged").isEqualTo(before);

            browser.open(world.base().resolve("/realms/broker/account/applications"));
            String entry = "安全の設定（端末・履歴・お知らせ）";
            browser.await("the entry of our pages", () -> browser.text().contains(entry) ? true : null);
            // It opens a window of its own.
            browser.add("window.open = address => location.assign(address);"
                    + "[...document.querySelectorAll('a')].find(link => link.textContent.includes('" + entry
                    + "')).click();");
            browser.await("#device-list .card");
        }
    }

    // FFAJ-1.5-S1
    @Test
    void keycloaksAccountConsoleKeepsWhatIsSavedUnchangedAfterASecondFactor() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            browser.open(world.base().resolve("/realms/broker/account/"));
            browser.await("#username");
            password(browser, customer);
            owner.giveOtp(world.otp(customer, 0));
            owner.remember();
            assertThat(browser.await("#email").getDomProperty("value")).isEqualTo(customer.email());
            JsonNode before = world.user(customer);
            browser.click("[data-testid=save]");
            browser.await(".pf-m-success");
            assertThat(world.user(customer)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ja, お手続きが完了しました, パスキー（\\d{4}/\\d\\d/\\d\\d \\d+:\\d\\d 登録）, パスキーの削除",
        "en, Done, 'Passkey \\(registered \\w+ \\d+, \\d{4}, \\d+:\\d\\d.[AP]M\\)', Delete Passkey"
    })
    void aPasskeyIsRegisteredAndRemovedWhereTheCustomerShowsHimself(
            String locale, String done, String unnamed, String removal) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = owner.browser();
            enrol(owner, customer);
            go(browser, "passkeys");
            browser.holdPasskeys();
            browser.follow("#add");
            browser.type("#password", customer.password());
            browser.follow("#kc-login");
            owner.giveOtp(world.otp(customer, 1));
            browser.click("#registerWebAuthn");
            browser.acceptPrompt();
            assertThat(browser.textOf("#message .good")).contains(done);
            browser.await("#passkey-list .card");
            assertThat(browser.textOf("#passkey-list h2")).matches(unnamed);
            Pictures.take(owner, locale, "pages-passkey");

            browser.click(".remove");
            browser.click("#dialog-no");
            browser.await("#passkey-list .card");
            browser.click(".remove");
            browser.follow("#dialog-yes");
            browser.type("#password", customer.password());
            browser.follow("#kc-login");
            browser.follow("#authenticateWebAuthnButton");
            assertThat(browser.textOf("#kc-page-title")).isEqualTo(removal);
            Pictures.take(owner, locale, "passkey-removal");
            browser.follow("#kc-accept");
            browser.await("#none");
        }
    }

    // JP25-4, JP25-9, FFAJ-1.2-B2, FFAJ-1.2-S2
    @ParameterizedTest
    @CsvSource({"ja, 現在, 記憶している端末, お申し出を承りました", "en, Now, Remembered devices, Thank you for your report"})
    void aCustomerSeesTheScheduleLimitsHisLoginsAddsAnAddressAndReportsALogin(
            String locale, String now, String rememberedDevices, String reported) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = owner.browser();
            enrol(owner, customer);
            go(browser, "schedule");
            browser.await("#none");
            world.during("changes", InterimIT.stages(3, "POSTPONABLE"), () -> {
                go(browser, "devices");
                go(browser, "schedule");
                assertThat(browser.textOf("#schedule-list li")).contains(now);
                assertThat(browser.textOf("#standing")).contains("3");
                Pictures.take(owner, locale, "pages-schedule");
            });

            go(browser, "access-rules");
            browser.await("#none");
            Pictures.take(owner, locale, "pages-access-rules-none");
            browser.choose("#match", "KNOWN_DEVICE");
            browser.await("no value", () -> browser.shows("#value") ? null : true);
            LocalDate lastDay = LocalDate.now(ZoneId.of("Asia/Tokyo")).plusDays(30);
            browser.ask("document.querySelector('#day').value = '" + lastDay + "'; arguments[0](true)");
            browser.click("#make");
            assertThat(browser.textOf("#access-rule-list .card h2")).contains(rememberedDevices);
            assertThat(world.tables().endsOfAccessRules(world.id(customer)))
                    .containsExactly(lastDay.plusDays(1)
                            .atStartOfDay(ZoneId.of("Asia/Tokyo"))
                            .toInstant());
            assertThat(browser.textOf("#message .good")).isNotEmpty();
            assertThat(browser.ask("arguments[0](document.querySelector('#match').value)"))
                    .as("the field that is asked for belongs to what is chosen")
                    .isEqualTo("COUNTRY");
            Pictures.take(owner, locale, "pages-access-rules");
            browser.click(".remove");
            browser.await("#dialog-yes");
            Pictures.take(owner, locale, "pages-access-rules-remove");
            browser.click("#dialog-no");

            go(browser, "notices");
            String second = customer.username() + "-" + locale + "@second.example";
            browser.type("#address", second);
            browser.click("#send-code");
            browser.await("#code");
            Pictures.take(owner, locale, "pages-address-code");
            browser.type("#code", "00000000");
            browser.click("#verify");
            assertThat(browser.textOf("#message .bad")).isNotEmpty();
            browser.type("#code", codeTo(second));
            browser.click("#verify");
            browser.await("#addresses .rows button");
            assertThat(browser.textOf("#addresses")).contains("c***@s***");
            Pictures.take(owner, locale, "pages-address-added");

            go(browser, "activity");
            browser.click(".disown");
            browser.await("#dialog-yes");
            Pictures.take(owner, locale, "pages-disown");
            browser.click("#dialog-yes");
            browser.await("#login");
            assertThat(browser.textOf("#title")).isEqualTo(reported);
            assertThat(browser.textOf("#contact")).contains("0120-000-000");
            Pictures.take(owner, locale, "pages-disowned");
            World.await("disabled", () -> !world.user(customer).path("enabled").asBoolean());
        }
    }

    /** What he chooses on the page is what the next mail is written in, whatever language he looks at. */
    // FFAJ-1.2-S2
    @Test
    void theCustomerIsToldInTheLanguageThatHeChose() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            enrol(owner, customer);
            world.awaitTold(customer, "新しい端末からのログインのお知らせ");
            browser.click("#language");
            go(browser, "notices");
            assertThat(browser.textOf("#title")).isEqualTo("Notices");
            browser.await("#notice-language");
            assertThat(browser.ask("arguments[0](document.querySelector('#notice-language').value)"))
                    .as("to look is not to choose")
                    .isEqualTo("ja");
            browser.choose("#notice-language", "en");
            browser.click("#speak");
            assertThat(browser.textOf("#message .good")).isEqualTo("Your choice has been saved.");
            Pictures.take(owner, "en", "pages-notices-language");
            assertThat(world.user(customer).at("/attributes/locale/0").asText()).isEqualTo("en");

            Visitor elsewhere = world.visitor(Origin.OSAKA_MOBILE.address(), Visitor.SAFARI);
            elsewhere.enrol(customer, 1);
            world.awaitTold(customer, "Login from a new device");

            browser.choose("#notice-language", "ja");
            browser.click("#speak");
            browser.await("Japanese", () -> browser.textOf("#title").equals("お知らせの設定") ? true : null);
        }
    }

    // JP25-9
    @ParameterizedTest
    @CsvSource({"ja, から停止中, 口座を停止しました", "en, Suspended since, Your account has been suspended"})
    void aCustomerSuspendsOneThingAndThenAll(String locale, String since, String suspended) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = owner.browser();
            enrol(owner, customer);
            go(browser, "freeze");
            browser.await("#freeze-now");
            Pictures.take(owner, locale, "pages-freeze");
            browser.click(".rows .button");
            browser.await("#dialog-yes");
            Pictures.take(owner, locale, "pages-freeze-one");
            browser.click("#dialog-yes");
            assertThat(browser.textOf(".rows .label.bad")).contains(since);
            Pictures.take(owner, locale, "pages-freeze-one-done");
            browser.click("#freeze-now");
            browser.await("#dialog-yes");
            Pictures.take(owner, locale, "pages-freeze-all");
            browser.click("#dialog-yes");
            browser.await("#login");
            assertThat(browser.textOf("#title")).isEqualTo(suspended);
            assertThat(browser.textOf("#contact")).contains("0120-000-000");
            Pictures.take(owner, locale, "pages-freeze-all-done");
            loggedInNoMore(owner, customer);
        }
    }

    /** His right password leads to the page that says so. */
    private static void loggedInNoMore(BrowserVisitor owner, Customer customer) {
        owner.browser().follow("#login");
        password(owner.browser(), customer);
        assertThat(owner.browser().shows("#sekisho-frozen"))
                .as(owner.browser().text())
                .isTrue();
    }

    /** That was sent to an address that is not verified yet. */
    private String codeTo(String address) throws Exception {
        Pattern code = Pattern.compile("(?<![0-9])[0-9]{8}(?![0-9])");
        Mail mail = world.inbox()
                .await(
                        sent -> sent.to().equals(address)
                                && code.matcher(sent.text()).find(),
                        World.SOON)
                .orElseThrow();
        return code.matcher(mail.text()).results().findFirst().orElseThrow().group();
    }

    @Test
    void theFirmWritesItsOwnAdvice() throws Exception {
        Customer customer = world.customer();
        String texts = World.realm("/localization/ja");
        world.admin()
                .post(
                        texts,
                        Map.of(
                                "sekisho-pages-advice-1", "関所証券からのお願いです。",
                                "sekisho-pages-advice-7", "月に一度、履歴をご確認ください。"));
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            enrol(owner, customer);
            go(owner.browser(), "advice");
            assertThat(owner.browser().textOf("#advice-list"))
                    .startsWith("関所証券からのお願いです。")
                    .endsWith("月に一度、履歴をご確認ください。");
        } finally {
            world.admin().delete(texts + "/sekisho-pages-advice-1");
            world.admin().delete(texts + "/sekisho-pages-advice-7");
        }
    }

    @Test
    void thePagesNeedNoMouse() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            enrol(owner, customer);
            browser.await("#device-list .card");
            for (int tab = 0; tab < 20 && !onRemove(browser); tab++) {
                browser.press(Keys.TAB);
            }
            browser.press(Keys.ENTER);
            browser.await("#dialog-yes");
            browser.press(Keys.ESCAPE);
            browser.await("the dialogue to close", () -> browser.shows("#dialog-yes") ? null : true);
            assertThat(onRemove(browser)).as("back where it came from").isTrue();
            assertThat(browser.shows("#device-list .card")).isTrue();
            browser.press(Keys.ENTER);
            browser.await("#dialog-yes");
            browser.press(Keys.ENTER);
            browser.await("#none");
        }
    }

    private void open(BrowserVisitor visitor) {
        visitor.browser().open(URI.create("about:blank"));
        visitor.browser().open(world.base().resolve("/realms/broker/sekisho/pages/"));
        visitor.browser().await("#username");
    }

    private static void password(Browser browser, Customer customer) {
        browser.type("#username", customer.username());
        browser.type("#password", customer.password());
        browser.follow("#kc-login");
    }

    private void enrol(BrowserVisitor visitor, Customer customer) {
        open(visitor);
        password(visitor.browser(), customer);
        visitor.giveOtp(world.otp(customer, 0));
        visitor.remember();
        visitor.browser().await("#device-list");
    }

    private static void go(Browser browser, String view) {
        browser.click("nav a[href='#" + view + "']");
        browser.await(view, () -> browser.shows("nav a[href='#" + view + "'][aria-current=page]") ? true : null);
    }

    private static boolean onRemove(Browser browser) {
        String focus = browser.focus();
        return focus != null && focus.startsWith("remove-");
    }
}
