package jp.sekisho.demo.tour;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Decisions.Decision;
import jp.sekisho.demo.tour.Visitor.Page;

/** A login by password, while the migration still allows it: a known device, a stranger, guesses. */
final class LoginChapter {

    /** The 10th failure of unknown devices within 24 h. */
    private static final int STRANGER_LOCK = 10;

    /** Longer than all throttles of the demo's policy together. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Customer customer;
    private final Visitor owner;
    private final Visitor stranger;
    private final Authenticator authenticator;
    private final Users users;
    private final Teller teller;

    LoginChapter(
            Customer customer,
            Visitor owner,
            Visitor stranger,
            Authenticator authenticator,
            Users users,
            Teller teller) {
        this.customer = customer;
        this.owner = owner;
        this.stranger = stranger;
        this.authenticator = authenticator;
        this.users = users;
        this.teller = teller;
    }

    List<Step> steps() {
        return List.of(
                new Step("First login, from home in Tokyo: the device is enrolled", this::enrolment),
                new Step("The same device again: no question", this::knownDevice),
                new Step("The same password from Lagos, on a new device: step-up", this::stranger),
                new Step("Wrong passwords on that device: throttle, then lock", this::guessing),
                new Step("The right password there: refused", this::lockedOut),
                new Step("The known device: still let in", this::knownDevice));
    }

    private void enrolment() throws Exception {
        Page asked = owner.logIn(customer.password());
        Told.that(asked == Page.OTP, "the first login asks for the authenticator app", asked);
        teller.tell(owner.told());
        Page then = owner.giveOtp(authenticator.unused());
        Told.that(then == Page.REMEMBER_DEVICE, "the customer may let the device be remembered", then);
        Page in = owner.rememberDevice();
        Told.that(in == Page.TRADING_APP, "the customer is in the trading app", in);
        Decision decision = teller.decided(customer, "LOGIN", Set.of("MEDIUM"), "new-device", "little-history");
        Told.that(decision.outcome().equals("STEP_UP"), "a step-up was decided", decision);
    }

    private void knownDevice() {
        users.endSessions(customer);
        Page page = owner.logIn(customer.password());
        Told.that(page == Page.TRADING_APP, "the password is enough", page);
        Decision decision = teller.decided(customer, "LOGIN", Set.of("LOW"));
        Told.that(decision.outcome().equals("ALLOW"), "the login was simply allowed", decision);
        Told.that(!decision.reasons().contains("new-device"), "the device is known", decision);
    }

    private void stranger() {
        Page page = stranger.logIn(customer.password());
        Told.that(page == Page.OTP, "the password is not enough", page);
        teller.tell(stranger.told());
        Page then = stranger.giveOtp("000000");
        Told.that(then == Page.OTP, "a code that is made up is refused", then);
        teller.tell("The stranger makes up a code and is refused.");
        Decision decision = teller.decided(customer, "LOGIN_ERROR", Set.of("MEDIUM", "HIGH"), "new-device");
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
        teller.tell(refused + " wrong passwords; sent away to wait " + waits + " times between them; then locked:");
        teller.tell(stranger.told());
        teller.decided(customer, "LOGIN_ERROR", Set.of("MEDIUM", "HIGH"), "new-device", "recent-failures");
    }

    private void lockedOut() {
        Page page = stranger.logIn(customer.password());
        Told.that(page == Page.LOCKED || page == Page.REFUSED, "even the right password is refused", page);
        teller.tell(stranger.told());
        teller.decided(customer, "LOGIN_ERROR", Set.of("MEDIUM", "HIGH"), "new-device", "recent-failures");
    }
}
