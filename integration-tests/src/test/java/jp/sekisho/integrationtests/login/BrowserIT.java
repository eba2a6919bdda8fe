package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a real browser does: passkeys, and how the pages look on small screens. Pictures: target/screenshots. */
// JP25-1
@LoginTest
class BrowserIT {

    private static final String REFUSED = "#authenticateWebAuthnButton";

    private final World world;

    BrowserIT(World world) {
        this.world = world;
    }

    @Test
    void aPasskeyPassesFromTheRefusedPageAndFromAutofill() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            JsonNode enrolled =
                    world.app().exchange(owner.enrolPasskey(customer)).idClaims();
            assertThat(enrolled.path("acr").asText()).isEqualTo("urn:sekisho:acr:mfa");

            HighRiskIT.alwaysAtHomeInTokyo(world, customer);

            // Without the token of the device, from a data centre abroad: the password leads to the refusal.
            browser.layPasskeysAside();
            browser.forgetCookiesBut();
            owner.comeFrom(Origin.US_HOSTING);
            owner.logIn(customer);
            assertThat(browser.shows(REFUSED)).as(browser.text()).isTrue();
            browser.holdPasskeys();
            browser.follow(REFUSED);
            owner.remember();
            // Somebody knew the password where only the passkey passed.
            browser.type("#password-new", "Hamana-ko-65000");
            browser.type("#password-confirm", "Hamana-ko-65000");
            browser.click("#kc-passwd-update-form [type=submit]");
            JsonNode in = tokens(owner);
            assertThat(in.path("acr").asText()).isEqualTo("urn:sekisho:acr:phishing-resistant");
            assertThat(in.path("amr")).extracting(JsonNode::asText).containsExactly("hwk");
            assertThat(world.records(customer))
                    .last()
                    .extracting(Tables.Record::level, Tables.Record::result)
                    .containsExactly("HIGH", "ADMITTED");

            // Autofill: the browser offers the passkey in the field of the name, nothing is typed.
            owner.openLogin(Map.of());
            assertThat(tokens(owner).path("amr")).extracting(JsonNode::asText).containsExactly("hwk");
        }
    }

    private JsonNode tokens(BrowserVisitor visitor) throws Exception {
        return world.app().exchange(visitor.inApp()).idClaims();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void everyPageFitsASmallScreen(String locale) throws Exception {
        Customer withApp = world.customer(locale, world.customer().totpKey());
        Customer without = world.customer(locale, "");
        Customer unusual = world.customer(locale, "");
        HighRiskIT.alwaysAtHomeInTokyo(world, unusual);
        try (BrowserVisitor visitor = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Map<String, String> language = Map.of("ui_locales", locale);
            visitor.openLogin(language);
            picture(visitor, locale, "login");
            visitor.logIn(withApp, "Not-the-password-1", language);
            picture(visitor, locale, "login-wrong");
            visitor.logIn(withApp, withApp.password(), language);
            picture(visitor, locale, "otp");
            visitor.giveOtp("abcdef");
            picture(visitor, locale, "otp-wrong");
            visitor.giveOtp(world.otp(withApp, 0));
            picture(visitor, locale, "remember");
            visitor.logIn(without, without.password(), language);
            picture(visitor, locale, "mail-code");
            visitor.browser().follow("#sekisho-resend");
            picture(visitor, locale, "mail-code-resent");
            visitor.giveMailCode("12345");
            picture(visitor, locale, "mail-code-wrong");
            for (int guess = 1; guess <= 6; guess++) {
                visitor.logIn(without, "Not-the-password-1", language);
            }
            picture(visitor, locale, "throttle");
            visitor.comeFrom(Origin.US_HOSTING);
            visitor.logIn(unusual, unusual.password(), language);
            assertThat(visitor.browser().shows(REFUSED)).isTrue();
            picture(visitor, locale, "refused");
        }
    }

    /** At both sizes; at 360 pixels nothing has to be scrolled sideways. */
    private static void picture(BrowserVisitor visitor, String locale, String page) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "screenshots"));
        Browser browser = visitor.browser();
        browser.resize(1280, 900);
        Files.write(directory.resolve(page + "-" + locale + "-desktop.png"), browser.picture());
        browser.resize(360, 740);
        Files.write(directory.resolve(page + "-" + locale + "-360.png"), browser.picture());
        assertThat(browser.sidewaysScroll()).as(page + " " + locale).isZero();
        browser.resize(1280, 900);
    }
}
