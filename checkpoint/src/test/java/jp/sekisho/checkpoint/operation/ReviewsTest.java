package jp.sekisho.checkpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import jp.sekisho.policies.operation.Operation;
import org.junit.jupiter.api.Test;

// FFAJ-1.4-S3
class ReviewsTest {

    private static final Duration WAIT = Duration.ofHours(24);
    private static final Instant NOW = Rows.AT.plus(Duration.ofHours(1));

    @Test
    void whatAPersonLookedAtIsAsNewAsItWas() {
        assertThat(from(Operation.WITHDRAWAL, NOW)).isEqualTo(Rows.AT.plus(WAIT));
        assertThat(from(Operation.WITHDRAWAL, Rows.AT.plus(WAIT).plusSeconds(1)))
                .isEqualTo(Rows.AT.plus(WAIT).plusSeconds(1));
        assertThat(from(Operation.BANK_ACCOUNT_CHANGE, NOW))
                .as("its wait begins once it is registered")
                .isEqualTo(NOW);
    }

    private static Instant from(Operation type, Instant now) {
        return Reviews.releasedFrom(Rows.row("o", "app", "u", type), WAIT, now);
    }
}
