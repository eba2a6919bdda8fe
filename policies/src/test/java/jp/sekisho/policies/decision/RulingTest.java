package jp.sekisho.policies.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.anomaly.Likeness;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

// FFAJ-1.3-B4, FFAJ-1.4-S2
class RulingTest {

    private static final Instant SOON = Instant.parse("2026-11-29T09:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-30T09:00:00Z");

    @Property
    void onlyAFreezeKeepsAnybodyFromGettingOut(@ForAll("any") Circumstances known) {
        Circumstances out = new Circumstances(
                Operation.TRADE,
                true,
                false,
                known.locked(),
                known.denied(),
                known.heldUntil(),
                known.destination(),
                known.level(),
                known.likeness(),
                known.windowOpen(),
                known.own(),
                known.requirement());
        assertThat(Ruling.of(out)).isEqualTo(Ruling.ALLOW);
    }

    @Property
    void whatIsFrozenIsDenied(@ForAll("any") Circumstances known) {
        assertThat(Ruling.of(frozen(known)).outcome()).isEqualTo(Outcome.DENY);
        assertThat(Ruling.of(frozen(known)).cause()).contains(Cause.FROZEN);
    }

    @Property
    void noMoneyMovesWhileItIsHeld(@ForAll("any") Circumstances known) {
        if (known.heldUntil().isPresent() && !known.wayOut()) {
            assertThat(Ruling.of(known).outcome()).isIn(Outcome.HOLD, Outcome.DENY);
        }
    }

    @Property
    void nothingGoesToABankAccountInItsWait(@ForAll("any") Circumstances known) {
        if (!(known.destination() instanceof Destination.Usable) && known.operation() != Operation.TRADE) {
            assertThat(Ruling.of(known).outcome()).isIn(Outcome.HOLD, Outcome.DENY);
        }
    }

    @Property
    void whatTheProfileRequiresIsAskedUnlessAWindowIsOpen(@ForAll("any") Circumstances known) {
        Ruling ruling = Ruling.of(known);
        if (ruling.outcome() == Outcome.ALLOW) {
            assertThat(known.wayOut()
                            || known.requirement() == Requirement.NOTHING
                            || known.operation() == Operation.TRADE
                                    && known.windowOpen()
                                    && known.own() == Say.NOTHING
                                    && known.likeness() == Likeness.USUAL
                                    && known.level() != Level.HIGH)
                    .isTrue();
        }
        if (ruling.outcome() == Outcome.STEP_UP) {
            assertThat(ruling.requirement()).isEqualTo(known.requirement());
        }
    }

    @Property
    void whatTheCustomerRefusesIsDeniedUnlessItIsAWayOut(@ForAll("any") Circumstances known) {
        if (known.own() == Say.REFUSED && !known.wayOut()) {
            assertThat(Ruling.of(known).outcome()).isEqualTo(Outcome.DENY);
        }
    }

    @Property
    void whoWantsToConfirmEachOrderIsAskedInAnyWindow(@ForAll("any") Circumstances known) {
        if (known.own() == Say.ITS_OWN && !known.wayOut() && known.requirement() != Requirement.NOTHING) {
            assertThat(Ruling.of(known).outcome()).isNotEqualTo(Outcome.ALLOW);
        }
    }

    @Property
    void whoWaitsKnowsUntilWhen(@ForAll("any") Circumstances known) {
        Ruling ruling = Ruling.of(known);
        if (ruling.outcome() == Outcome.HOLD) {
            boolean review = ruling.cause().equals(Optional.of(Cause.PAYEE_REVIEW));
            assertThat(ruling.holdUntil().isPresent()).isEqualTo(!review);
        }
    }

    @Example
    void theLaterOfTwoWaitsCounts() {
        Ruling ruling = Ruling.of(
                known(Operation.WITHDRAWAL, Optional.of(SOON), new Destination.Waiting(LATER), false, Level.LOW));
        assertThat(ruling.outcome()).isEqualTo(Outcome.HOLD);
        assertThat(ruling.holdUntil()).contains(LATER);
    }

