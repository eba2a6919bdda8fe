package jp.sekisho.demo.tour;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A firm that asks for the trading password beside the passkey: guessing it stops withdrawals, and no login. */
final class GuessingChapter {

    private static final String GOOD = "Hoshi+Tetsu4Kumo";
    private static final String FORM = "#sekisho-trading-password-form";
    private static final String STOPPED = "#sekisho-obstacle";

    /** Longer than all throttles of the demo's policy together. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Tour.World world;
    private final TradingDesk desk;
    private final Policy policy;
    private final Inbox inbox;
    private final Teller teller;

    GuessingChapter(Tour.World world, TradingDesk desk, Policy policy, Inbox inbox, Teller teller) {
        this.world = world;
        this.desk = desk;
        this.policy = policy;
        this.inbox = inbox;
        this.teller = teller;
    }

    List<Step> steps() {
        return List.of(
                new Step("A trading password is set; from now on the firm asks for it, too", this::set),
                new Step("It is guessed until withdrawals stop; the login goes on", this::guessing));
    }

    private void set() {
        desk.enterAgain();
        Browser browser = desk.browser();
        browser.open(URI.create(world.loginPage() + "&kc_action=sekisho-trading-password"));
        browser.await(FORM);
        browser.type("#password", desk.customer().password());
        browser.type("#password-new", GOOD);
        browser.type("#password-confirm", GOOD);
        browser.follow("#sekisho-submit");
        policy.ask("operations", "trading-password", "ALWAYS");
        desk.withdraw("30000");
        browser.type("#trading-password", GOOD);
        desk.confirm();
        desk.requireLatest("WITHDRAWAL", "done");
    }

    private void guessing() throws Exception {
        Browser browser = desk.browser();
        Instant deadline = Instant.now().plus(PATIENCE);
        int tries = 0;
        desk.withdraw("40000");
        while (!browser.shows(STOPPED)) {
            Told.that(Instant.now().isBefore(deadline), "the guesses end in a stop", browser.text());
            browser.type("#trading-password", "Wrong-guess-" + tries++);
            desk.gesture();
            // As a guesser would: wait, and try again.
            Thread.sleep(500);
        }
        teller.tell(tries + " tries, many of them sent away to wait; then:");
        teller.tell(browser.textOf(STOPPED));
        browser.follow("#sekisho-back");
        desk.withdraw("40000");
        desk.requireLatest("WITHDRAWAL", "denied");
        inbox.await("Operations are stopped after wrong trading passwords or codes", 1);
        desk.enterAgain();
        teller.tell("The login goes on.");
    }
}
