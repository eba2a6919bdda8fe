package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.LockedRealm;
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
        List<Page> answers = AtOnce.post(tabs(customer, Kind.OTP), page -> page.otp(code));
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
        assertThat(admitted(customer, AtOnce.post(pages, page -> page.otp(code))))
                .isOne();
    }

    @RepeatedTest(6)
    void aCodeByMail() throws Exception {
        Customer customer = world.customerWithoutApp();
        List<Page> tabs = tabs(customer, Kind.MAIL_CODE);
        String code = world.mailCode(customer, 1);
        assertThat(admitted(customer, AtOnce.post(tabs, page -> page.mailCode(code))))
                .isLessThanOrEqualTo(1);
    }

    /** In tabs of their own: each would be the first of two means. */
    @RepeatedTest(2)
    void aSavedRecoveryCode() throws Exception {
        Customer customer = world.customerWithRecoveryCodes();
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            pages.add(world.visitor(Origin.TOKYO_HOME)
                    .openLogin()
                    .follow("a[href*=reset-credentials]")
                    .submit("#sekisho-reset-name-form", Map.of("username", customer.username(), "passkey", "true")));
        }
        // All of the customer's are the same text: who comes a moment later shows the next one.
        AtOnce.post(
                pages,
                page -> page.submit("#sekisho-recovery-form", Map.of("recovery-code", LockedRealm.RECOVERY_CODE)));
        // What is kept of a tab is kept also where its request is undone.
        long shown = pages.stream()
                .map(Page::reload)
                .filter(page -> page.shows("#sekisho-recovery-shown"))
                .count();
        assertThat(shown).as("each used one up").isEqualTo(used(customer));
    }

    private long used(Customer customer) throws Exception {
        String data = world.admin()
                .get(World.realm("/users/" + world.id(customer) + "/credentials"))
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("recovery-authn-codes"))
                .map(credential -> credential.path("credentialData").asText())
                .findFirst()
                .orElseThrow();
        JsonNode codes = new ObjectMapper().readTree(data);
        return codes.path("totalCodes").asLong() - codes.path("remainingCodes").asLong();
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
        assertThat(inApp).isLessThanOrEqualTo(Math.min(recorded, 1));
        return recorded;
    }
}
