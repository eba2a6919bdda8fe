package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.LockedRealm;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/**
 * A thief who is a customer himself shows something of his own, and while it is looked at says in the same tab that he is
 * somebody else: Keycloak has one state of a tab for all who post to it.
 */
// FFAJ-1.2-B1, JP25-3
@LoginTest
class OneTabIT {

    private static final String LINK = "a[href*=reset-credentials]";
    private static final String NAME = "#sekisho-reset-name-form";
    private static final String CODE = "#sekisho-reset-code-form";
    private static final String RECOVERY = "#sekisho-recovery-form";

    private final World world;

    OneTabIT(World world) {
        this.world = world;
    }

    @Test
    void aCodeOfHisOwnAppIsNoSecondFactorOfAnother() throws Exception {
        Customer thief = world.customer();
        Customer victim = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page own = visitor.logIn(thief).otp("000000");
        assertThat(own.kind()).isEqualTo(Kind.OTP);

        Page answer = whileLookedAt(thief, own, page -> page.otp(world.otp(thief, 0)), () -> {
            Page asked = again(visitor, own).password(victim.username(), victim.password());
            assertThat(asked.kind()).as(asked.text()).isEqualTo(Kind.OTP);
        });
        Page last = answer.kind() == Kind.REMEMBER ? answer.remember(false) : answer;

        assertThat(last.code()).as(last.text()).isEmpty();
        assertThat(world.records(victim)).extracting(Tables.Record::result).doesNotContain("ADMITTED");
    }

    @Test
    void norDoesItResetThePasswordOfAnother() throws Exception {
        Customer thief = world.customer();
        Customer victim = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page own = visitor.openLogin()
                .follow(LINK)
                .submit(NAME, Map.of("username", thief.username()))
                .submit(CODE, Map.of("code", world.mailCode(thief, 1)))
                .otp("000000");
        assertThat(own.kind()).as(own.text()).isEqualTo(Kind.OTP);

        Page answer = whileLookedAt(thief, own, page -> page.otp(world.otp(thief, 0)), () -> {
            Page asked = again(visitor, own)
                    .follow(LINK)
                    .submit(NAME, Map.of("username", victim.username()))
                    .submit(CODE, Map.of("code", world.mailCode(victim, 1)));
            assertThat(asked.kind()).as(asked.text()).isEqualTo(Kind.OTP);
        });

        assertThat(answer.shows("#sekisho-reset-password-form"))
                .as(answer.text())
                .isFalse();
    }

    @Test
    void norIsWhatReplacesHisPasskeyAMeansOfAnother() throws Exception {
        Customer thief = world.customerWithRecoveryCodes();
        Customer victim = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page own = visitor.openLogin()
                .follow(LINK)
                .submit(NAME, Map.of("username", thief.username(), "passkey", "true"))
                .submit(RECOVERY, Map.of("recovery-code", "ZZZZ-ZZZZ-ZZZZ"));

        AtomicReference<Page> victims = new AtomicReference<>();
        whileLookedAt(
                thief,
                own,
                page -> page.submit(RECOVERY, Map.of("recovery-code", LockedRealm.RECOVERY_CODE)),
                () -> victims.set(again(visitor, own)
                        .follow(LINK)
                        .submit(NAME, Map.of("username", victim.username(), "passkey", "true"))));
        Page seen = victims.get().submit(RECOVERY, Map.of());

        assertThat(seen.shows(RECOVERY)).as(seen.text()).isTrue();
        assertThat(seen.shows("#sekisho-recovery-shown")).as(seen.text()).isFalse();
    }

    /** Where a password is changed because somebody knows it, he may stand before the last page with it. */
    @Test
    void norDoesAnybodyComeInWithWhatWasChangedMeanwhile() throws Exception {
        Customer customer = world.customer();
        Page last = world.visitor(Origin.TOKYO_HOME).logIn(customer).otp(world.otp(customer, 0));
        assertThat(last.kind()).as(last.text()).isEqualTo(Kind.REMEMBER);
        world.admin()
                .put(
                        World.realm("/users/" + world.id(customer) + "/reset-password"),
                        Map.of("type", "password", "value", "Hamana-ko-65000", "temporary", false));

        Page in = last.remember(false);

        assertThat(in.code()).as(in.text()).isEmpty();
        assertThat(world.records(customer)).extracting(Tables.Record::result).doesNotContain("ADMITTED");
    }

    private interface Post {
        Page in(Page page) throws Exception;
    }

    /** Posts, and does something else in the tab while the post waits for a counter that others of the thief's hold. */
    private Page whileLookedAt(Customer thief, Page own, Post post, World.Work work) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Visitor elsewhere = own.visitor().copy();
        try (Tables.Held counters = world.tables().hold(world.realmId(), world.id(thief))) {
            Future<Page> waiting = thread.submit(() -> post.in(own.inFrontOf(elsewhere)));
            World.await("the post waits", counters::awaited);
            work.run();
            counters.release();
            return waiting.get();
        } finally {
            thread.shutdownNow();
        }
    }

    /** The tab from the beginning, as the link on each of its pages does. */
    private static Page again(Visitor visitor, Page page) {
        String action = page.document().selectFirst("form[method=post]").absUrl("action");
        return visitor.get(URI.create(action.replaceAll("/login-actions/[a-z-]+", "/login-actions/restart")));
    }
}
