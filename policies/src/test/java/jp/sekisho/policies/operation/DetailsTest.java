package jp.sekisho.policies.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Details.OrderType;
import jp.sekisho.policies.operation.Details.PositionEffect;
import org.junit.jupiter.api.Test;

class DetailsTest {

    @Test
    void closingCancellingAndStoppingAreWaysOut() {
        assertThat(order(Action.PLACE, PositionEffect.CLOSE, OrderType.MARKET).wayOut())
                .isTrue();
        assertThat(order(Action.CANCEL, PositionEffect.OPEN, OrderType.LIMIT).wayOut())
                .isTrue();
        assertThat(order(Action.PLACE, null, OrderType.STOP).wayOut()).isTrue();
    }

    @Test
    void anOrderThatOpensIsNone() {
        assertThat(order(Action.PLACE, PositionEffect.OPEN, OrderType.STOP).wayOut())
                .isFalse();
        assertThat(order(Action.PLACE, null, OrderType.MARKET).wayOut()).isFalse();
    }

    /** A stop that buys triggers at once where its price is the market's: who leaves out what it opens buys with it. */
    @Test
    void aStopThatBuysIsNoneUnlessItCloses() {
        assertThat(order(Details.Side.BUY, Action.PLACE, null, OrderType.STOP).wayOut())
                .isFalse();
        assertThat(order(Details.Side.BUY, Action.PLACE, PositionEffect.CLOSE, OrderType.STOP)
                        .wayOut())
                .isTrue();
    }

    private static Details order(Action action, PositionEffect effect, OrderType type) {
        return order(Details.Side.SELL, action, effect, type);
    }

    private static Details order(Details.Side side, Action action, PositionEffect effect, OrderType type) {
        return new Details(
                Optional.empty(),
                Optional.empty(),
                Optional.of("USDJPY"),
                Optional.of(side),
                Optional.ofNullable(effect),
                action,
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }
}
