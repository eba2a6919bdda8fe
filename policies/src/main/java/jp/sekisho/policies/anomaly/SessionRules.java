package jp.sekisho.policies.anomaly;

import static jp.sekisho.policies.anomaly.Matter.signalIf;
import static jp.sekisho.policies.anomaly.Matter.withheld;

import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.AnomalyPolicy.Weights;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;

/** From which session an operation comes. */
final class SessionRules {

    private SessionRules() {}

    static Stream<Signal> judge(Matter matter) {
        Weights weights = matter.policy().weights();
        double afterLogin = matter.paysOut() ? weights.rightAfterLogin() : 0;
        if (matter.sight().session() instanceof Field.Withheld<SessionSight>) {
            return Stream.of(withheld(Block.SESSION, afterLogin + weights.sessionDevice() + weights.sessionNetwork()));
        }
        return matter.sight().session().present().stream()
                .flatMap(session -> Stream.of(
                                signalIf(
                                        matter.paysOut()
                                                && matter.within(matter.policy()
                                                                .windows()
                                                                .login())
                                                        .test(session.loggedInAt()),
                                        Block.SESSION,
                                        Reason.RIGHT_AFTER_LOGIN,
                                        afterLogin),
                                signalIf(
                                        session.deviceChanged(),
                                        Block.SESSION,
                                        Reason.SESSION_DEVICE_CHANGED,
                                        weights.sessionDevice()),
                                signalIf(
                                        session.networkChanged(),
                                        Block.SESSION,
                                        Reason.SESSION_NETWORK_CHANGED,
                                        weights.sessionNetwork()))
                        .flatMap(found -> found));
    }
}
