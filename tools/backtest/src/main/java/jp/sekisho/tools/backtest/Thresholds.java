package jp.sekisho.tools.backtest;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Circumstances;
import jp.sekisho.policies.decision.Destination;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.decision.Ruling;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.RiskPolicy.Cuts;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;

/**
 * Decides again what was decided before, by other cuts of the levels and other requirements. The weights of what spoke against
 * it are as they were, and so is what had nothing to do with the risk.
 *
 * @param session cuts of what is known of the login and the place
 * @param operation cuts of how unlike the customer the operation is
 */
// JP25-10
record Thresholds(Cuts session, Cuts operation, Map<Operation, Map<Level, Requirement>> requirements) {

    private static final Set<Block> OF_SESSIONS = EnumSet.of(Block.PLACE, Block.CLIENT, Block.DEVICE, Block.RULE);

    /** Marks that need no second block. */
    private static final Set<Reason> HOSTILE =
            EnumSet.of(Reason.REUSED_DEVICE_TOKEN, Reason.ANONYMISER_NETWORK, Reason.DISOWNED);

    Level level(PastDecision past) {
        List<Signal> own = past.signals().stream()
                .filter(signal -> OF_SESSIONS.contains(signal.block()))
                .toList();
        List<Signal> conduct = past.signals().stream()
                .filter(signal -> !OF_SESSIONS.contains(signal.block()))
                .toList();
        double unlike = conduct.stream().mapToDouble(Signal::nats).sum();
        boolean little = own.stream().anyMatch(signal -> signal.reason() == Reason.LITTLE_HISTORY);
        boolean high = past.level() == Level.HIGH;
        Level login = cut(
                session,
                past.score() - unlike,
                high
                        || raised(own.stream()
                                        .filter(signal -> signal.block() != Block.RULE)
                                        .toList())
                                > 1
                        || own.stream().map(Signal::reason).anyMatch(HOSTILE::contains));
        Level known = little ? worse(login, Level.MEDIUM) : login;
        if (!past.operation().ofApps()) {
            return known;
        }
        Level worse = worse(known, cut(operation, unlike, high || raised(conduct) > 1));
        Level together =
                worse(worse, cut(operation, past.score(), high || worse == Level.HIGH || raised(past.signals()) > 1));
        return past.earlier().or(together);
    }

    private static long raised(List<Signal> signals) {
        return signals.stream()
                .filter(signal -> signal.nats() > 0 && signal.reason() != Reason.FEW_OPERATIONS)
                .map(Signal::block)
                .distinct()
                .count();
    }

    private static Level cut(Cuts cuts, double score, boolean supported) {
        if (score >= cuts.high() && supported) {
            return Level.HIGH;
        }
        return score >= cuts.medium() ? Level.MEDIUM : Level.LOW;
    }

    private static Level worse(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    Outcome outcome(PastDecision past, Level level) {
        Requirement requirement =
                requirements.getOrDefault(past.operation(), Map.of()).getOrDefault(level, Requirement.REFUSED);
        return past.operation().ofApps() ? ruled(past, level, requirement).outcome() : asked(past, requirement);
    }

    private Ruling ruled(PastDecision past, Level level, Requirement requirement) {
        return Ruling.of(new Circumstances(
                past.operation(),
                past.wayOut(),
                is(past, Cause.FROZEN),
                is(past, Cause.LOCKED),
                is(past, Cause.ACCESS_RULE),
                past.holdUntil().filter(until -> is(past, Cause.HELD)),
                destination(past),
                level,
                past.likeness(),
                past.windowOpen(),
                past.own(),
                past.earlier().or(requirement)));
    }

    private static Destination destination(PastDecision past) {
        if (is(past, Cause.PAYEE_REVIEW)) {
            return new Destination.Doubtful();
        }
        return past.holdUntil()
                .filter(until -> is(past, Cause.PAYEE_WAIT))
                .<Destination>map(Destination.Waiting::new)
                .orElseGet(Destination.Usable::new);
    }

    private static boolean is(PastDecision past, Cause cause) {
        return past.cause().equals(Optional.of(cause));
    }

    /** What was refused for another reason than the risk is refused again. */
    private Outcome asked(PastDecision past, Requirement requirement) {
        boolean otherwise = past.outcome() == Outcome.DENY
                && requirements.getOrDefault(past.operation(), Map.of()).get(past.level()) != Requirement.REFUSED;
        if (otherwise) {
            return Outcome.DENY;
        }
        return switch (requirement) {
            case NOTHING -> Outcome.ALLOW;
            case STRONGEST_FACTOR, PHISHING_RESISTANT -> Outcome.STEP_UP;
            case REFUSED -> Outcome.DENY;
        };
    }
}
