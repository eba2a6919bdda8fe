package jp.sekisho.demo.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Decisions.Decision;
import jp.sekisho.demo.tour.Visitor.Page;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.mail.MailInbox;
import jp.sekisho.stack.proxy.Origin;

/** Walks the story of the demo in two browsers and tells what happened. */
public final class Tour {

    /**
     * Where the story takes place.
     *
     * @param keycloak as customers see it, with the proxy's page
     */
    public record World(URI keycloak, URI app, Admin admin, MailInbox inbox) {}

    private static final String REALM = "broker";
    private static final Customer CUSTOMER = Customer.SUZUKI;

    /** The 10th failure of unknown devices within 24 h. */
    private static final int STRANGER_LOCK = 10;

    /** Longer than all throttles of the demo's policy together. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What the customer must have been told, in his language. */
    private static final String NEW_DEVICE = "新しい端末からのログインのお知らせ";

    private static final String STRANGER_LOCKED_OUT = "新しい端末からのログインを停止したお知らせ";
    private static final String LOGIN = "ログインのお知らせ";

    private record Step(String title, Walk walk) {}

    @FunctionalInterface
    private interface Walk {
        void go() throws Exception;
    }

    private final World world;
    private final PrintStream out;
    private final Decisions decisions;
    private final Inbox inbox;
    private final Authenticator authenticator = new Authenticator(CUSTOMER, Clock.systemUTC());
    private final Set<String> seen = new HashSet<>();
    private final Visitor owner;
    private final Visitor stranger;

    private Tour(World world, PrintStream out, Visitor owner, Visitor stranger) {
        this.world = world;
        this.out = out;
        this.owner = owner;
        this.stranger = stranger;
        decisions = new Decisions(world.admin(), REALM);
        inbox = new Inbox(world.inbox(), CUSTOMER);
    }

    /** Whether every step went as told; what went otherwise is printed, and the story ends there. */
    public static boolean walk(World world, PrintStream out) throws IOException {
        try (Visitor owner = Visitor.as(CUSTOMER, world, Origin.TOKYO_HOME);
                Visitor stranger = Visitor.as(CUSTOMER, world, Origin.LAGOS)) {
            return new Tour(world, out, owner, stranger).walk();
        }
    }

    private boolean walk() {
        List<Step> steps = List.of(
                new Step("First login, from home in Tokyo: the device is enrolled", this::enrolment),
                new Step("The same device again: no question", this::knownDevice),
                new Step("The same password from Lagos, on a new device: step-up", this::stranger),
                new Step("Wrong passwords on that device: throttle, then lock", this::guessing),
                new Step("The right password there: refused", this::lockedOut),
                new Step("The known device: still let in", this::knownDevice),
                new Step("The mails that went out", this::mails));
        int number = 0;
        for (Step step : steps) {
            out.printf("%n%d/%d  %s%n", ++number, steps.size(), step.title());
            try {
                step.walk().go();
            } catch (Exception e) {
                tell("NOT AS TOLD: " + e.getMessage());
                return false;
            }
        }
        out.printf("%nEvery step went as told.%n");
        return true;
    }

    private void enrolment() throws Exception {
        Page asked = owner.logIn(CUSTOMER.password());
        Told.that(asked == Page.OTP, "the first login asks for the authenticator app", asked);
        tell(owner.told());
        Page then = owner.giveOtp(authenticator.code());
        Told.that(then == Page.REMEMBER_DEVICE, "the customer may let the device be remembered", then);
        Page in = owner.rememberDevice();
        Told.that(in == Page.TRADING_APP, "the customer is in the trading app", in);
        Decision decision = decided("LOGIN", Set.of("MEDIUM"), "new-device", "little-history");
        Told.that(decision.outcome().equals("STEP_UP"), "a step-up was decided", decision);
    }

    private void knownDevice() {
        endSessions();
        Page page = owner.logIn(CUSTOMER.password());
        Told.that(page == Page.TRADING_APP, "the password is enough", page);
        Decision decision = decided("LOGIN", Set.of("LOW"));
        Told.that(decision.outcome().equals("ALLOW"), "the login was simply allowed", decision);
        Told.that(!decision.reasons().contains("new-device"), "the device is known", decision);
    }

    private void stranger() {
        Page page = stranger.logIn(CUSTOMER.password());
        Told.that(page == Page.OTP, "the password is not enough", page);
        tell(stranger.told());
        Page then = stranger.giveOtp("000000");
        Told.that(then == Page.OTP, "a code that is made up is refused", then);
        tell("The stranger makes up a code and is refused.");
        Decision decision = decided("LOGIN_ERROR", Set.of("MEDIUM", "HIGH"), "new-device");
        Told.that(
                decision.reasons().contains("new-country") || decision.reasons().contains("impossible-travel"),
                "the place counts against the stranger",
                decision);
    }

    private void guessing() throws InterruptedException {
        int refused = 0;
        int waits = 0;
        Page page = Page.PASSWORD;
        Instant deadline = Instant.now().plus(PATIENCE);
        while (page != Page.LOCKED) {
            Told.that(
                    Instant.now().isBefore(deadline), "the guesses end in a lock", refused + " refused, then " + page);
            page = stranger.tryAgain("Wrong-guess-" + refused);
            if (page == Page.THROTTLED) {
                waits++;
                // As a guesser would: wait, and try again.
                Thread.sleep(500);
            } else {
                refused++;
            }
        }
        Told.that(waits > 0, "guessing is throttled after the 5th failure", "no throttle in " + refused + " guesses");
        Told.that(refused == STRANGER_LOCK, "the lock comes with failure " + STRANGER_LOCK, refused);
        tell(refused + " wrong passwords; sent away to wait " + waits + " times between them; then locked:");
        tell(stranger.told());
        decided("LOGIN_ERROR", Set.of("MEDIUM", "HIGH"), "new-device", "recent-failures");
    }

    private void lockedOut() {
        Page page = stranger.logIn(CUSTOMER.password());
        Told.that(page == Page.LOCKED || page == Page.REFUSED, "even the right password is refused", page);
        tell(stranger.told());
        decided("LOGIN_ERROR", Set.of("MEDIUM", "HIGH"), "new-device", "recent-failures");
    }

    private void mails() throws InterruptedException {
        inbox.await(NEW_DEVICE, 1);
        inbox.await(STRANGER_LOCKED_OUT, 1);
        inbox.await(LOGIN, 2);
        List<String> subjects = inbox.subjects();
        subjects.forEach(subject -> tell("✉ " + subject));
    }

    private void endSessions() {
        String users = "/admin/realms/" + REALM + "/users";
        String id = world.admin()
                .get(users + "?exact=true&username=" + CUSTOMER.username())
                .path(0)
                .path("id")
                .asText();
        world.admin().post(users + "/" + id + "/logout", "");
    }

    /** Tells what was decided last, which must be new, of this kind and for these reasons. */
    private Decision decided(String event, Set<String> levels, String... reasons) {
        Decision decision =
                decisions.newest(CUSTOMER.username()).orElseThrow(() -> new IllegalStateException("no event"));
        tell(decision.told());
        Told.that(decision.event().equals(event), "the event is " + event, decision);
        Told.that(!decision.id().isEmpty() && seen.add(decision.id()), "this step has a decision", decision);
        Told.that(levels.contains(decision.level()), "the level is one of " + levels, decision);
        Told.that(
                decision.reasons().containsAll(Set.of(reasons)),
                "among the reasons are " + String.join(", ", reasons),
                decision);
        return decision;
    }

    private void tell(String text) {
        text.strip().lines().forEach(line -> out.println("     " + line));
    }
}
