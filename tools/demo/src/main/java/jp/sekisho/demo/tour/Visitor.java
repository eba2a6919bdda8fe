package jp.sekisho.demo.tour;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.stack.proxy.ForwardingProxy;
import jp.sekisho.stack.proxy.Origin;

/** Somebody with a device of his own, who wants into a customer's account. */
final class Visitor implements AutoCloseable {

    /** What the visitor stands before. */
    enum Page {
        PASSWORD("#kc-form-login"),
        OTP("#kc-otp-login-form"),
        MAIL_CODE("#sekisho-mail-code-form"),
        REMEMBER_DEVICE("#sekisho-remember-form"),
        THROTTLED(".sekisho-next"),
        LOCKED(".sekisho-next"),
        REFUSED("#authenticateWebAuthnButton"),
        TRADING_APP("body");

        private final String css;

        Page(String css) {
            this.css = css;
        }
    }

    /** The heading of a throttle, which ends by itself, in the customers' languages. */
    private static final Pattern THROTTLE = Pattern.compile("しばらくお待ちください|[Pp]lease wait");

    private final Tour.World world;
    private final Customer customer;
    private final Browser browser;

    private Visitor(Tour.World world, Customer customer, Browser browser) {
        this.world = world;
        this.customer = customer;
        this.browser = browser;
    }

    static Visitor as(Customer customer, Tour.World world, Origin from) throws IOException {
        Visitor visitor = at(Browser.start(customer.locale()), customer, world);
        visitor.comeFrom(from);
        return visitor;
    }

    /** At a browser that others use as well. */
    static Visitor at(Browser browser, Customer customer, Tour.World world) {
        return new Visitor(world, customer, browser);
    }

    Browser browser() {
        return browser;
    }

    void comeFrom(Origin origin) {
        browser.open(world.keycloak().resolve(ForwardingProxy.FROM));
        browser.follow("button[value='" + origin.address() + "']");
    }

    /** Asks the trading app for a login. */
    void openLogin() {
        browser.open(world.app().resolve("/oauth2/authorization/sekisho"));
    }

    /** @param view by its name in the address */
    void openCustomersPages(String view) {
        browser.open(world.realm().resolve("sekisho/pages/#" + view));
    }

    /** Asks the trading app for a login and gives a password. */
    Page logIn(String password) {
        openLogin();
        if (page() == Page.PASSWORD) {
            givePassword(password);
        }
        return page();
    }

    /** Once more, on the page where a password was refused. */
    Page tryAgain(String password) {
        if (page() != Page.PASSWORD) {
            return logIn(password);
        }
        givePassword(password);
        return page();
    }

    Page giveOtp(String code) {
        giveOtpCode(code);
        return page();
    }

    /** The same, where another page than those of the story follows. */
    void giveOtpCode(String code) {
        browser.type("#otp", code);
        browser.follow("#kc-login");
    }

    Page giveMailCode(String code) {
        browser.type("#code", code);
        browser.follow("#sekisho-submit");
        return page();
    }

    Page rememberDevice() {
        browser.follow("#sekisho-remember-yes");
        return page();
    }

    /** The reasons as the page words them, or else what the page says first. */
    String told() {
        return browser.textOf(browser.shows("#sekisho-reasons") ? "#sekisho-reasons" : ".sekisho-text");
    }

    /** The page that the browser has come to. */
    Page page() {
        return browser.await("a page of the story", () -> {
            if (isAt(world.app())) {
                return Page.TRADING_APP;
            }
            // Half a page shows half of its forms.
            if (!browser.loaded()) {
                return null;
            }
            for (Page candidate : Page.values()) {
                if (candidate != Page.TRADING_APP && browser.shows(candidate.css)) {
                    return candidate == Page.THROTTLED && !isThrottle() ? Page.LOCKED : candidate;
                }
            }
            return null;
        });
    }

    void givePassword(String password) {
        browser.await("#password");
        if (browser.shows("#username")) {
            browser.type("#username", customer.username());
        }
        browser.type("#password", password);
        browser.follow("#kc-login");
    }

    private boolean isThrottle() {
        return THROTTLE.matcher(browser.text()).find();
    }

    private boolean isAt(URI site) {
        return browser.url().startsWith(site.toString());
    }

    @Override
    public void close() {
        browser.close();
    }
}
