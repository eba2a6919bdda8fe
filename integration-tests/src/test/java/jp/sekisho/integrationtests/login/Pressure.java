package jp.sekisho.integrationtests.login;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A load by several people at once, until it is closed. What was not to happen to any of them fails then. */
final class Pressure implements AutoCloseable {

    private final List<Load.Turn> turns = new ArrayList<>();
    private final List<Future<Void>> people = new ArrayList<>();
    private final ExecutorService threads;
    private volatile boolean goesOn = true;

    private Pressure(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    static Pressure of(Load load, int people) {
        Pressure pressure = new Pressure(people);
        CountDownLatch all = new CountDownLatch(people);
        for (int person = 0; person < people; person++) {
            pressure.people.add(pressure.threads.submit(() -> {
                all.countDown();
                all.await();
                while (pressure.goesOn) {
                    pressure.add(load.turn());
                }
                return null;
            }));
        }
        return pressure;
    }

    private synchronized void add(Load.Turn turn) {
        turns.add(turn);
    }

    synchronized long count(Load.Turn turn) {
        return turns.stream().filter(turn::equals).count();
    }

    synchronized int size() {
        return turns.size();
    }

    /** Waits until so many more turns ended so. */
    void awaitMore(int count, Load.Turn turn) throws InterruptedException {
        awaitAll(count(turn) + count, World.SOON, turn);
    }

    /** Waits until so many turns ended so in all. */
    void awaitAll(long count, Duration atMost, Load.Turn turn) throws InterruptedException {
        World.await(
                count + " turns that are " + turn + ", of " + size() + " so far " + count(turn),
                atMost,
                () -> broken() || count(turn) >= count);
    }

    private boolean broken() {
        return people.stream().anyMatch(Future::isDone);
    }

    @Override
    public void close() {
        goesOn = false;
        threads.shutdown();
        for (Future<Void> person : people) {
            try {
                person.get(World.SOON.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException failed) {
                throw new AssertionError("what was not to happen to anybody", failed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
