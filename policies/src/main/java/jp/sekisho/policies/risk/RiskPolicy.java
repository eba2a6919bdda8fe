package jp.sekisho.policies.risk;

import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import jp.sekisho.policies.operation.Operation;

/**
 * The numbers of the risk model. All weights are nats. A value no firm can mean is refused with the field's name.
 *
 * @param operations what an operation weighs before anything is known of it; one not named weighs 0
 * @param mixture what attackers are made of
 * @param smoothing m: the realm's statistics count like this many logins of the customer
 * @param halfLife after which a learned login counts half
 * @param place bounds of the block
 * @param client bounds of the block
 * @param device bounds of the block
 * @param tokens rates of device tokens
 * @param residence the prior of PLACE
 * @param rules weights and thresholds of the rules
 * @param littleHistory under which nobody is LOW
 * @param cuts of the levels
 * @param fit of the probability
 * @param learning when and how much is learned
 * @param zone of hours and days
 */
// JP25-10
public record RiskPolicy(
        Map<Operation, Double> operations,
        Mixture mixture,
        double smoothing,
        Duration halfLife,
        Bounds place,
        Bounds client,
        Bounds device,
        Tokens tokens,
        Residence residence,
        Rules rules,
        LittleHistory littleHistory,
        Cuts cuts,
        Fit fit,
        LearningRules learning,
        ZoneId zone) {

    private static final double MAX_NATS = 20;

    public RiskPolicy {
        for (Map.Entry<Operation, Double> weight : operations.entrySet()) {
            within("operations." + weight.getKey(), weight.getValue(), -MAX_NATS, MAX_NATS);
        }
        operations = Map.copyOf(operations);
        within("smoothing", smoothing, 0.01, 100);
        within("halfLife", halfLife, Duration.ofDays(1), Duration.ofDays(3650));
        Objects.requireNonNull(mixture, "mixture");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(residence, "residence");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(littleHistory, "littleHistory");
        Objects.requireNonNull(cuts, "cuts");
        Objects.requireNonNull(fit, "fit");
        Objects.requireNonNull(learning, "learning");
        Objects.requireNonNull(zone, "zone");
    }

    /**
     * λ: they add up to 1.
     *
     * @param stranger λ0: somebody like any of the realm's customers
     * @param compatriot λ1: somebody in the customer's usual country
     * @param imitator λ2: somebody who looks like the customer; bounds what a familiar value is worth by ln λ2
     */
    public record Mixture(double stranger, double compatriot, double imitator) {
        public Mixture {
            within("mixture.stranger", stranger, 0.001, 0.998);
            within("mixture.compatriot", compatriot, 0, 0.998);
            within("mixture.imitator", imitator, 0.001, 0.998);
            double sum = stranger + compatriot + imitator;
            if (Math.abs(sum - 1) > 1e-9) {
                throw new IllegalArgumentException("mixture must add up to 1, was " + sum);
            }
        }
    }

    /** The least and the most a block can weigh. */
    public record Bounds(double least, double most) {
        public Bounds {
            within("bounds.least", least, -MAX_NATS, 0);
            within("bounds.most", most, 0, MAX_NATS);
        }

        double clamp(double nats) {
            return Math.max(least, Math.min(most, nats));
        }
    }

    /**
     * @param stolen θ: how often an attacker brings a customer's token
     * @param usualReturn how often a customer's token returns before anything is known of him
     * @param strength the logins that this assumption counts for
     * @param leastReturn the least rate that is believed of a customer
     * @param mostReturn the most
     */
    public record Tokens(double stolen, double usualReturn, double strength, double leastReturn, double mostReturn) {
        public Tokens {
            within("tokens.stolen", stolen, 0.0001, 0.5);
            within("tokens.usualReturn", usualReturn, 0.01, 0.99);
            within("tokens.strength", strength, 0.1, 100);
            within("tokens.leastReturn", leastReturn, stolen, 0.99);
            within("tokens.mostReturn", mostReturn, leastReturn, 0.9999);
        }
    }

    /**
     * @param weight the logins that the country of residence counts for when the account is opened
     * @param halfLife of that weight by the account's age
     */
    public record Residence(double weight, Duration halfLife) {
        public Residence {
            within("residence.weight", weight, 0, 100);
            within("residence.halfLife", halfLife, Duration.ofDays(1), Duration.ofDays(36500));
        }
    }

    /**
     * @param impossibleTravel replaces PLACE where larger
     * @param travelSpeedKmh over which nobody travels
     * @param travelSlackKm distances beyond both accuracy radii that are never travel
     * @param hostingNetwork weight
     * @param anonymiserNetwork weight; a hostile mark
     * @param reusedDeviceToken weight; a hostile mark
     * @param clientFamilyChanged weight of another browser or system on a known device
     * @param unusualHour weight
     * @param unusualHourShare share of the customer's logins about this hour, under which it is unusual
     * @param unusualHourLogins learned weight of hours from which the rule speaks
     * @param recentFailures weight of ln(1 + failures)
     * @param recentFailuresMost the most it can weigh: a stranger's failures are only a stranger's word
     * @param sourceFailing weight of a source over {@code sourceTried} and {@code sourceShare}
     * @param sourceTried customers tried from the source in 10 minutes
     * @param sourceShare share of them that failed
     * @param sourceHostile weight of a source over {@code sourceHostileTried} and {@code sourceHostileShare}; a
     *     hostile mark, and the only step on shared networks
     * @param sourceHostileTried customers tried
     * @param sourceHostileShare share of them that failed
     * @param dormantAccount weight
     * @param dormantAfter without a login
     * @param withheldEvidence weight of each withheld field, on top of its block
     * @param disowned weight of a device or source that this customer disowned; a hostile mark
     */
    public record Rules(
            double impossibleTravel,
            double travelSpeedKmh,
            double travelSlackKm,
            double hostingNetwork,
            double anonymiserNetwork,
            double reusedDeviceToken,
            double clientFamilyChanged,
            double unusualHour,
            double unusualHourShare,
            double unusualHourLogins,
            double recentFailures,
            double recentFailuresMost,
            double sourceFailing,
            int sourceTried,
            double sourceShare,
            double sourceHostile,
            int sourceHostileTried,
            double sourceHostileShare,
            double dormantAccount,
            Duration dormantAfter,
            double withheldEvidence,
            double disowned) {
        public Rules {
            weight("rules.impossibleTravel", impossibleTravel);
            within("rules.travelSpeedKmh", travelSpeedKmh, 100, 10_000);
            within("rules.travelSlackKm", travelSlackKm, 0, 2_000);
            weight("rules.hostingNetwork", hostingNetwork);
            weight("rules.anonymiserNetwork", anonymiserNetwork);
            weight("rules.reusedDeviceToken", reusedDeviceToken);
            weight("rules.clientFamilyChanged", clientFamilyChanged);
            weight("rules.unusualHour", unusualHour);
            within("rules.unusualHourShare", unusualHourShare, 0, 0.1);
            within("rules.unusualHourLogins", unusualHourLogins, 1, 1000);
            weight("rules.recentFailures", recentFailures);
            weight("rules.recentFailuresMost", recentFailuresMost);
            weight("rules.sourceFailing", sourceFailing);
            within("rules.sourceTried", sourceTried, 1, 1_000_000);
            within("rules.sourceShare", sourceShare, 0.01, 1);
            within("rules.sourceHostile", sourceHostile, sourceFailing, MAX_NATS);
            within("rules.sourceHostileTried", sourceHostileTried, sourceTried, 1_000_000);
            within("rules.sourceHostileShare", sourceHostileShare, sourceShare, 1);
            weight("rules.dormantAccount", dormantAccount);
            within("rules.dormantAfter", dormantAfter, Duration.ofDays(1), Duration.ofDays(3650));
            weight("rules.withheldEvidence", withheldEvidence);
            weight("rules.disowned", disowned);
        }
    }

    /** At least MEDIUM under so many learned logins, or under so much decayed weight. */
    public record LittleHistory(int logins, double weight) {
        public LittleHistory {
            within("littleHistory.logins", logins, 1, 1000);
            within("littleHistory.weight", weight, 0.01, 1000);
        }
    }

    /** MEDIUM and HIGH from this score on. */
    public record Cuts(double medium, double high) {
        public Cuts {
            within("cuts.medium", medium, -MAX_NATS, MAX_NATS);
            within("cuts.high", high, medium, 3 * MAX_NATS);
        }
    }

    /**
     * probability = σ(a·score + b)
     *
     * @param calibrated whether a firm fitted a and b to its own data
     */
    public record Fit(double a, double b, boolean calibrated) {
        public Fit {
            within("fit.a", a, 0.001, 100);
            within("fit.b", b, -100, 100);
        }
    }

    /**
     * @param after how long a login must stand undisputed before it is learned
     * @param monitorAfter the same in monitor mode, where nothing was verified
     * @param lowWeight what a LOW login without strong factor and known device counts; 1 is a verified one
     */
    public record LearningRules(Duration after, Duration monitorAfter, double lowWeight) {
        public LearningRules {
            within("learning.after", after, Duration.ZERO, Duration.ofDays(90));
            within("learning.monitorAfter", monitorAfter, Duration.ZERO, Duration.ofDays(90));
            within("learning.lowWeight", lowWeight, 0, 1);
        }
    }

    /** Where the model starts, before a firm's own back-test has spoken. */
    public static RiskPolicy standard() {
        Map<Operation, Double> operations = new EnumMap<>(Operation.class);
        operations.put(Operation.WITHDRAWAL, 1.0);
        operations.put(Operation.BANK_ACCOUNT_CHANGE, 1.5);
        operations.put(Operation.PROFILE_CHANGE, 0.5);
        operations.put(Operation.CREDENTIAL_CHANGE, 1.0);
        return new RiskPolicy(
                operations,
                new Mixture(0.6, 0.3, 0.1),
                1,
                Duration.ofDays(90),
                new Bounds(-3, 5),
                new Bounds(-3, 4),
                new Bounds(-4, 4),
                new Tokens(0.02, 0.8, 2, 0.3, 0.99),
                new Residence(2, Duration.ofDays(730)),
                new Rules(
                        4,
                        1000,
                        50,
                        2,
                        3,
                        4,
                        3,
                        1,
                        0.01,
                        10,
                        0.75,
                        1.5,
                        1.5,
                        20,
                        0.5,
                        3,
                        100,
                        0.8,
                        1,
                        Duration.ofDays(180),
                        0.5,
                        10),
                new LittleHistory(3, 1),
                new Cuts(0.5, 7),
                new Fit(1, -4, false),
                new LearningRules(Duration.ofHours(24), Duration.ofHours(72), 0.25),
                ZoneId.of("Asia/Tokyo"));
    }

    /** The same policy while the geographic database is too old to vouch for anybody: PLACE can only raise. */
    public RiskPolicy distrustingPlace() {
        return with(new Bounds(0, place.most()), cuts, learning);
    }

    /** The same policy with other cuts. */
    public RiskPolicy cutAt(Cuts other) {
        return with(place, other, learning);
    }

    /** The same policy with other rules of learning. */
    public RiskPolicy learningWith(LearningRules other) {
        return with(place, cuts, other);
    }

    private RiskPolicy with(Bounds newPlace, Cuts newCuts, LearningRules newLearning) {
        return new RiskPolicy(
                operations,
                mixture,
                smoothing,
                halfLife,
                newPlace,
                client,
                device,
                tokens,
                residence,
                rules,
                littleHistory,
                newCuts,
                fit,
                newLearning,
                zone);
    }

    private static void weight(String field, double value) {
        within(field, value, 0, MAX_NATS);
    }

    private static void within(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(field + " must be between " + least + " and " + most + ", was " + value);
        }
    }

    private static void within(String field, Duration value, Duration least, Duration most) {
        if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(field + " must be between " + least + " and " + most + ", was " + value);
        }
    }
}