    @Example
    void aHeldSessionPlacesNoOrderAndHearsUntilWhen() {
        Ruling ruling = Ruling.of(known(Operation.TRADE, Optional.of(SOON), new Destination.Usable(), true, Level.LOW));
        assertThat(ruling.outcome()).isEqualTo(Outcome.DENY);
        assertThat(ruling.cause()).contains(Cause.HELD);
        assertThat(ruling.holdUntil()).contains(SOON);
    }

    @Example
    void theWindowIsForOrdersAndNotForHighRisk() {
        Destination usable = new Destination.Usable();
        assertThat(Ruling.of(known(Operation.TRADE, Optional.empty(), usable, true, Level.MEDIUM))
                        .outcome())
                .isEqualTo(Outcome.ALLOW);
        assertThat(Ruling.of(known(Operation.TRADE, Optional.empty(), usable, false, Level.MEDIUM))
                        .outcome())
                .isEqualTo(Outcome.STEP_UP);
        assertThat(Ruling.of(known(Operation.TRADE, Optional.empty(), usable, true, Level.HIGH))
                        .outcome())
                .isEqualTo(Outcome.STEP_UP);
        assertThat(Ruling.of(known(Operation.WITHDRAWAL, Optional.empty(), usable, true, Level.LOW))
                        .outcome())
                .isEqualTo(Outcome.STEP_UP);
    }

    @Example
    void onlyAnOrderIsAWayOut() {
        assertThatThrownBy(() -> new Circumstances(
                        Operation.WITHDRAWAL,
                        true,
                        false,
                        false,
                        false,
                        Optional.empty(),
                        new Destination.Usable(),
                        Level.LOW,
                        Likeness.USUAL,
                        false,
                        Say.NOTHING,
                        Requirement.NOTHING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Circumstances known(
            Operation operation, Optional<Instant> held, Destination destination, boolean window, Level level) {
        return new Circumstances(
                operation,
                false,
                false,
                false,
                false,
                held,
                destination,
                level,
                Likeness.USUAL,
                window,
                Say.NOTHING,
                Requirement.PHISHING_RESISTANT);
    }

    private static Circumstances frozen(Circumstances known) {
        return new Circumstances(
                known.operation(),
                known.wayOut(),
                true,
                known.locked(),
                known.denied(),
                known.heldUntil(),
                known.destination(),
                known.level(),
                known.likeness(),
                known.windowOpen(),
                known.own(),
                known.requirement());
    }

    @Provide
    Arbitrary<Circumstances> any() {
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        Arbitrary<Optional<Instant>> held = Arbitraries.of(Optional.empty(), Optional.of(SOON));
        Arbitrary<Destination> destination =
                Arbitraries.of(new Destination.Usable(), new Destination.Waiting(LATER), new Destination.Doubtful());
        Arbitrary<Operation> operation = Arbitraries.of(
                Operation.TRADE, Operation.WITHDRAWAL, Operation.BANK_ACCOUNT_CHANGE, Operation.PROFILE_CHANGE);
        Arbitrary<Circumstances> first = Combinators.combine(
                        operation,
                        flag,
                        flag,
                        flag,
                        held,
                        destination,
                        Arbitraries.of(Level.class),
                        Arbitraries.of(Likeness.class))
                .as((what, frozen, locked, denied, until, where, level, likeness) -> new Circumstances(
                        what,
                        false,
                        frozen,
                        locked,
                        denied,
                        until,
                        what == Operation.TRADE || what == Operation.PROFILE_CHANGE ? new Destination.Usable() : where,
                        level,
                        likeness,
                        false,
                        Say.NOTHING,
                        Requirement.NOTHING));
        return Combinators.combine(first, flag, flag, Arbitraries.of(Say.class), Arbitraries.of(Requirement.class))
                .as((known, wayOut, window, own, requirement) -> new Circumstances(
                        known.operation(),
                        wayOut && known.operation() == Operation.TRADE,
                        known.frozen(),
                        known.locked(),
                        known.denied(),
                        known.heldUntil(),
                        known.destination(),
                        known.level(),
                        known.likeness(),
                        window,
                        own,
                        requirement));
    }
}
