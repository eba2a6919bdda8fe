package jp.sekisho.policies.operation;

import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Details.OrderType;

/** What an operation must say of itself, and what it must not: nobody confirms what he is not shown, or what means nothing. */
public final class Completeness {

    private Completeness() {}

    /**
     * What is wrong.
     *
     * @param name of the detail
     */
    public record Fault(String name, String why) {}

    private record Rule(boolean broken, String name, String why) {}

    /** The first fault; empty where there is none. */
    public static Optional<Fault> fault(Operation type, Details details) {
        boolean order = type == Operation.TRADE;
        boolean placed = order && details.action() == Action.PLACE;
        boolean opening = placed && !details.wayOut();
        boolean account = type.paysOut();
        return Stream.of(
                        required(placed && details.instrument().isEmpty(), "instrument"),
                        required(placed && details.side().isEmpty(), "side"),
                        required(
                                opening
                                        && details.quantity().isEmpty()
                                        && details.amount().isEmpty(),
                                "quantity"),
                        // At a price of its own, it is the amount that says it.
                        required(
                                opening
                                        && details.amount().isEmpty()
                                        && details.orderType()
                                                .filter(kind -> kind != OrderType.MARKET)
                                                .isPresent(),
                                "amount"),
                        required(
                                type == Operation.WITHDRAWAL && details.amount().isEmpty(), "amount"),
                        required(account && details.payee().isEmpty(), "payee"),
                        required(
                                type == Operation.PROFILE_CHANGE
                                        && details.attributes().isEmpty(),
                                "attributes"),
                        new Rule(
                                details.amount()
                                        .filter(amount -> amount.value().signum() == 0)
                                        .isPresent(),
                                "amount",
                                "Nothing moves."),
                        new Rule(
                                details.quantity()
                                        .filter(quantity -> quantity.signum() == 0)
                                        .isPresent(),
                                "quantity",
                                "Nothing moves."),
                        foreign(!account && details.payee().isPresent(), "payee"),
                        foreign(!order && details.action() != Action.PLACE, "action"),
                        foreign(!order && details.instrument().isPresent(), "instrument"),
                        foreign(!order && details.side().isPresent(), "side"),
                        foreign(!order && details.positionEffect().isPresent(), "positionEffect"),
                        foreign(!order && details.orderType().isPresent(), "orderType"),
                        foreign(!order && details.quantity().isPresent(), "quantity"),
                        foreign(
                                type != Operation.PROFILE_CHANGE
                                        && !details.attributes().isEmpty(),
                                "attributes"))
                .filter(Rule::broken)
                .findFirst()
                .map(rule -> new Fault(rule.name(), rule.why()));
    }

    private static Rule required(boolean missing, String name) {
        return new Rule(missing, name, "It is required.");
    }

    private static Rule foreign(boolean there, String name) {
        return new Rule(there, name, "It is no part of such an operation.");
    }
}
