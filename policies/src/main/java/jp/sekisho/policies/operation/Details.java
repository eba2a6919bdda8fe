package jp.sekisho.policies.operation;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * What an operation is about, as the app says it. What it does not say is empty: rules that need it then judge as of a value
 * that was never seen.
 *
 * @param amount what moves
 * @param payee where a withdrawal goes, or the account that is registered
 * @param instrument the firm's own code, or a currency pair
 * @param side of an order
 * @param positionEffect whether an order opens or closes
 * @param action whether an order is placed or taken back
 * @param orderType of an order
 * @param quantity of an order
 * @param available what the customer could withdraw before
 * @param holdingsShare of all that the customer holds, how much an order sells: 0 to 1
 * @param dailyTurnover what the instrument usually turns over in a day
 * @param attributes names of the personal data that a change of the profile is about
 */
public record Details(
        Optional<Money> amount,
        Optional<Payee> payee,
        Optional<String> instrument,
        Optional<Side> side,
        Optional<PositionEffect> positionEffect,
        Action action,
        Optional<OrderType> orderType,
        Optional<BigDecimal> quantity,
        Optional<Money> available,
        Optional<BigDecimal> holdingsShare,
        Optional<Money> dailyTurnover,
        Set<String> attributes) {

    public enum Side {
        BUY,
        SELL
    }

    public enum PositionEffect {
        OPEN,
        CLOSE
    }

    public enum Action {
        PLACE,
        CANCEL
    }

    public enum OrderType {
        MARKET,
        LIMIT,
        STOP
    }

    public Details {
        attributes = Set.copyOf(attributes);
    }

    /**
     * Whether an order only takes risk away. A customer must always be able to get out: such an order is never held and asks for
     * nothing. A stop order that opens a position is no way out; where that is not said, one that buys may.
     */
    public boolean wayOut() {
        return action == Action.CANCEL
                || positionEffect.equals(Optional.of(PositionEffect.CLOSE))
                || orderType.equals(Optional.of(OrderType.STOP))
                        && side.equals(Optional.of(Side.SELL))
                        && positionEffect.isEmpty();
    }
}
