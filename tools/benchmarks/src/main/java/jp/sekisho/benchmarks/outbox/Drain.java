package jp.sekisho.benchmarks.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.sekisho.benchmarks.login.Lane;
import jp.sekisho.benchmarks.login.Load;
import jp.sekisho.benchmarks.login.Round;
import jp.sekisho.benchmarks.report.Report;
import jp.sekisho.benchmarks.report.Result;
import jp.sekisho.benchmarks.site.Site;
import jp.sekisho.benchmarks.site.Tables;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.policies.notice.Notice;

/** How fast a full outbox empties while customers log in. */
public final class Drain {

    private static final double WEBHOOKS_A_SECOND = 500;
    private static final double MAILS_A_SECOND = 50;

    /** Five logins a second. */
    private static final Duration PACE = Duration.ofMillis(200);

    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final int POLL_MILLIS = 200;

    private final Tables tables;
    private final Receiver receiver;
    private final Report report;

    public Drain(Tables tables, Receiver receiver, Report report) {
        this.tables = tables;
        this.receiver = receiver;
        this.report = report;
    }

    /**
     * @param lane in which customers log in meanwhile
     * @param recipients users of the realm {@value Site#HOOKED}
     */
    public void run(Lane lane, Load load, int recipients, int webhooks, int mails) throws Exception {
        // What is sent first makes connections and compiles; it is not measured.
        fill("webhook", recipients, webhooks / 10);
        fill("mail", recipients, mails / 10);
        await("webhook");
        await("mail");
        ExecutorService beside = Executors.newFixedThreadPool(2);
        try {
            Duration window =
                    Duration.ofSeconds((long) (Math.max(webhooks / WEBHOOKS_A_SECOND, mails / MAILS_A_SECOND) * 2));
            Future<Round> logins = beside.submit(() -> load.run(lane, window, PACE));
            fill("webhook", recipients, webhooks);
            fill("mail", recipients, mails);
            long start = System.nanoTime();
            long arrived = receiver.received();
            Future<Double> hooks = beside.submit(() -> seconds("webhook", start));
            double mailSeconds = seconds("mail", start);
            double hookSeconds = hooks.get();
            report.add(Result.atLeast(
                    "Notices to the webhook while logins go on",
                    webhooks / hookSeconds,
                    WEBHOOKS_A_SECOND,
                    "a second"));
            report.add(Result.atLeast(
                    "Notices by mail while logins go on", mails / mailSeconds, MAILS_A_SECOND, "a second"));
            report.note("Outbox: %d webhooks (%d arrived while they drained) in %.1f s and %d mails in %.1f s; "
                            .formatted(webhooks, receiver.received() - arrived, hookSeconds, mails, mailSeconds)
                    + "meanwhile %.1f logins a second, p95 %.0f ms."
                            .formatted(logins.get().throughput(), logins.get().percentile(0.95)));
        } finally {
            beside.shutdownNow();
        }
    }

    /** Due at once, spread over recipients so that nobody gets more than the policy allows in an hour. */
    private void fill(String channel, int recipients, int notices) throws SQLException {
        Instant now = Instant.now();
        String payload = new NoticePayload(
                        "recipient@customer.example",
                        NoticeValues.at(now)
                                .on("Chrome (Windows)")
                                .from("日本 東京", "126.1.2.*")
                                .to("お取引画面")
                                .apart())
                .toJson();
        tables.execute(
                """
                insert into sekisho_outbox (id, realm_id, channel, notice, user_id, deduplication, locale, payload, state,
                    attempts, created_at, next_at)
                select gen_random_uuid()::text, u.realm_id, ?, ?, u.id, gen_random_uuid()::text, 'ja', ?, 'PENDING', 0, ?, ?
                from generate_series(0, ? - 1) g join user_entity u
                    on u.realm_id = ? and u.username = 'c' || (g % ? + 1)""",
                channel,
                Notice.LOGIN.code(),
                payload,
                now.toEpochMilli(),
                now.toEpochMilli(),
                notices,
                Site.HOOKED,
                recipients);
    }

    private double seconds(String channel, long start) throws Exception {
        await(channel);
        return (System.nanoTime() - start) / 1e9;
    }

    private void await(String channel) throws Exception {
        Instant deadline = Instant.now().plus(LONGEST);
        while (tables.number(
                        "select count(*) from sekisho_outbox where state = 'PENDING' and channel = ? and realm_id = ?",
                        channel,
                        Site.HOOKED)
                > 0) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the outbox of " + channel + " is not empty after " + LONGEST);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
