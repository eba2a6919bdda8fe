package jp.sekisho.integrationtests.login;

import java.time.Duration;
import java.time.Instant;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;

/**
 * Sessions that began when the world did, and that nobody touches until their lifetimes are tried: Keycloak keeps their times
 * in memory, where no test shifts them.
 *
 * @param phone a public client
 * @param site a confidential one, which also asks for offline tokens
 * @param public_ of the phone
 * @param browser is still open
 * @param unused of the site
 * @param offline of the same login as {@link #unused}
 * @param old of the site, too
 * @param oldBrowser in which the last one logged in
 */
record LongAgo(
        Instant began,
        App phone,
        App site,
        One public_,
        Visitor browser,
        Customer browsing,
        One unused,
        App.Tokens offline,
        One old,
        Visitor oldBrowser) {

    record One(Customer customer, App.Tokens tokens) {}

    static LongAgo begin(World world) throws Exception {
        App phone = SessionIT.publicApp(world, "phone-of-long-ago");
        App site = SessionIT.offlineApp(world, "site-of-long-ago");
        Customer browsing = world.customer();
        Visitor browser = visitor(site);
        browser.enrol(browsing);
        Visitor away = visitor(site);
        One unused = login(world, away);
        App.Tokens offline = away.openLogin(SessionIT.OFFLINE).tokens();
        Visitor old = visitor(site);
        return new LongAgo(
                Instant.now(),
                phone,
                site,
                login(world, visitor(phone)),
                browser,
                browsing,
                unused,
                offline,
                login(world, old),
                old);
    }

    private static One login(World world, Visitor visitor) throws Exception {
        Customer customer = world.customer();
        return new One(customer, visitor.enrol(customer).tokens());
    }

    private static Visitor visitor(App app) {
        return Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
    }

    /** In a run of all classes it was minutes ago; who runs one alone waits. */
    void awaitPast(Duration age) throws InterruptedException {
        Instant enough = began.plus(age).plusSeconds(1);
        Object lock = new Object();
        synchronized (lock) {
            while (Instant.now().isBefore(enough)) {
                lock.wait(100);
            }
        }
    }
}
