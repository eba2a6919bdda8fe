package jp.sekisho.demo.tour;

import java.util.List;
import java.util.Set;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Visitor.Page;

/** A forgotten password, while the migration still allows one: a code that is typed, never a link. */
final class ResetChapter {

    private static final String NEW_PASSWORD = "Hamana-ko-65000-wa";

    private final Customer customer;
    private final Visitor owner;
    private final Inbox inbox;
    private final Teller teller;

    ResetChapter(Customer customer, Visitor owner, Inbox inbox, Teller teller) {
        this.customer = customer;
        this.owner = owner;
        this.inbox = inbox;
        this.teller = teller;
    }

    List<Step> steps() {
        return List.of(new Step("A forgotten password: a code by mail, which logs nobody in", this::reset));
    }

    private void reset() throws Exception {
        Browser browser = owner.browser();
        owner.openLogin();
        browser.follow("a[href*=reset-credentials]");
        browser.type("#username", customer.username());
        browser.follow("#sekisho-submit");
        browser.type("#code", inbox.code());
        browser.follow("#sekisho-submit");
        browser.type("#password-new", NEW_PASSWORD);
        browser.type("#password-confirm", NEW_PASSWORD);
        browser.follow("#sekisho-submit");
        Page page = owner.page();
        Told.that(page == Page.PASSWORD, "the reset leads to the login, not into a session", page);
        inbox.await("パスワード変更のお知らせ", 1);
        owner.givePassword(NEW_PASSWORD);
        Told.that(owner.page() == Page.MAIL_CODE, "the new password is not enough", owner.page());
        owner.giveMailCode(inbox.code());
        Told.that(owner.page() == Page.TRADING_APP, "the customer is in the trading app", owner.page());
        teller.decided(customer, "LOGIN", Set.of("MEDIUM"), "new-device", "little-history");
        teller.tell("Reset and login rest on the same mailbox: for 24 h his sessions change no credential.");
    }
}
