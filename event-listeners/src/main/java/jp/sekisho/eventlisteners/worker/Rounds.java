package jp.sekisho.eventlisteners.worker;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes the same round again and again on this node, on a thread of its own. A round that fails is logged, not the last. */
public final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final ScheduledExecutorService executor;
    private final Runnable attempt;

    private Rounds(ScheduledExecutorService executor, Runnable attempt) {
        this.executor = executor;
        this.attempt = attempt;
    }

    /** @param pause between two rounds, and before the first */
    public static Rounds start(String name, Duration pause, Runnable round) {
        return start(name, pause, pause, round);
    }

    /**
     * @param first how long before the first round
     * @param pause between two rounds
     */
    static Rounds start(String name, Duration first, Duration pause, Runnable round) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        Runnable attempt = () -> attempt(name, round);
        executor.scheduleWithFixedDelay(attempt, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return new Rounds(executor, attempt);
    }

    /** One more round, as soon as the one under way has ended. */
    public void now() {
        executor.execute(attempt);
    }

    private static void attempt(String name, Runnable round) {
        try {
            round.run();
        } catch (RuntimeException trouble) {
            LOG.error("{}: a round failed", name, trouble);
        }
    }

    /** Lets a round that is under way end, for a while. */
    public void stop() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
