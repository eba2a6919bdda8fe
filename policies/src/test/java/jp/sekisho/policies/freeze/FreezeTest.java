package jp.sekisho.policies.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Proposal;
import jp.sekisho.policies.freeze.Freeze.Refusal;
import jp.sekisho.policies.operation.Operation;
import org.junit.jupiter.api.Test;

// JP25-8
class FreezeTest {

    private static final Instant AT = Instant.parse("2026-11-25T01:00:00Z");
    private static final Freeze FROZEN = new Freeze("f", Optional.empty(), By.CUSTOMER, AT, Optional.empty());

    @Test
    void coversAllOperationsOrOne() {
        assertThat(Operation.values()).allMatch(FROZEN::covers);
        Freeze one = new Freeze("f", Optional.of(Operation.WITHDRAWAL), By.CUSTOMER, AT, Optional.empty());
        assertThat(Operation.values()).filteredOn(one::covers).containsExactly(Operation.WITHDRAWAL);
    }

    @Test
    void isProposedToThawOnlyOnceTheIdentityWasVerifiedSince() {
        assertThat(FROZEN.proposable("one", "customer", Optional.empty())).contains(Refusal.NO_IDENTITY_SINCE);
        assertThat(FROZEN.proposable("one", "customer", Optional.of(AT))).contains(Refusal.NO_IDENTITY_SINCE);
        assertThat(FROZEN.proposable("one", "customer", Optional.of(AT.plusMillis(1))))
                .isEmpty();
        assertThat(FROZEN.proposable("customer", "customer", Optional.of(AT.plusMillis(1))))
                .contains(Refusal.SAME_PERSON);
    }

    @Test
    void isApprovedByAnotherOneThanProposed() {
        assertThat(FROZEN.approvable("two", "customer")).contains(Refusal.NOT_PROPOSED);
        Freeze proposed =
                new Freeze("f", Optional.empty(), By.CUSTOMER, AT, Optional.of(new Proposal("one", AT, "record")));
        assertThat(proposed.approvable("one", "customer")).contains(Refusal.SAME_PERSON);
        assertThat(proposed.approvable("customer", "customer")).contains(Refusal.SAME_PERSON);
        assertThat(proposed.approvable("two", "customer")).isEmpty();
    }
}
