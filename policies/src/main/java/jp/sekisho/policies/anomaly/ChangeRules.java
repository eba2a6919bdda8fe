package jp.sekisho.policies.anomaly;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.AnomalyPolicy.Weights;
import jp.sekisho.policies.anomaly.AnomalyPolicy.Windows;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;

/** What of the customer changed shortly before. */
final class ChangeRules {

    private ChangeRules() {}

    static Stream<Signal> judge(Matter matter) {
        if (!weigh(matter.operation())) {
            return Stream.empty();
        }
        Weights weights = matter.policy().weights();
        Windows windows = matter.policy().windows();
        return Stream.of(
                        lately(
                                matter,
                                Change.CREDENTIAL,
                                windows.credential(),
                                Reason.CREDENTIAL_CHANGED,
                                weights.credentialChanged()),
                        lately(
                                matter,
                                Change.CONTACT,
                                windows.contact(),
                                Reason.CONTACT_CHANGED,
                                weights.contactChanged()),
                        lately(matter, Change.PHONE, windows.phone(), Reason.PHONE_CHANGED, weights.phoneChanged()),
                        lately(matter, Change.DEVICE, windows.device(), Reason.DEVICE_ADDED, weights.deviceAdded()))
                .flatMap(signals -> signals);
    }

    static boolean weigh(Operation operation) {
        return operation.paysOut() || operation == Operation.PROFILE_CHANGE;
    }

    private static Stream<Signal> lately(Matter matter, Change change, Duration window, Reason reason, double nats) {
        Instant at = matter.past().changes().get(change);
        return Matter.signalIf(at != null && matter.within(window).test(at), Block.CHANGES, reason, nats);
    }
}
