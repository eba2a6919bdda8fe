package jp.sekisho.policies.anomaly;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;

/** All that a rule may look at. */
record Matter(OperationSight sight, Past past, AnomalyPolicy policy) {

    Operation operation() {
        return sight.operation();
    }

    Details details() {
        return sight.details();
    }

    /** An order that takes a risk: it is placed, and is no way out. */
    boolean order() {
        return operation() == Operation.TRADE && !details().wayOut();
    }

    /** Whether money leaves by it, now or later. */
    boolean paysOut() {
        return operation().paysOut();
    }

    /** Whether the app left out what it always says. */
    boolean withheld(Particular particular, Optional<?> value) {
        return value.isEmpty() && policy.collected().get(particular) != Collected.WHERE_KNOWN;
    }

    /** What took a risk or paid out. Of ways out anybody who has a session may order as many as he likes. */
    // JP25-9
    Stream<PastOperation> opened() {
        return past.operations().stream().filter(before -> !before.wayOut());
    }

    /** Operations that make others usual: nobody disowned them while he could. */
    Stream<PastOperation> settled() {
        return opened().filter(before -> !within(policy.windows().settled()).test(before.at()))
                .filter(before -> within(policy.windows().usual()).test(before.at()));
    }

    /** What happened no longer ago; what a clock that went back puts into the future is no longer ago. */
    Predicate<Instant> within(Duration window) {
        Instant since = sight.at().minus(window);
        return at -> at.isAfter(since);
    }

    static Signal signal(Block block, Reason reason, double nats) {
        return new Signal(reason, block, nats);
    }

    static Stream<Signal> signalIf(boolean applies, Block block, Reason reason, double nats) {
        return applies ? Stream.of(signal(block, reason, nats)) : Stream.empty();
    }

    static Signal withheld(Block block, double nats) {
        return signal(block, Reason.WITHHELD_EVIDENCE, nats);
    }
}
