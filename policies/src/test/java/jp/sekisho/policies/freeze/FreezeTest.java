package jp.sekisho.policies.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.freeze.Freeze.Approval;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Proposal;
import jp.sekisho.policies.freeze.Freeze.Refusal;
import jp.sekisho.policies.freeze.FreezePolicy.Credential;
import jp.sekisho.policies.operation.Operation;
import org.junit.jupiter.api.Test;

// JP25-8
class FreezeTest {

    private static final Instant AT = Instant.parse("2026-11-25T01:00:00Z");
    private static final Approval APPROVAL = new Approval("two", AT, Rebind.PASSKEY);
    private static final Freeze FROZEN = frozen(Optional.empty());

    @Test
    void coversAllOperationsOrOne() {
        assertThat(Operation.values()).allMatch(FROZEN::covers);
        Freeze one = frozen(Optional.of(Operation.WITHDRAWAL));
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
        Freeze proposed = new Freeze(
                "f",
                Optional.empty(),
                By.CUSTOMER,
                AT,
                Optional.of(new Proposal("one", AT, "record")),
                Optional.empty(),
                false);
        assertThat(proposed.approvable("one", "customer")).contains(Refusal.SAME_PERSON);
        assertThat(proposed.approvable("customer", "customer")).contains(Refusal.SAME_PERSON);
        assertThat(proposed.approvable("two", "customer")).isEmpty();
    }

    @Test
    void opensAgainOnlyWhereAllThatStandsInTheWayIsApproved() {
        Freeze all = frozen(Optional.empty());
        Freeze trades = frozen(Optional.of(Operation.TRADE));
        Freeze credentials = frozen(Optional.of(Operation.CREDENTIAL_CHANGE));
        assertThat(Freeze.reopening(List.of())).isEmpty();
        assertThat(Freeze.reopening(List.of(all))).isEmpty();
        assertThat(Freeze.reopening(List.of(all.approved(APPROVAL)))).contains(APPROVAL);
        assertThat(Freeze.reopening(List.of(all.approved(APPROVAL), trades))).contains(APPROVAL);
        assertThat(Freeze.reopening(List.of(all.approved(APPROVAL), credentials)))
                .as("frozen since")
                .isEmpty();
        assertThat(Freeze.reopening(List.of(all.approved(APPROVAL), frozen(Optional.of(Operation.LOGIN)))))
                .as("frozen since")
                .isEmpty();
        assertThat(Freeze.reopening(List.of(credentials.approved(APPROVAL))))
                .as("the login was open")
                .isEmpty();
    }

    /** Who proposed holds neither the letter's code by making it alone, nor by approving what another one asked for. */
    @Test
    void aLetterOpensAgainOnlyWhereTwoMadeItAndTheProposerNeverHeldIt() {
        Freeze proposed = new Freeze(
                "f",
                Optional.empty(),
                By.OFFICER,
                AT,
                Optional.of(new Proposal("one", AT, "record")),
                Optional.of(APPROVAL),
                false);
        List<Freeze> freezes = List.of(proposed, frozen(Optional.of(Operation.TRADE)));
        assertThat(Freeze.reopening(freezes, AT, Optional.of("two"))).contains(APPROVAL);
        assertThat(Freeze.reopening(freezes, AT.plusSeconds(9), Optional.of("three")))
                .contains(APPROVAL);
        assertThat(Freeze.reopening(freezes, AT.minusMillis(1), Optional.of("two")))
                .as("older")
                .isEmpty();
        assertThat(Freeze.reopening(freezes, AT, Optional.empty()))
                .as("one alone")
                .isEmpty();
        assertThat(Freeze.reopening(freezes, AT, Optional.of("one")))
                .as("the proposer's")
                .isEmpty();
        assertThat(Freeze.reopening(List.of(FROZEN), AT, Optional.of("two")))
                .as("not approved")
                .isEmpty();
    }

    @Test
    void bindsWhatTheProfileAsksForAndWhoIsExemptNoPasskey() {
        assertThat(Rebind.of(Credential.PASSKEY, false, true)).isEqualTo(Rebind.PASSKEY);
        assertThat(Rebind.of(Credential.PASSKEY, true, true)).isEqualTo(Rebind.PASSWORD_AND_TOTP);
        assertThat(Rebind.of(Credential.PASSKEY, true, false)).isEqualTo(Rebind.PASSWORD);
        assertThat(Rebind.of(Credential.PASSWORD, false, true)).isEqualTo(Rebind.PASSWORD_AND_TOTP);
        assertThat(Rebind.of(Credential.PASSWORD, false, false)).isEqualTo(Rebind.PASSWORD);
    }

    @Test
    void remembersWhomSomebodyElseHadDisabled() {
        Freeze ours = frozen(Optional.empty());
        Freeze theirs = new Freeze("f", Optional.empty(), By.OFFICER, AT, Optional.empty(), Optional.empty(), true);
        assertThat(Freeze.disabledBefore(true, List.of())).isFalse();
        assertThat(Freeze.disabledBefore(false, List.of())).isTrue();
        assertThat(Freeze.disabledBefore(false, List.of(frozen(Optional.of(Operation.TRADE)))))
                .as("that disables nobody")
                .isTrue();
        assertThat(Freeze.disabledBefore(false, List.of(ours)))
                .as("he is because he was frozen")
                .isFalse();
        assertThat(Freeze.disabledBefore(false, List.of(theirs)))
                .as("frozen again")
                .isTrue();
        assertThat(Freeze.disabledBefore(true, List.of(theirs)))
                .as("enabled since")
                .isFalse();
        assertThat(theirs.approved(APPROVAL).disabledBefore()).isTrue();
    }

    private static Freeze frozen(Optional<Operation> operation) {
        return new Freeze("f", operation, By.CUSTOMER, AT, Optional.empty(), Optional.empty(), false);
    }
}
