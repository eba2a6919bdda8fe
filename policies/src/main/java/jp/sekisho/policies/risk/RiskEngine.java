package jp.sekisho.policies.risk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.Place.Position;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.risk.RiskPolicy.Rules;
import jp.sekisho.policies.risk.Signal.Block;

/**
 * How unusual an operation is for this customer: the sum of three blocks and the rules, in log-odds.
 *
 * @see <a href="https://doi.org/10.14722/ndss.2016.23240">Freeman et al., Who Are You? A Statistical Approach to
 *     Measuring User Authenticity, NDSS 2016</a>
 * @see <a href="https://doi.org/10.1145/3546069">Wiefling et al., Pump Up Password Security!, ACM TOPS 2022</a>
 */
// FFAJ-3-S1
public final class RiskEngine {

    private static final Comparator<Signal> HEAVIEST_FIRST =
            Comparator.comparingDouble(Signal::nats).reversed().thenComparing(Signal::reason);

    private final Evidence evidence;
    private final History history;
    private final Population population;
    private final RiskPolicy policy;
    private final Rules rules;
    private final List<Signal> signals = new ArrayList<>(12);
    private double score;
    private int raisedBlocks;
    private boolean hostile;

    private RiskEngine(Evidence evidence, History history, Population population, RiskPolicy policy) {
        this.evidence = evidence;
        this.history = history;
        this.population = population;
        this.policy = policy;
        this.rules = policy.rules();
    }

    /**
     * Pure: the same arguments give the same risk.
     *
     * @param evidence what is known of the operation
     * @param history what is known of the customer, as of now
     * @param population what is known of the realm
     * @param policy the numbers
     */
    public static Risk assess(Evidence evidence, History history, Population population, RiskPolicy policy) {
        return new RiskEngine(evidence, history, population, policy).assess();
    }

    private Risk assess() {
        score = policy.operations().getOrDefault(evidence.operation(), 0.0);
        place();
        boolean known = device();
        client(known);
        network();
        hour();
        failures();
        dormancy();
        withheld();
        Level level = level(known);
        signals.sort(HEAVIEST_FIRST);
        double odds = policy.fit().a() * score + policy.fit().b();
        return new Risk(score, 1 / (1 + Math.exp(-odds)), policy.fit().calibrated(), level, signals, notCollected());
    }

    private void place() {
        Chain chain = Chain.place(evidence);
        if (!chain.collected()) {
            return;
        }
        ChainScore place = ChainScore.of(chain, Block.PLACE, history, population, policy);
        boolean travelled = rules.impossibleTravel() > place.nats() && impossibleTravel();
        block(
                Block.PLACE,
                travelled ? Reason.IMPOSSIBLE_TRAVEL : place.reason(),
                policy.place().clamp(travelled ? rules.impossibleTravel() : place.nats()));
    }

    private boolean impossibleTravel() {
        Optional<LastLogin> last = history.lastLogin();
        if (last.isEmpty() || last.get().position().isEmpty()) {
            return false;
        }
        Position from = last.get().position().get();
        double hours =
                Math.max(0, Duration.between(last.get().at(), evidence.at()).toSeconds() / 3600.0);
        double reach = hours * rules.travelSpeedKmh() + rules.travelSlackKm();
        if (evidence.place() instanceof Field.Present<Place> present) {
            Optional<Position> to = present.value().position();
            return to.isPresent() && GreatCircle.leastKm(from, to.get()) > reach;
        }
        // Who hides where he is may be anywhere.
        return evidence.place() instanceof Field.Withheld<Place> && GreatCircle.FARTHEST_KM > reach;
    }

    /** Judges the token; true where the device is known. */
    private boolean device() {
        if (evidence.device() instanceof Field.NotCollected<DeviceSight>) {
            return false;
        }
        Recognition recognition = evidence.device() instanceof Field.Present<DeviceSight> present
                ? present.value().recognition()
                : Recognition.NEW;
        RiskPolicy.Tokens tokens = policy.tokens();
        double returned = history.devicesReturned() + tokens.usualReturn() * tokens.strength();
        double seen = history.devicesReturned() + history.devicesNew() + tokens.strength();
        double rate = Math.max(tokens.leastReturn(), Math.min(tokens.mostReturn(), returned / seen));
        if (recognition == Recognition.KNOWN) {
            block(Block.DEVICE, Reason.KNOWN_DEVICE, policy.device().clamp(Math.log(tokens.stolen() / rate)));
            return true;
        }
        Reason reason =
                evidence.device() instanceof Field.Withheld<DeviceSight> ? Reason.WITHHELD_EVIDENCE : Reason.NEW_DEVICE;
        block(Block.DEVICE, reason, policy.device().clamp(Math.log((1 - tokens.stolen()) / (1 - rate))));
        if (recognition == Recognition.REUSED) {
            rule(Reason.REUSED_DEVICE_TOKEN, rules.reusedDeviceToken());
            hostile = true;
        }
        return false;
    }

    private void client(boolean knownDevice) {
        if (knownDevice) {
            changedFamily();
            return;
        }
        Chain chain = Chain.client(evidence.userAgent());
        if (chain.collected()) {
            ChainScore client = ChainScore.of(chain, Block.CLIENT, history, population, policy);
            block(Block.CLIENT, client.reason(), policy.client().clamp(client.nats()));
        }
    }

