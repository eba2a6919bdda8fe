package jp.sekisho.stack.mail;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.undertow.Undertow;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** A mail server of this machine that takes every message, and a page where they can be read. */
public final class MailInbox implements AutoCloseable {

    private final int smtpPort;
    private final URI base;
    private final Undertow pages;
    private final List<Mail> mails = new ArrayList<>();
    private final AtomicReference<GreenMail> smtp = new AtomicReference<>();
    private long lastId;

    private MailInbox(int smtpPort, int pagePort) {
        this.smtpPort = smtpPort;
        base = URI.create("http://localhost:" + pagePort);
        pages = Undertow.builder()
                .addHttpListener(pagePort, "127.0.0.1", new InboxPages(this).handler())
                .build();
    }

    /** Starts both on 127.0.0.1. */
    public static MailInbox start(int smtpPort, int pagePort) {
        MailInbox inbox = new MailInbox(smtpPort, pagePort);
        inbox.startReceiving();
        inbox.pages.start();
        return inbox;
    }

    public int smtpPort() {
        return smtpPort;
    }

    /** The list of messages; {@code /messages?to=} is the same as JSON. */
    public URI base() {
        return base;
    }

    /** All messages, newest first. */
    public synchronized List<Mail> mails() {
        List<Mail> newestFirst = new ArrayList<>(mails);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The messages to one address, newest first. */
    public List<Mail> mailsTo(String address) {
        return mails().stream()
                .filter(mail -> mail.to().equalsIgnoreCase(address))
                .toList();
    }

    /**
     * Waits for a message, among those that are there and those that come.
     *
     * @return the newest that is wanted; empty if none came in time
     */
    public synchronized Optional<Mail> await(Predicate<Mail> wanted, Duration timeout) throws InterruptedException {
        Instant deadline = Instant.now().plus(timeout);
        while (true) {
            Optional<Mail> found = mails().stream().filter(wanted).findFirst();
            long left = Duration.between(Instant.now(), deadline).toMillis();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            wait(left);
        }
    }

    public synchronized void clear() {
        mails.clear();
    }

    /** From now on nobody listens on the SMTP port; messages that came stay. */
    public void stopReceiving() {
        GreenMail stopped = smtp.getAndSet(null);
        if (stopped != null) {
            stopped.stop();
        }
    }

    /** Listens on the SMTP port (again). */
    public void startReceiving() {
        GreenMail started = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        if (smtp.compareAndSet(null, started)) {
            started.getUserManager()
                    .setMessageDeliveryHandler(
                            (message, recipient) -> take(started.getUserManager(), message, recipient));
            started.start();
        }
    }

    @Override
    public void close() {
        stopReceiving();
        pages.stop();
    }

    private GreenMailUser take(UserManager users, MovingMessage message, MailAddress recipient)
            throws MessagingException, UserException {
        String address = recipient.getEmail();
        try {
            add(message, address);
        } catch (IOException e) {
            throw new MessagingException("Unreadable message", e);
        }
        // GreenMail wants a mailbox of its own to deliver to.
        GreenMailUser known = users.getUserByEmail(address);
        return known == null ? users.createUser(address, address, address) : known;
    }

    private synchronized void add(MovingMessage message, String recipient) throws MessagingException, IOException {
        mails.add(Mail.of(++lastId, Instant.now(), recipient, message.getMessage()));
        notifyAll();
    }
}
