package jp.sekisho.demo.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.mail.MailInbox;

/** One customer's mail. */
final class Inbox {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6,8}(?![0-9])");

    private final MailInbox inbox;
    private final Customer customer;
    private long seen;

    Inbox(MailInbox inbox, Customer customer) {
        this.inbox = inbox;
        this.customer = customer;
    }

    /** Waits for a code that this was not asked for before. */
    String code() throws InterruptedException {
        Mail mail = next(CODE);
        Matcher code = CODE.matcher(mail.text());
        Told.that(code.find(), "a mail with a code", mail);
        return code.group();
    }

    /** Subjects of all mails, oldest first. */
    List<String> subjects() {
        List<Mail> oldestFirst = new ArrayList<>(inbox.mailsTo(customer.email()));
        Collections.reverse(oldestFirst);
        return oldestFirst.stream().map(Mail::subject).toList();
    }

    /** Waits until at least so many mails of this subject have come, the firm's name in front of it left aside. */
    void await(String subject, int count) throws InterruptedException {
        inbox.await(mail -> count(subject) >= count, SOON);
        Told.that(count(subject) >= count, count + " times the mail " + subject, subjects());
    }

    /** JP25-6. */
    void requireNoLink() {
        for (Mail mail : inbox.mailsTo(customer.email())) {
            Told.that(!(mail.text() + mail.html()).matches("(?s).*(https?:|href).*"), "no link in a mail", mail);
        }
    }

    private long count(String subject) {
        return subjects().stream()
                .filter(full -> full.endsWith("】" + subject) || full.endsWith("] " + subject))
                .count();
    }

    private Mail next(Pattern text) throws InterruptedException {
        Mail mail = inbox.await(
                        candidate -> candidate.id() > seen
                                && candidate.to().equalsIgnoreCase(customer.email())
                                && text.matcher(candidate.text()).find(),
                        SOON)
                .orElseThrow(() -> new IllegalStateException("No mail with a code came to " + customer.email()));
        seen = mail.id();
        return mail;
    }
}
