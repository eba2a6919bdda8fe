package jp.sekisho.policies.anomaly;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.sekisho.policies.risk.RiskPolicy.Cuts;
import jp.sekisho.policies.risk.RiskPolicy.Fit;
import jp.sekisho.policies.signal.SignalPolicy;

/**
 * The numbers by which operations of trading apps are judged. All weights are nats. A value no firm can mean is refused with the
 * field's name.
 *
 * @param collected what the firm's apps say of an operation wherever it applies; always, where it is not named
 * @param baseline what is usual
 * @param weights of the rules
 * @param windows how long something is lately
 * @param thresholds from where on
 * @param caps the most that each block weighs
 * @param signals what of a session no person does
 * @param cuts of the levels
 * @param fit of the probability
 */
// FFAJ-3-S2, JP25-9
public record AnomalyPolicy(
        Map<Particular, Collected> collected,
        Usual baseline,
        Weights weights,
        Windows windows,
        Thresholds thresholds,
        Caps caps,
        SignalPolicy signals,
        Cuts cuts,
        Fit fit) {

    private static final double MAX_NATS = 20;

    private static final Set<Particular> OF_SHARES = Set.of(Particular.DAILY_TURNOVER, Particular.HOLDINGS_SHARE);

    public AnomalyPolicy {
        collected = Map.copyOf(collected);
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(windows, "windows");
        Objects.requireNonNull(thresholds, "thresholds");
        Objects.requireNonNull(caps, "caps");
        Objects.requireNonNull(signals, "signals");
        Objects.requireNonNull(cuts, "cuts");
        Objects.requireNonNull(fit, "fit");
    }

    /**
     * @param operations with fewer of a kind and currency nothing is usual
     * @param spread the least spread of the logarithm: equal values have it, too
     * @param tolerated so many spreads above the middle are usual
     * @param slope nats for each spread beyond
     */
    public record Usual(int operations, double spread, double tolerated, double slope) {
        public Usual {
            within("baseline.operations", operations, 3, 100);
            within("baseline.spread", spread, 0.05, 5);
            within("baseline.tolerated", tolerated, 0, 20);
            within("baseline.slope", slope, 0, MAX_NATS);
        }
    }

    /**
     * @param unusualAmount the most that an amount weighs
     * @param fewOperations an amount where nothing is usual yet; not over {@code unusualAmount}
     * @param unusualSize the most that a quantity weighs
     * @param wholeBalance all of the balance
     * @param soldOut after everything was sold
     * @param newPayee never paid before
     * @param payeeChanged not the customer's for long
     * @param sharedPayee for each doubling of the customers who name it
     * @param credentialChanged lately
     * @param contactChanged lately
     * @param phoneChanged lately
     * @param deviceAdded lately
     * @param newInstrument never traded before
     * @param thinInstrument the most that a purchase weighs for its share of a day's turnover
     * @param orderRate for each doubling over the customer's busiest minute
     * @param skippedPages what a person passes was not passed
     * @param scriptedInput no hand filled it
     * @param automatedBrowser the browser is driven
     * @param rightAfterLogin weight
     * @param sessionDevice the session's device changed
     * @param sessionNetwork the session's network changed
     */
    public record Weights(
            double unusualAmount,
            double fewOperations,
            double unusualSize,
            double wholeBalance,
            double soldOut,
            double newPayee,
            double payeeChanged,
            double sharedPayee,
            double credentialChanged,
            double contactChanged,
            double phoneChanged,
            double deviceAdded,
            double newInstrument,
            double thinInstrument,
            double orderRate,
            double skippedPages,
            double scriptedInput,
            double automatedBrowser,
            double rightAfterLogin,
            double sessionDevice,
            double sessionNetwork) {
        public Weights {
            weight("unusualAmount", unusualAmount);
            weight("fewOperations", fewOperations);
            weight("unusualSize", unusualSize);
            weight("wholeBalance", wholeBalance);
            weight("soldOut", soldOut);
            weight("newPayee", newPayee);
            weight("payeeChanged", payeeChanged);
            weight("sharedPayee", sharedPayee);
            weight("credentialChanged", credentialChanged);
            weight("contactChanged", contactChanged);
            weight("phoneChanged", phoneChanged);
            weight("deviceAdded", deviceAdded);
            weight("newInstrument", newInstrument);
            weight("thinInstrument", thinInstrument);
            weight("orderRate", orderRate);
            weight("skippedPages", skippedPages);
            weight("scriptedInput", scriptedInput);
            weight("automatedBrowser", automatedBrowser);
            weight("rightAfterLogin", rightAfterLogin);
            weight("sessionDevice", sessionDevice);
            weight("sessionNetwork", sessionNetwork);
            if (fewOperations > unusualAmount) {
                throw new IllegalArgumentException("weights.fewOperations is over weights.unusualAmount");
            }
        }

        private static void weight(String field, double value) {
            within("weights." + field, value, 0, MAX_NATS);
        }
    }

    /**
     * @param usual how far back something makes another usual
     * @param settled what is younger makes nothing usual: its customer may still disown it
     * @param credential after a changed credential
     * @param contact after a changed address of notices
     * @param phone after a changed phone number
     * @param device after a device became the customer's
     * @param payee after a bank account was named or changed
     * @param sharedPayee over which other customers who name it are counted
     * @param soldOut after everything was sold, which was not so in the same time before
     * @param accumulation over which purchases of one instrument are one
     * @param login right after a login
     */
    public record Windows(
            Duration usual,
            Duration settled,
            Duration credential,
            Duration contact,
            Duration phone,
            Duration device,
            Duration payee,
            Duration sharedPayee,
            Duration soldOut,
            Duration accumulation,
            Duration login) {
        public Windows {
            within("windows.usual", usual, Duration.ofDays(7), Duration.ofDays(3650));
            within("windows.settled", settled, Duration.ofHours(1), Duration.ofDays(7));
            window("credential", credential);
            window("contact", contact);
            window("phone", phone);
            window("device", device);
            window("payee", payee);
            window("sharedPayee", sharedPayee);
            window("soldOut", soldOut);
            within("windows.accumulation", accumulation, Duration.ZERO, Duration.ofDays(7));
            within("windows.login", login, Duration.ZERO, Duration.ofDays(1));
        }

        private static void window(String field, Duration value) {
            within("windows." + field, value, Duration.ZERO, Duration.ofDays(90));
        }
    }

    /**
     * @param balance share of the balance from which a withdrawal begins to weigh
     * @param sold share of the holdings that is everything
     * @param thin share of a day's turnover from which a purchase begins to weigh
     * @param thick share from which it weighs most; over {@code thin}
     * @param ordersAMinute so many are usual for everybody
     * @param mules so many other customers make a payee a hostile mark
     */
    public record Thresholds(double balance, double sold, double thin, double thick, int ordersAMinute, int mules) {
        public Thresholds {
            within("thresholds.balance", balance, 0.1, 0.99);
            within("thresholds.sold", sold, 0.1, 1);
            within("thresholds.thin", thin, 0.00001, 0.5);
            within("thresholds.thick", thick, 0.0001, 1);
            within("thresholds.ordersAMinute", ordersAMinute, 1, 1000);
            within("thresholds.mules", mules, 1, 1000);
            if (thick <= thin) {
                throw new IllegalArgumentException("thresholds.thick is not over thresholds.thin");
            }
        }
    }

    /** The most that a block weighs. */
    public record Caps(double money, double payee, double changes, double market, double conduct, double session) {
        public Caps {
            within("caps.money", money, 0, MAX_NATS);
            within("caps.payee", payee, 0, MAX_NATS);
            within("caps.changes", changes, 0, MAX_NATS);
            within("caps.market", market, 0, MAX_NATS);
            within("caps.conduct", conduct, 0, MAX_NATS);
            within("caps.session", session, 0, MAX_NATS);
        }
    }

    /**
     * Where it starts, before a firm's own back-test has spoken. Orders in currencies have no turnover of a day and are no share
     * of what one holds; a firm that sells shares says {@link Collected#ALWAYS} of both.
     */
    public static AnomalyPolicy standard() {
        return new AnomalyPolicy(
                Arrays.stream(Particular.values())
                        .collect(Collectors.toMap(
                                Function.identity(),
                                particular ->
                                        OF_SHARES.contains(particular) ? Collected.WHERE_KNOWN : Collected.ALWAYS)),
                new Usual(5, 0.5, 2, 0.8),
                new Weights(3.5, 1, 2, 1.5, 1.5, 1.2, 1, 1, 1.2, 1, 1, 1.2, 0.7, 3, 1, 1.5, 2, 2.5, 0.3, 3, 0.5),
                new Windows(
                        Duration.ofDays(400),
                        Duration.ofDays(1),
                        Duration.ofDays(3),
                        Duration.ofDays(7),
                        Duration.ofDays(7),
                        Duration.ofDays(3),
                        Duration.ofDays(7),
                        Duration.ofDays(14),
                        Duration.ofDays(7),
                        Duration.ofDays(1),
                        Duration.ofMinutes(2)),
                new Thresholds(0.8, 0.9, 0.005, 0.1, 5, 3),
                new Caps(4, 3.5, 3, 3.5, 4, 3.5),
                SignalPolicy.standard(),
                new Cuts(1, 6.5),
                new Fit(1, -6.5, false));
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