    private void changedFamily() {
        if (evidence.userAgent() instanceof Field.Withheld<UserAgent>) {
            block(Block.CLIENT, Reason.WITHHELD_EVIDENCE, policy.client().clamp(rules.clientFamilyChanged()));
        } else if (evidence.userAgent() instanceof Field.Present<UserAgent> now
                && evidence.device() instanceof Field.Present<DeviceSight> sight
                && sight.value().lastUserAgent().isPresent()) {
            UserAgent last = sight.value().lastUserAgent().get();
            if (!last.browser().equals(now.value().browser())
                    || !last.os().equals(now.value().os())
                    || !last.deviceType().equals(now.value().deviceType())) {
                block(
                        Block.CLIENT,
                        Reason.CLIENT_FAMILY_CHANGED,
                        policy.client().clamp(rules.clientFamilyChanged()));
            }
        }
    }

    private void network() {
        if (evidence.network() instanceof Field.Present<Network> present) {
            switch (present.value().kind()) {
                case HOSTING -> rule(Reason.HOSTING_NETWORK, rules.hostingNetwork());
                case ANONYMISER -> {
                    rule(Reason.ANONYMISER_NETWORK, rules.anonymiserNetwork());
                    hostile = true;
                }
                case ORDINARY, SHARED -> {}
            }
        }
    }

    private void hour() {
        double total = history.hoursTotal();
        if (total < rules.unusualHourLogins()) {
            return;
        }
        int hour = evidence.at().atZone(policy.zone()).getHour();
        double near =
                0.5 * history.hour(hour) + 0.25 * history.hour((hour + 1) % 24) + 0.25 * history.hour((hour + 23) % 24);
        if (near / total < rules.unusualHourShare()) {
            rule(Reason.UNUSUAL_HOUR, rules.unusualHour());
        }
    }

    private void failures() {
        Failures failures = evidence.failures();
        if (failures.customer() > 0) {
            double nats = rules.recentFailures() * Math.log1p(failures.customer());
            rule(Reason.RECENT_FAILURES, Math.min(rules.recentFailuresMost(), nats));
        }
        int tried = failures.sourceCustomersTried();
        double share = tried > 0 ? (double) failures.sourceCustomersFailed() / tried : 0;
        boolean shared = evidence.network() instanceof Field.Present<Network> present
                && present.value().kind() == Network.Kind.SHARED;
        if (tried > rules.sourceHostileTried() && share > rules.sourceHostileShare()) {
            rule(Reason.SOURCE_FAILING, rules.sourceHostile());
            hostile = true;
        } else if (!shared && tried > rules.sourceTried() && share > rules.sourceShare()) {
            rule(Reason.SOURCE_FAILING, rules.sourceFailing());
        }
        if (failures.disowned()) {
            rule(Reason.DISOWNED, rules.disowned());
            hostile = true;
        }
    }

    private void dormancy() {
        Optional<LastLogin> last = history.lastLogin();
        if (last.isPresent() && Duration.between(last.get().at(), evidence.at()).compareTo(rules.dormantAfter()) > 0) {
            rule(Reason.DORMANT_ACCOUNT, rules.dormantAccount());
        }
    }

    /** On top of what the blocks made of it: who hides the network may hide the worst of networks. */
    private void withheld() {
        double nats = 0;
        nats += withheld(evidence.address()) ? rules.withheldEvidence() : 0;
        nats += withheld(evidence.place()) ? rules.withheldEvidence() : 0;
        nats += withheld(evidence.network())
                ? rules.withheldEvidence() + Math.max(rules.hostingNetwork(), rules.anonymiserNetwork())
                : 0;
        nats += withheld(evidence.userAgent()) ? rules.withheldEvidence() : 0;
        nats += withheld(evidence.device()) ? rules.withheldEvidence() : 0;
        if (nats > 0) {
            rule(Reason.WITHHELD_EVIDENCE, nats);
        }
    }

    private Level level(boolean knownDevice) {
        // Who was verified on this very device has a history: a device is known at once, statistics come later.
        boolean little = !knownDevice
                && (history.learnedLogins() < policy.littleHistory().logins()
                        || history.logins() < policy.littleHistory().weight());
        if (little) {
            rule(Reason.LITTLE_HISTORY, 0);
        }
        if (score >= policy.cuts().high() && (raisedBlocks >= 2 || hostile)) {
            return Level.HIGH;
        }
        return little || score >= policy.cuts().medium() ? Level.MEDIUM : Level.LOW;
    }

    private List<String> notCollected() {
        List<String> names = new ArrayList<>(5);
        note(names, "address", evidence.address());
        note(names, "place", evidence.place());
        note(names, "network", evidence.network());
        note(names, "userAgent", evidence.userAgent());
        note(names, "device", evidence.device());
        return names;
    }

    private static void note(List<String> names, String name, Field<?> field) {
        if (field instanceof Field.NotCollected<?>) {
            names.add(name);
        }
    }

    private static boolean withheld(Field<?> field) {
        return field instanceof Field.Withheld<?>;
    }

    private void block(Block block, Reason reason, double nats) {
        signals.add(new Signal(reason, block, nats));
        score += nats;
        if (nats > 0) {
            raisedBlocks++;
        }
    }

    private void rule(Reason reason, double nats) {
        signals.add(new Signal(reason, Block.RULE, nats));
        score += nats;
    }
}
