package jp.sekisho.integrationtests.login;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.stack.proxy.ForwardingProxy;
import jp.sekisho.stack.proxy.Origin;

/** Somebody with a real browser. */
final class BrowserVisitor implements AutoCloseable {

    private final World world;
    private final Browser browser;

    private BrowserVisitor(World world, Browser browser) {
        this.world = world;
        this.browser = browser;
    }

    static BrowserVisitor from(World world, Origin origin, String locale) throws IOException {
        BrowserVisitor visitor = new BrowserVisitor(world, Browser.start(locale));
        visitor.comeFrom(origin);
        return visitor;
    }

    Browser browser() {
        return browser;
    }

    void comeFrom(Origin origin) {
        browser.open(world.base().resolve(ForwardingProxy.FROM));
        browser.follow("button[value='" + origin.address() + "']");
    }

    /** What the app asks for, on a browser without a session. */
    void openLogin(Map<String, String> parameters) {
        browser.forgetCookiesBut("__Host-sekisho-device-", "sekisho-demo");
        browser.open(world.app().loginPage(parameters));
    }

    /** Where he sets his trading password; the login page before it takes the passkey that he holds by itself. */
    void openTradingPassword(String locale) {
        openLogin(Map.of("ui_locales", locale, "kc_action", "sekisho-trading-password"));
        browser.await("#sekisho-trading-password-form");
    }

    void logIn(Customer customer) {
        logIn(customer, customer.password(), Map.of());
    }

    void logIn(Customer customer, String password, Map<String, String> parameters) {
        openLogin(parameters);
        browser.type("#username", customer.username());
        browser.type("#password", password);
        browser.follow("#kc-login");
    }

    /** First login on this browser, with a passkey registered and held at its end. @return the code for the app */
    String enrolPasskey(Customer customer) {
        registerPasskey(customer, world.otp(customer, 0));
        return inApp();
    }

    /** The same where it does not count yet, of which he is told at its end. */
    String enrolProvisionalPasskey(Customer customer, String otp) {
        registerPasskey(customer, otp);
        browser.await("#sekisho-provisional");
        browser.follow("#sekisho-read");
        return inApp();
    }

    private void registerPasskey(Customer customer, String otp) {
        logIn(customer, customer.password(), Map.of("kc_action", "webauthn-register-passwordless"));
        giveOtp(otp);
        remember();
        browser.holdPasskeys();
        browser.click("#registerWebAuthn");
        browser.acceptPrompt();
    }

    void giveOtp(String code) {
        browser.type("#otp", code);
        browser.follow("#kc-login");
    }

    void giveMailCode(String code) {
        browser.type("#code", code);
        browser.follow("#sekisho-submit");
    }

    void remember() {
        browser.follow("#sekisho-remember-yes");
    }

    void newPassword(String password) {
        browser.type("#password-new", password);
        browser.type("#password-confirm", password);
        browser.follow("#kc-passwd-update-form [type=submit]");
    }

    /** Waits until the customer is back in the app. @return the code that he brings */
    String inApp() {
        browser.await("the app", () -> browser.url().startsWith(world.app().callback()) ? true : null);
        String query = URI.create(browser.url()).getRawQuery();
        return query.replaceFirst(".*code=([^&]+).*", "$1");
    }

    @Override
    public void close() {
        browser.close();
    }
}
