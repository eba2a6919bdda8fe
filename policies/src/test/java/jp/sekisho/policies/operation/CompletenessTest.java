package jp.sekisho.policies.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Details.OrderType;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Payee.AccountType;
import org.junit.jupiter.api.Test;

class CompletenessTest {

    private static final Optional<Money> AMOUNT = Optional.of(Money.of("1500000", "JPY"));
    private static final Optional<Payee> PAYEE = Optional.of(
            new Payee("0001", "123", AccountType.ORDINARY, "1234567", "スズキ ハナコ", Optional.empty(), Optional.empty()));

    @Test
    void whatIsCompleteHasNoFault() {
        assertThat(fault(Operation.WITHDRAWAL, details(AMOUNT, PAYEE, Optional.empty(), Action.PLACE)))
                .isEmpty();
        assertThat(fault(
                        Operation.BANK_ACCOUNT_CHANGE,
                        details(Optional.empty(), PAYEE, Optional.empty(), Action.PLACE)))
                .isEmpty();
        assertThat(fault(Operation.TRADE, details(AMOUNT, Optional.empty(), Optional.of("USD/JPY"), Action.PLACE)))
                .isEmpty();
        assertThat(fault(Operation.TRADE, details(Optional.empty(), Optional.empty(), Optional.empty(), Action.CANCEL)))
                .isEmpty();
    }

    @Test
    void nobodyConfirmsWhatHeIsNotShown() {
        assertThat(fault(Operation.WITHDRAWAL, details(AMOUNT, Optional.empty(), Optional.empty(), Action.PLACE)))
                .contains("payee");
        assertThat(fault(Operation.WITHDRAWAL, details(Optional.empty(), PAYEE, Optional.empty(), Action.PLACE)))
                .contains("amount");
        assertThat(fault(
                        Operation.WITHDRAWAL,
                        details(Optional.of(Money.of("0", "JPY")), PAYEE, Optional.empty(), Action.PLACE)))
                .contains("amount");
        assertThat(fault(Operation.TRADE, details(AMOUNT, Optional.empty(), Optional.empty(), Action.PLACE)))
                .contains("instrument");
        assertThat(fault(
                        Operation.PROFILE_CHANGE,
                        details(Optional.empty(), Optional.empty(), Optional.empty(), Action.PLACE)))
                .contains("attributes");
    }

    /** An order of any size is confirmed by nobody; all of a position is closed by no number. */
    @Test
    void anOrderSaysHowMuch() {
        assertThat(fault(Operation.TRADE, order(Optional.empty(), Optional.of(PositionEffect.OPEN))))
                .contains("quantity");
        assertThat(fault(Operation.TRADE, order(Optional.of(BigDecimal.ZERO), Optional.of(PositionEffect.OPEN))))
                .contains("quantity");
        assertThat(fault(Operation.TRADE, order(Optional.empty(), Optional.of(PositionEffect.CLOSE))))
                .isEmpty();
    }

    /** Whose page was tampered with buys a small name at any price, at the thief's. */
    @Test
    void anOrderAtAPriceOfItsOwnSaysWhatItCosts() {
        Optional<BigDecimal> ten = Optional.of(BigDecimal.TEN);
        Optional<PositionEffect> opens = Optional.of(PositionEffect.OPEN);
        for (OrderType kind : List.of(OrderType.LIMIT, OrderType.STOP)) {
            assertThat(fault(Operation.TRADE, order(Optional.empty(), ten, opens, Optional.of(kind))))
                    .contains("amount");
            assertThat(fault(Operation.TRADE, order(AMOUNT, ten, opens, Optional.of(kind))))
                    .isEmpty();
            assertThat(fault(
                            Operation.TRADE,
                            order(Optional.empty(), ten, Optional.of(PositionEffect.CLOSE), Optional.of(kind))))
                    .as("he gets out")
                    .isEmpty();
        }
    }

    private static Details order(Optional<BigDecimal> quantity, Optional<PositionEffect> effect) {
        return order(Optional.empty(), quantity, effect, Optional.empty());
    }

    private static Details order(
            Optional<Money> amount,
            Optional<BigDecimal> quantity,
            Optional<PositionEffect> effect,
            Optional<OrderType> kind) {
        return new Details(
                amount,
                Optional.empty(),
                Optional.of("USD/JPY"),
                Optional.of(Side.BUY),
                effect,
                Action.PLACE,
                kind,
                quantity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    @Test
    void aWithdrawalIsNoWayOutWhateverItCallsItself() {
        assertThat(fault(Operation.WITHDRAWAL, details(AMOUNT, PAYEE, Optional.empty(), Action.CANCEL)))
                .contains("action");
        assertThat(fault(Operation.TRADE, details(AMOUNT, PAYEE, Optional.of("USD/JPY"), Action.PLACE)))
                .contains("payee");
    }

    private static Optional<String> fault(Operation type, Details details) {
        return Completeness.fault(type, details).map(Completeness.Fault::name);
    }

    private static Details details(
            Optional<Money> amount, Optional<Payee> payee, Optional<String> instrument, Action action) {
        return new Details(
                amount,
                payee,
                instrument,
                instrument.map(any -> Side.BUY),
                Optional.empty(),
                action,
                Optional.empty(),
                instrument.map(any -> BigDecimal.TEN),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }
}
