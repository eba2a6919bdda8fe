package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
    private static final String NOBODY = "nobody";
    private static final int WARM_UP = 8;
    private static final int SAMPLES = 60;

    /** What our pages tell by time, they tell each time; what else a machine has to do, it does not. */
    private static final int MEASUREMENTS = 3;

    /** Until when a throttle lasts. */
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}:[0-9]{2}");

    private static final System.Logger LOG = System.getLogger(UnknownNamesIT.class.getName());

    /** The last one that was used. */
    private static int networks = 71;

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
            seen.add(page.kind() + " " + page.status() + " "
                    + TIME.matcher(alike(page, name)).replaceAll("a time"));
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
        measured(network -> timeTellsNothing(network, customer, id));
    }

    private void timeTellsNothing(String network, Customer customer, String id) throws Exception {
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int sample = 0; sample < WARM_UP + SAMPLES; sample++) {
            String address = network + (sample + 1);
            long ofKnown = nanos(address, customer.username());
            long ofUnknown = nanos(address, "nobody-" + sample);
            world.tables().forgetFailures(world.realmId(), id);
            if (sample >= WARM_UP) {
                known.add(ofKnown);
                unknown.add(ofUnknown);
            }
        }
        assertAlike("password", known, unknown);
    }

    /** The page that takes the code of a letter, for who is frozen, has no letter, has one, or is nobody. */
    // JP25-8
    @Test
    void timeOfALettersPageTellsNothing() throws Exception {
        Customer without = world.customerWithoutApp();
        Customer awaiting = world.customerWithoutApp();
        Letters.ofTwo(world, awaiting);
        Customer frozen = world.customerWithoutApp();
        assertThat(LocksIT.asOfficer(
                                world,
                                "POST",
                                "/customers/" + world.id(frozen) + "/freeze",
                                "{\"operation\":\"ALL\",\"reason\":\"調査\"}")
                        .statusCode())
                .isEqualTo(204);
        World.await("disabled", () -> !world.user(frozen).path("enabled").asBoolean());
        measured(network -> timeOfALettersPageTellsNothing(
                network,
                List.of(
                        Map.entry("without a letter", without.username()),
                        Map.entry("with a letter", awaiting.username()),
                        Map.entry("frozen", frozen.username()))));
    }

    private void timeOfALettersPageTellsNothing(String network, List<Map.Entry<String, String>> known)
            throws Exception {
        Map<String, List<Long>> naming = new LinkedHashMap<>();
        Map<String, List<Long>> typing = new LinkedHashMap<>();
        for (int sample = 0; sample < WARM_UP + SAMPLES; sample++) {
            List<Map.Entry<String, String>> all = new ArrayList<>(known);
            all.add(0, Map.entry(NOBODY, "nobody-with-a-letter-" + sample));
            // Each is the first of an address as often.
            Collections.rotate(all, sample);
            Visitor visitor = world.visitor(network + (sample + 1), Visitor.CHROME);
            for (Map.Entry<String, String> somebody : all) {
                visitor.forgetSession();
                Page form = visitor.openLogin().follow("a[href*=reset-credentials]");
                long begin = System.nanoTime();
                Page letter = form.submit(
                        "#sekisho-reset-name-form", Map.of("username", somebody.getValue(), "letter", "true"));
                long named = System.nanoTime();
                Page wrong = letter.submit("#sekisho-letter-form", Map.of("code", "2345-6789-ABCD"));
                long end = System.nanoTime();
                assertThat(wrong.shows("#code-error")).as(wrong.text()).isTrue();
                if (sample >= WARM_UP) {
                    naming.computeIfAbsent(somebody.getKey(), who -> new ArrayList<>())
                            .add(named - begin);
                    typing.computeIfAbsent(somebody.getKey(), who -> new ArrayList<>())
                            .add(end - named);
                }
            }
        }
        for (Map.Entry<String, String> one : known) {
            String who = one.getKey();
            assertAlike("name, " + who, naming.get(who), naming.get(NOBODY));
            assertAlike("code, " + who, typing.get(who), typing.get(NOBODY));
        }
    }

    private interface Measurement {

        /** @param network in front of the last number of addresses */
        void take(String network) throws Exception;
    }

    private static void measured(Measurement measurement) throws Exception {
        for (int left = MEASUREMENTS - 1; ; left--) {
            try {
                measurement.take("114.164." + ++networks + '.');
                return;
            } catch (AssertionError told) {
                if (left == 0) {
                    throw told;
                }
                LOG.log(System.Logger.Level.WARNING, "measured again: {0}", told.getMessage());
            }
        }
    }

    private static void assertAlike(String what, List<Long> known, List<Long> unknown) {
        assertAlike(what, known, unknown, 0.25, 1.5);
        assertAlike(what, known, unknown, 0.5, 1.5);
        assertAlike(what, known, unknown, 0.75, 1.5);
        // The tail is the machine's more than ours.
        assertAlike(what, known, unknown, 0.9, 2);
    }

    private static void assertAlike(String what, List<Long> known, List<Long> unknown, double quantile, double factor) {
        long ofKnown = quantile(known, quantile);
        long ofUnknown = quantile(unknown, quantile);
        LOG.log(
                System.Logger.Level.INFO,
                "{0}, quantile {1}: known {2} ns, unknown {3} ns",
                what,
                quantile,
                ofKnown,
                ofUnknown);
        assertThat((double) ofKnown / ofUnknown)
                .as("%s, quantile %s", what, quantile)
                .isBetween(1 / factor, factor);
    }

    private long nanos(String address, String name) {
        Page form = world.visitor(address, Visitor.CHROME).openLogin();
        long begin = System.nanoTime();
        Page page = form.password(name, WRONG);
        long end = System.nanoTime();
        assertThat(page.kind()).isEqualTo(Kind.PASSWORD);
        return end - begin;
    }

    private static long quantile(List<Long> values, double quantile) {
        return values.stream()
                .sorted()
                .skip((long) (quantile * values.size()))
                .findFirst()
                .orElseThrow();
    }

    private static String alike(Page page, String name) {
        return HighRiskIT.normalised(page).replace(name, "the-name");
    }
}
