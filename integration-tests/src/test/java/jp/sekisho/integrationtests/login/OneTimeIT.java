package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.RepeatedTest;

/** A code is good once, also for those who come at the same moment. */
// FFAJ-1.2-S3
@LoginTest
class OneTimeIT {

    /** Fewer than what is throttled. */
    private static final int AT_ONCE = 4;

    private final World world;

    OneTimeIT(World world) {
        this.world = world;
    }

    @RepeatedTest(3)
    void aCodeOfTheAppInOneSession() throws Exception {
        Customer customer = world.customer();
        String code = world.otp(customer, 0);
        List<Page> answers = atOnce(tabs(customer, Kind.OTP), page -> page.otp(code));
        assertThat(admitted(customer, answers)).isLessThanOrEqualTo(1);
    }

    @RepeatedTest(3)
    void aCodeOfTheAppInSeveralSessions() throws Exception {
        Customer customer = world.customer();
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            pages.add(world.visitor(Origin.TOKYO_HOME).logIn(customer));
        }
        String code = world.otp(customer, 0);
        assertThat(admitted(customer, atOnce(pages, page -> page.otp(code)))).isOne();
    }

    @RepeatedTest(3)
    void aCodeByMail() throws Exception {
        Customer customer = world.customerWithoutApp();
        List<Page> tabs = tabs(customer, Kind.MAIL_CODE);
        String code = world.mailCode(customer, 1);
        assertThat(admitted(customer, atOnce(tabs, page -> page.mailCode(code))))
                .isLessThanOrEqualTo(1);
    }

    /** One page of one session, several times. */
    private List<Page> tabs(Customer customer, Kind kind) {
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page asked = visitor.logIn(customer);
        assertThat(asked.kind()).isEqualTo(kind);
        List<Page> tabs = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            tabs.add(asked.inFrontOf(visitor.copy()));
        }
        return tabs;
    }

    private static List<Page> atOnce(List<Page> pages, UnaryOperator<Page> post) throws Exception {
        CyclicBarrier start = new CyclicBarrier(pages.size());
        ExecutorService threads = Executors.newFixedThreadPool(pages.size());
        try {
            List<Future<Page>> futures = new ArrayList<>();
            for (Page page : pages) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return post.apply(page);
                }));
            }
            List<Page> answers = new ArrayList<>();
            for (Future<Page> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * How many were let in, as it was recorded. Keycloak keeps one state of a session, so of several posts in one the one that
     * was let in may still be shown the page of another: then none comes into the app.
     */
    private long admitted(Customer customer, List<Page> answers) throws Exception {
        long inApp = 0;
        for (Page answer : answers) {
            Page last = answer.kind() == Kind.REMEMBER ? answer.remember(false) : answer;
            inApp += last.code().isPresent() ? 1 : 0;
        }
        long recorded = world.records(customer).stream()
                .map(Tables.Record::result)
                .filter("ADMITTED"::equals)
                .count();
        assertThat(inApp).isLessThanOrEqualTo(recorded);
        return recorded;
    }
}
