package jp.sekisho.benchmarks.login;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import jp.sekisho.benchmarks.site.Customer;

/** Clients that do what a lane says, each for customers of its own: one customer is never in two logins at once. */
public final class Load implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService clients;
    private final int count;
    private final int[] next;

    public Load(int clients) {
        this.count = clients;
        this.clients = Executors.newFixedThreadPool(clients);
        this.next = new int[clients];
    }

    /** One login after the other, as fast as the server lets them. */
    public Round run(Lane lane, Duration time) throws Exception {
        return run(lane, time, Duration.ZERO);
    }

    /**
     * @param pace time from the start of one login to the start of the next, of all clients together; zero for as fast as
     *     can be
     */
    public Round run(Lane lane, Duration time, Duration pace) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Callable<List<Long>>> work = new ArrayList<>();
        for (int client = 0; client < count; client++) {
            int own = client;
            work.add(() -> logins(lane, own, start + own * pace.toNanos(), end, pace.toNanos() * count));
        }
        List<Long> nanos = new ArrayList<>();
        for (Future<List<Long>> done : clients.invokeAll(work)) {
            nanos.addAll(done.get());
        }
        return new Round(nanos, System.nanoTime() - start, ProcessorTime.NONE);
    }

    private List<Long> logins(Lane lane, int client, long start, long end, long pace) throws Exception {
        List<Long> nanos = new ArrayList<>();
        long due = start;
        while (System.nanoTime() < end) {
            if (pace > 0) {
                LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
                due += pace;
            }
            long before = System.nanoTime();
            lane.act().run(http, lane, customer(lane, client));
            nanos.add(System.nanoTime() - before);
        }
        return nanos;
    }

    private Customer customer(Lane lane, int client) {
        List<Customer> customers = lane.customers();
        int share = customers.size() / count;
        return customers.get(client * share + next[client]++ % share);
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
