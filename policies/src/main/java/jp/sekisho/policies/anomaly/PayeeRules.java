package jp.sekisho.policies.anomaly;

import static jp.sekisho.policies.anomaly.Matter.signalIf;
import static jp.sekisho.policies.anomaly.Matter.withheld;

import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.AnomalyPolicy.Weights;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;

/** Where money goes. */
final class PayeeRules {

    private PayeeRules() {}

    static Stream<Signal> judge(Matter matter) {
        if (!matter.paysOut()) {
            return Stream.empty();
        }
        if (matter.details().payee().isEmpty()) {
            return matter.withheld(Particular.PAYEE, matter.details().payee())
                    ? Stream.of(withheld(Block.PAYEE, matter.policy().caps().payee()))
                    : Stream.empty();
        }
        Weights weights = matter.policy().weights();
        KnownPayee payee = matter.past().payee();
        return Stream.of(
                        signalIf(unpaid(payee), Block.PAYEE, Reason.NEW_PAYEE, weights.newPayee()),
                        signalIf(changed(matter), Block.PAYEE, Reason.PAYEE_CHANGED, weights.payeeChanged()),
                        signalIf(
                                shared(matter),
                                Block.PAYEE,
                                Reason.SHARED_PAYEE,
                                weights.sharedPayee() * Math.log1p(payee.others()) / Math.log(2)))
                .flatMap(signals -> signals);
    }

    /** A hostile mark: an account that money of many is collected on. Who hides the account may hide the worst one. */
    static boolean hostile(Matter matter) {
        if (!matter.paysOut()) {
            return false;
        }
        return matter.details().payee().isEmpty()
                ? matter.withheld(Particular.PAYEE, matter.details().payee())
                : shared(matter)
                        && matter.past().payee().others()
                                >= matter.policy().thresholds().mules();
    }

    private static boolean unpaid(KnownPayee payee) {
        return payee.since().isEmpty() || payee.paid() <= 0;
    }

    private static boolean changed(Matter matter) {
        return matter.past()
                .payee()
                .since()
                .map(matter.within(matter.policy().windows().payee())::test)
                .orElse(true);
    }

    /** Whom a customer has long paid, nobody makes suspicious by naming him, too. */
    private static boolean shared(Matter matter) {
        KnownPayee payee = matter.past().payee();
        return payee.others() > 0 && (unpaid(payee) || changed(matter));
    }
}
