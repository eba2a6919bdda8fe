package jp.sekisho.eventlisteners.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jp.sekisho.storage.outbox.Outbox.Taken;
import jp.sekisho.storage.outbox.OutboxMessage;
import org.junit.jupiter.api.Test;

class OutboxMetricsTest {

    private static final Instant DUE = Instant.parse("2026-11-29T00:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OutboxMetrics metrics = new OutboxMetrics("mail", registry);

    @Test
    void whatWasSentSaysHowLongItTook() {
        metrics.count(done(new Outcome.Sent(Optional.empty(), List.of())), DUE.plusSeconds(40));
        metrics.count(done(new Outcome.Sent(Optional.empty(), List.of())), DUE.minusMillis(5));
        metrics.count(done(new Outcome.Failed(Optional.empty(), "away", false)), DUE.plus(Duration.ofHours(2)));

        var delay = registry.get("sekisho.outbox.delay").tag("channel", "mail").timer();
        assertThat(delay.count()).isEqualTo(2);
        assertThat(delay.totalTime(TimeUnit.SECONDS)).isEqualTo(40);
        assertThat(registry.get("sekisho.outbox.attempts")
                        .tag("result", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static Done done(Outcome outcome) {
        OutboxMessage message = new OutboxMessage(
                "id", Optional.empty(), "realm", "mail", "lock", Optional.empty(), "one", "ja", "{}", DUE, DUE);
        return new Done(new Taken("id", message, 1, DUE, DUE), outcome);
    }
}
