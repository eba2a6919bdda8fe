package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Nobody learns which names exist: not by pages, not by statuses, not by time, not by locks. */
// FFAJ-1.2-S3
@LoginTest
class UnknownNamesIT {

    private static final String WRONG = "Not-the-password-1";
    private static final int WARM_UP = 8;
    private static final int SAMPLES = 40;

    private final World world;

    UnknownNamesIT(World world) {
        this.world = world;
    }

    @Test
    void pageAndStatusAreThoseOfAKnownName() throws Exception {
        Customer customer = world.customer();
        Page known = world.visitor(Origin.TOKYO_HOME).logIn(customer, WRONG);
        Page unknown = world.visitor(Origin.TOKYO_HOME).openLogin().password("nobody-of-that-name", WRONG);
        assertThat(known.kind()).isEqualTo(Kind.PASSWORD);
        assertThat(unknown.status()).isEqualTo(known.status());
        assertThat(alike(unknown, "nobody-of-that-name")).isEqualTo(alike(known, customer.username()));
        assertThat(unknown.response().headers().map().keySet())
                .isEqualTo(known.response().headers().map().keySet());
    }

    @Test
    void anUnknownNameIsThrottledAndLockedLikeAKnownOne() throws Exception {
        Customer customer = world.customer();
        List<String> known = guesses(customer.username());
        List<String> unknown = guesses("somebody-else");
        assertThat(unknown).isEqualTo(known).last().asString().startsWith("LOCKED");
    }

    /** What is seen of eleven wrong passwords, one after another. */
    private List<String> guesses(String name) throws Exception {
        Visitor visitor = world.visitor(Origin.OSAKA_MOBILE);
        List<String> seen = new ArrayList<>();
        for (int guess = 1; guess <= 11; guess++) {
            visitor.forgetSession();
            Page page = visitor.openLogin().password(name, WRONG);
            seen.add(page.kind() + " " + page.status() + " " + page.document().title());
            if (guess >= 6) {
                world.tables().endThrottles(world.realmId());
            }
        }
        return seen;
    }

    /** Interleaved, each from an address of its own, so that neither throttles nor the source's record get in the way. */
    @Test
    void timeTellsNothing() throws Exception {
        Customer customer = world.customer();
        String id = world.id(customer);
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int sample = 0; sample < WARM_UP + SAMPLES; sample++) {
            String address = "114.164.72." + (sample + 1);
            long ofKnown = nanos(address, customer.username());
            long ofUnknown = nanos(address, "nobody-" + sample);
            world.tables().forgetFailures(world.realmId(), id);
            if (sample >= WARM_UP) {
                known.add(ofKnown);
                unknown.add(ofUnknown);
            }
        }
        double ratio = (double) median(known) / median(unknown);
        System.getLogger(UnknownNamesIT.class.getName())
                .log(System.Logger.Level.INFO, "known {0} ns, unknown {1} ns", median(known), median(unknown));
        assertThat(ratio).isBetween(1 / 1.5, 1.5);
    }

    private long nanos(String address, String name) {
        Page form = world.visitor(address, Visitor.CHROME).openLogin();
        long begin = System.nanoTime();
        Page page = form.password(name, WRONG);
        long end = System.nanoTime();
        assertThat(page.kind()).isEqualTo(Kind.PASSWORD);
        return end - begin;
    }

    private static long median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String alike(Page page, String name) {
        return HighRiskIT.normalised(page).replace(name, "the-name");
    }
}
