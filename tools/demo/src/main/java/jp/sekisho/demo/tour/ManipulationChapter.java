package jp.sekisho.demo.tour;

import java.util.List;

/** What runs in a customer's browser changes what the app's page sends. It does not change what we show. */
final class ManipulationChapter {

    private final TradingDesk desk;
    private final Users users;
    private final Inbox inbox;
    private final Teller teller;

    ManipulationChapter(TradingDesk desk, Users users, Inbox inbox, Teller teller) {
        this.desk = desk;
        this.users = users;
        this.inbox = inbox;
        this.teller = teller;
    }

    List<Step> steps() {
        return List.of(new Step(
                "A page manipulated in the browser sends another account: our page shows what was sent",
                this::manipulated));
    }

    private void manipulated() throws Exception {
        desk.enterForTheFirstTime();
        Browser browser = desk.browser();
        desk.fillAccount("1234567");
        browser.add("document.querySelector('form.fields').addEventListener('submit', () => {"
                + "document.querySelector('#account').value = '7654321'; });");
        desk.send();
        String shown = desk.shown();
        Told.that(shown.contains("321") && !shown.contains("567"), "our page shows what was sent", shown);
        teller.tell("The customer typed an account that ends in 567, and says that this is not his.");
        browser.click("#sekisho-not-mine summary");
        browser.follow("button[name='not-mine']");
        inbox.await("お心当たりのないお手続きを無効にしたお知らせ", 1);
        inbox.await("ログインとお取引を停止したお知らせ", 1);
        users.await(desk.customer(), false);
        teller.tell(
                "It is void, the account is stopped, every address of the customer is told, the desk has an alert.");
        teller.tell(
                "Malware that changes our page, too, is answered by the notice on another channel, the wait of a new"
                        + " account, and limits.");
    }
}
