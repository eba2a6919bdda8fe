package jp.sekisho.eventlisteners.notice;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.Outbox.Taken;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox of one channel on this node: one thread takes messages and writes down what became of them, a few send.
 * Channels share nothing, so a stuck one delays no other.
 */
final class ChannelLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelLoop.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Another node's take lasts no longer, most times. */
    private static final Duration NEXT_TURN = Duration.ofMillis(20);

    private static final Duration LINGER = Duration.ofMillis(500);
    private static final Duration HOLD = Duration.ofMinutes(2);

    /** A channel's send takes no longer (see NoticeChannel); with less left, another node could have the message by then. */
    private static final Duration NEEDED = Duration.ofSeconds(40);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    /** So many at a time in one Keycloak session and over one connection to the receiver. */
    private static final int SHARE = 4;

    /** While a sender sends one share, another one waits for it. */
    private static final int SHARES_PER_SENDER = 2;

    private static final DoubleSupplier RANDOM =
            () -> ThreadLocalRandom.current().nextDouble();

    private final KeycloakSessionFactory factory;
    private final String channel;
    private final int capacity;
    private final ExecutorService senders;
    private final Thread thread;
    private final Rests rests = new Rests(Clock.systemUTC(), RANDOM);
    private final OutboxMetrics metrics;

    /** Empty: look at once. */
    private final BlockingQueue<Optional<Done>> arrivals = new LinkedBlockingQueue<>();

    private final List<Done> unwritten = new ArrayList<>();
    private int underWay;

    /** There may be more: the last look got all that there was room for, or it was another node's turn to look. */
    private boolean backlog;

    /** It was another node's turn. */
    private boolean missed;

    private volatile boolean running = true;

    ChannelLoop(KeycloakSessionFactory factory, String channel, int concurrency) {
        this.factory = factory;
        this.channel = channel;
        this.capacity = concurrency * SHARES_PER_SENDER * SHARE;
        this.metrics = new OutboxMetrics(channel);
        this.senders = Executors.newFixedThreadPool(concurrency, work -> daemon(work, "sekisho-notice-" + channel));
        this.thread = daemon(this::run, "sekisho-outbox-" + channel);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        thread.start();
    }

    String channel() {
        return channel;
    }

    void wake() {
        arrivals.add(Optional.empty());
    }

    /** Lets what is being sent end; what is not written down then is sent again by another node when its time is over. */
    void stop() {
        running = false;
        senders.shutdown();
        wake();
        try {
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        senders.shutdownNow();
    }

    private void run() {
        while (running || underWay > 0) {
            try {
                boolean idle = !round();
                if (idle || !backlog) {
                    await();
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException trouble) {
                LOG.error("outbox of {}: no round", channel, trouble);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    /** @param at by the database's clock */
    private record Round(Instant at, Optional<List<Taken>> looked) {}

    /**
     * Writes down what was sent and takes what is due, in one transaction.
     *
     * @return whether there was anything to do
     */
    private boolean round() {
        metrics.refresh(factory);
        int room = room();
        boolean look = running && roomForMany();
        if (unwritten.isEmpty() && !look) {
            return false;
        }
        long before = System.nanoTime();
        Round round = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            Instant now = DatabaseClock.now(em);
            new Records(em, now, RANDOM, (realmId, id) -> stopHash(session, realmId, id)).write(unwritten);
            return new Round(
                    now, look ? new Outbox(em).take(channel, rests.resting(), now, HOLD, room) : Optional.empty());
        });
        Optional<List<Taken>> looked = round.looked();
        List<Taken> taken = looked.orElse(List.of());
        unwritten.forEach(done -> metrics.count(done, round.at()));
        boolean any = !unwritten.isEmpty() || !taken.isEmpty();
        underWay += taken.size() - unwritten.size();
        unwritten.clear();
        missed = look && looked.isEmpty();
        // Where nothing was looked for, what was known of it still holds.
        backlog = look ? missed || taken.size() == room : backlog;
        Share.split(taken, SHARE).forEach(share -> senders.execute(() -> send(share, before)));
        return any;
    }

    private static String stopHash(KeycloakSession session, String realmId, String messageId) {
        return Customers.stopCode(session, session.realms().getRealm(realmId), messageId)
                .hash();
    }

    private int room() {
        return capacity - underWay + unwritten.size();
    }

    private boolean roomForMany() {
        return room() * 2 >= capacity;
    }

    private void send(List<Taken> share, long takenAt) {
        new Share(factory, share, one -> mayGo(one, takenAt), this::told).send();
    }

    private boolean mayGo(Taken taken, long takenAt) {
        Duration left = HOLD.minusNanos(System.nanoTime() - takenAt);
        return running && !rests.rests(taken.message().realmId()) && left.compareTo(NEEDED) >= 0;
    }

    private void told(Done done) {
        Taken taken = done.taken();
        Outcome outcome = done.outcome();
        String realmId = taken.message().realmId();
        if (outcome instanceof Outcome.Sent) {
            rests.succeeded(realmId);
        } else if (outcome instanceof Outcome.Failed failed) {
            LOG.warn("outbox of {}: message {} waits: {}", channel, taken.id(), failed.error());
            if (!failed.ofThisOne()) {
                rests.failed(realmId);
            }
        } else if (outcome instanceof Outcome.Refused refused) {
            LOG.error("outbox of {}: message {} cannot be delivered: {}", channel, taken.id(), refused.error());
        } else if (outcome instanceof Outcome.Untold) {
            Notices.untold(taken.message().notice());
            LOG.warn("outbox of {}: message {} has nowhere to go", channel, taken.id());
        }
        arrivals.add(Optional.of(done));
    }

    /** Waits for the first, and while there is time for the others of its batch: a transaction each would be dear. */
    private void await() throws InterruptedException {
        Optional<Done> arrived = arrivals.poll((missed ? NEXT_TURN : LOOK_EVERY).toNanos(), TimeUnit.NANOSECONDS);
        long until = System.nanoTime() + LINGER.toNanos();
        while (arrived != null) {
            arrived.ifPresent(unwritten::add);
            boolean lingers = running && !(backlog && roomForMany());
            arrived = arrivals.poll(lingers ? until - System.nanoTime() : 0, TimeUnit.NANOSECONDS);
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }
}
