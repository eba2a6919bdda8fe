package jp.sekisho.checkpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.decision.Destination;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.payee.StoredPayee.State;
import org.junit.jupiter.api.Test;

// FFAJ-1.4-S3, FFAJ-3-S2
class DestinationsTest {

    private static final Duration WAIT = Duration.ofHours(24);
    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Destinations DESTINATIONS = new Destinations(WAIT, NOW);

    @Test
    void nothingGoesToAnAccountThatNobodyKnowsBeforeItsWait() {
        assertThat(DESTINATIONS.ofWithdrawal(Optional.empty(), NOW, true))
                .isEqualTo(new Destination.Waiting(NOW.plus(WAIT)));
        assertThat(DESTINATIONS.ofWithdrawal(Optional.empty(), NOW.minus(WAIT), true))
                .isEqualTo(new Destination.Usable());
        assertThat(DESTINATIONS.ofWithdrawal(Optional.of(payee(State.REMOVED, NOW.minus(WAIT))), NOW, true))
                .as("taken back, and brought again")
                .isEqualTo(new Destination.Waiting(NOW.plus(WAIT)));
    }

    @Test
    void aKnownOneIsUsableFromItsMoment() {
        assertThat(DESTINATIONS.ofWithdrawal(Optional.of(payee(State.PENDING, NOW.plusSeconds(1))), NOW, false))
                .isEqualTo(new Destination.Waiting(NOW.plusSeconds(1)));
        assertThat(DESTINATIONS.ofWithdrawal(Optional.of(payee(State.PENDING, NOW)), NOW, false))
                .isEqualTo(new Destination.Usable());
        assertThat(DESTINATIONS.ofWithdrawal(Optional.of(payee(State.KNOWN, NOW)), NOW, false))
                .isEqualTo(new Destination.Usable());
    }

    /** A withdrawal to what was never registered is no way around the look at whose account it is. */
    @Test
    void anotherNameIsLookedAtWhereItIsWithdrawnToUnregistered() {
        assertThat(DESTINATIONS.of(Operation.WITHDRAWAL, Optional.empty(), NOW, false))
                .isEqualTo(new Destination.Doubtful());
        assertThat(DESTINATIONS.of(Operation.WITHDRAWAL, Optional.empty(), NOW.minus(WAIT), false))
                .as("nor is patience")
                .isEqualTo(new Destination.Doubtful());
        assertThat(DESTINATIONS.of(
                        Operation.WITHDRAWAL, Optional.of(payee(State.REMOVED, NOW.minus(WAIT))), NOW, false))
                .isEqualTo(new Destination.Doubtful());
        assertThat(DESTINATIONS.of(Operation.WITHDRAWAL, Optional.of(payee(State.KNOWN, NOW)), NOW, false))
                .isEqualTo(new Destination.Usable());
    }

    @Test
    void anotherNameIsLookedAtWhereItIsRegistered() {
        assertThat(DESTINATIONS.of(Operation.BANK_ACCOUNT_CHANGE, Optional.empty(), NOW, false))
                .isEqualTo(new Destination.Doubtful());
        assertThat(DESTINATIONS.of(Operation.BANK_ACCOUNT_CHANGE, Optional.empty(), NOW, true))
                .isEqualTo(new Destination.Usable());
        assertThat(DESTINATIONS.of(Operation.TRADE, Optional.empty(), NOW, false))
                .isEqualTo(new Destination.Usable());
    }

    private static StoredPayee payee(State state, Instant usableFrom) {
        return new StoredPayee("p", "c", "u", "hash", "key:sealed", state, "o", NOW.minus(WAIT), usableFrom);
    }
}
