package jp.sekisho.demo.tour;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A customer orders, registers a bank account and withdraws: what she is asked to confirm, and what waits. */
final class TradingChapter {

    private static final String GO_ON = TradingDesk.LATEST + "[data-type='WITHDRAWAL'] form[action$='/go-on'] button";

    /** Longer than a new bank account waits under the demo's policy. */
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final TradingDesk desk;
    private final Inbox inbox;
    private final Teller teller;

    TradingChapter(TradingDesk desk, Inbox inbox, Teller teller) {
        this.desk = desk;
        this.inbox = inbox;
        this.teller = teller;
    }

    List<Step> steps() {
        return List.of(
                new Step("The trading app: a first order, confirmed with the passkey as we show it", this::firstOrder),
                new Step("A usual order: no question", this::usualOrder),
                new Step("An order a hundred times as large: asked, confirmed, told", this::unusualOrder),
                new Step("A bank account is registered; a withdrawal right after it is held", this::heldWithdrawal),
                new Step("The account's wait is over: what was held goes on, and is confirmed", this::waited),
                new Step("A withdrawal to an account that is known by now: confirmed at once", this::withdrawal));
    }

    private void firstOrder() {
        desk.enterForTheFirstTime();
        desk.order("USD/JPY", "10000");
        desk.confirm();
        desk.requireLatest("TRADE", "done");
    }

    private void usualOrder() {
        desk.order("USD/JPY", "10000");
        desk.requireLatest("TRADE", "done");
    }

    private void unusualOrder() throws Exception {
        desk.order("EUR/JPY", "1000000");
        desk.confirm();
        desk.requireLatest("TRADE", "done");
        inbox.await("An order unlike your others", 1);
    }

    private void heldWithdrawal() throws Exception {
        desk.fillAccount("1234567");
        desk.send();
        desk.confirm();
        desk.requireLatest("BANK_ACCOUNT_CHANGE", "done");
        inbox.await("A bank account was registered", 1);
        desk.withdraw("50000");
        desk.requireLatest("WITHDRAWAL", "held");
        teller.tell(desk.browser().textOf(TradingDesk.LATEST));
    }

    private void waited() throws Exception {
        Instant deadline = Instant.now().plus(WAIT);
        while (!desk.browser().shows(GO_ON)) {
            Told.that(
                    Instant.now().isBefore(deadline),
                    "the account's wait ends",
                    desk.browser().text());
            // As a customer would: wait, and look again.
            Thread.sleep(1_000);
            desk.openTransactions();
        }
        desk.browser().follow(GO_ON);
        desk.confirm();
        desk.requireLatest("WITHDRAWAL", "done");
        inbox.await("Money was withdrawn", 1);
    }

    private void withdrawal() {
        desk.withdraw("20000");
        desk.confirm();
        desk.requireLatest("WITHDRAWAL", "done");
    }
}
