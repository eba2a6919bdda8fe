package jp.sekisho.policies.anomaly;

import static jp.sekisho.policies.anomaly.Matter.signalIf;
import static jp.sekisho.policies.anomaly.Matter.withheld;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.AnomalyPolicy.Weights;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;
import jp.sekisho.policies.signal.SessionSignals;

/** How an operation is put in: by a hand, or by a script. */
// FFAJ-3-B
final class ConductRules {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private ConductRules() {}

    static Stream<Signal> judge(Matter matter) {
        return Stream.concat(rate(matter), conduct(matter));
    }

    private static Stream<Signal> conduct(Matter matter) {
        Weights weights = matter.policy().weights();
        if (matter.sight().signals() instanceof Field.Withheld<SessionSignals>) {
            return Stream.of(withheld(
                    Block.CONDUCT, weights.skippedPages() + weights.scriptedInput() + weights.automatedBrowser()));
        }
        return matter.sight().signals().present().stream()
                .flatMap(signals -> Stream.of(
                                signalIf(
                                        signals.skips(
                                                matter.operation(),
                                                matter.policy().signals()),
                                        Block.CONDUCT,
                                        Reason.SKIPPED_PAGES,
                                        weights.skippedPages()),
                                signalIf(
                                        signals.scripted(matter.policy().signals()),
                                        Block.CONDUCT,
                                        Reason.SCRIPTED_INPUT,
                                        weights.scriptedInput()),
                                signalIf(
                                        !signals.findings().isEmpty(),
                                        Block.CONDUCT,
                                        Reason.AUTOMATED_BROWSER,
                                        weights.automatedBrowser()))
                        .flatMap(found -> found));
    }

    private static Stream<Signal> rate(Matter matter) {
        long now =
                1 + alike(matter, matter.opened()).filter(matter.within(MINUTE)).count();
        int floor = matter.policy().thresholds().ordersAMinute();
        if (now <= floor) {
            return Stream.empty();
        }
        int usual = Math.max(floor, busiest(alike(matter, matter.settled())));
        return signalIf(
                now > usual,
                Block.CONDUCT,
                Reason.ORDER_RATE,
                matter.policy().weights().orderRate() * Math.log((double) now / usual) / Math.log(2));
    }

    private static Stream<Instant> alike(Matter matter, Stream<PastOperation> operations) {
        Operation kind = matter.operation();
        return operations.filter(before -> before.operation() == kind).map(PastOperation::at);
    }

    /** The most that ever were in one minute. */
    private static int busiest(Stream<Instant> instants) {
        Instant[] at = instants.sorted().toArray(Instant[]::new);
        int most = 0;
        int first = 0;
        for (int last = 0; last < at.length; last++) {
            while (!at[last].minus(MINUTE).isBefore(at[first])) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
