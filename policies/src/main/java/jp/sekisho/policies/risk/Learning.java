package jp.sekisho.policies.risk;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.factor.Factor;

/**
 * What a successful login teaches, and when. Pure; whoever keeps the rows applies the {@link Changes}.
 *
 * <p>Logins of one customer are learned in time order. Slow by design: somebody who got in once must not become
 * familiar before the customer could object.
 */
public final class Learning {

    private static final Set<Factor> STRONG = Set.of(Factor.TOTP, Factor.CERTIFICATE, Factor.PASSKEY);
    private static final int WINDOW_DAYS = 30;
    private static final double NOTHING = 1e-3;

    private Learning() {}

    /**
     * A successful login as the evidence log has it.
     *
     * @param evidence what it was judged on
     * @param level what it was judged
     * @param factors what was really shown
     * @param monitored whether nothing was enforced
     * @param disowned whether the customer said it was not him
     */
    public record Login(Evidence evidence, Level level, Set<Factor> factors, boolean monitored, boolean disowned) {
        public Login {
            factors = Set.copyOf(factors);
        }
    }

    /**
     * What to write.
     *
     * @param written rows to insert or replace, by (customer, dimension, key)
     * @param removed rows to delete
     * @param counted values to raise by one customer in the realm's aggregates
     */
    public record Changes(List<Statistic> written, List<Statistic> removed, List<Value> counted) {
        public Changes {
            written = List.copyOf(written);
            removed = List.copyOf(removed);
            counted = List.copyOf(counted);
        }
    }

    /** A value of the realm's aggregates. */
    public record Value(Dimension dimension, String key) {}

    /** From when on a login may be learned. */
    public static Instant due(Login login, RiskPolicy policy) {
        return login.evidence().at().plus(wait(login.monitored(), policy));
    }

    /** How long a login must stand undisputed before it is learned. */
    public static Duration wait(boolean monitored, RiskPolicy policy) {
        return monitored ? policy.learning().monitorAfter() : policy.learning().after();
    }

    /** What a login counts: 1 when verified, less when only inconspicuous, else 0. */
    public static double weight(Login login, RiskPolicy policy) {
        if (login.disowned()) {
            return 0;
        }
        if (login.factors().stream().anyMatch(STRONG::contains)) {
            return 1;
        }
        if (sessionOnly(login)) {
            return 0;
        }
        if (login.monitored()) {
            return 1;
        }
        boolean knownDevice = login.evidence()
                .device()
                .present()
                .filter(sight -> sight.recognition() == Recognition.KNOWN)
                .isPresent();
        if (knownDevice) {
            return 1;
        }
        return login.level() == Level.LOW ? policy.learning().lowWeight() : 0;
    }

    /** Whether nothing but a mail code vouches for the login: it is good for its session, and teaches nothing. */
    public static boolean sessionOnly(Login login) {
        return login.factors().contains(Factor.MAIL_CODE)
                && login.factors().stream().noneMatch(STRONG::contains);
    }

    /** Takes back what {@link #lastLogin} remembers, where it still stands. */
    public static Changes forgetLast(Collection<Statistic> rows, Evidence evidence) {
        List<Statistic> removed = rows.stream()
                .filter(row -> row.dimension() == Dimension.LAST_LOGIN)
                .filter(row -> row.updatedAt().equals(evidence.at()))
                .toList();
        return new Changes(List.of(), removed, List.of());
    }

    /**
     * Where the customer was last, in the place of what stands there. Not delayed: travel and long absence are seen from the
     * next login on. One older than what stands changes nothing.
     *
     * @param evidence of a successful login
     */
    public static Statistic lastLogin(Evidence evidence) {
        Optional<Place> place = evidence.place().present();
        return new LastLogin(
                        evidence.at(),
                        place.map(Place::country),
                        place.flatMap(Place::position),
                        evidence.address().present().map(ClientAddress::address))
                .toStatistic();
    }

    /**
     * Adds a login to a customer's rows: each value at most once a day, and at most one new value a level a day.
     *
     * @param rows all of the customer's rows
     * @param login of this customer
     */
    public static Changes learn(Collection<Statistic> rows, Login login, RiskPolicy policy) {
        double weight = weight(login, policy);
        if (weight <= 0) {
            return new Changes(List.of(), List.of(), List.of());
        }
        return new Lesson(rows, login.evidence(), policy).learn(weight);
    }

    /**
     * Takes back what a login that the customer disowns has taught. Where an honest login of the same day taught the
     * same, that goes too: better asked once more than fooled.
     *
     * @param rows all of the customer's rows
     * @param login as it was learned
     */
    public static Changes unlearn(Collection<Statistic> rows, Login login, RiskPolicy policy) {
        double weight =
                weight(new Login(login.evidence(), login.level(), login.factors(), login.monitored(), false), policy);
        if (weight <= 0) {
            return new Changes(List.of(), List.of(), List.of());
        }
        return new Lesson(rows, login.evidence(), policy).unlearn(weight);
    }

    private static final class Lesson {
        private final Evidence evidence;
        private final RiskPolicy policy;
        private final LocalDate day;
        private final Map<Value, Statistic> rows = new HashMap<>();
        private final Map<Dimension, List<Statistic>> byDimension = new EnumMap<>(Dimension.class);
        private final List<Statistic> written = new ArrayList<>();
        private final List<Statistic> removed = new ArrayList<>();
        private final List<Value> counted = new ArrayList<>();

        Lesson(Collection<Statistic> rows, Evidence evidence, RiskPolicy policy) {
            this.evidence = evidence;
            this.policy = policy;
            this.day = day(evidence.at());
            for (Statistic row : rows) {
                this.rows.put(new Value(row.dimension(), row.key()), row);
                byDimension
                        .computeIfAbsent(row.dimension(), d -> new ArrayList<>())
                        .add(row);
            }
        }

        Changes learn(double weight) {
            learn(Chain.place(evidence), weight);
            learn(Chain.client(evidence.userAgent()), weight);
            add(Dimension.HOUR, hourKey(), weight);
            if (evidence.device() instanceof Field.Present<DeviceSight> sight) {
                add(deviceDimension(sight.value()), "", weight);
            }
            add(Dimension.LOGINS, "", weight);
            total(1);
            return new Changes(written, removed, counted);
        }

        Changes unlearn(double weight) {
            subtract(Chain.place(evidence), weight);
            subtract(Chain.client(evidence.userAgent()), weight);
            subtract(Dimension.HOUR, hourKey(), weight);
            if (evidence.device() instanceof Field.Present<DeviceSight> sight) {
                subtract(deviceDimension(sight.value()), "", weight);
            }
            subtract(Dimension.LOGINS, "", weight);
            total(-1);
            Statistic last =
                    rows.get(new Value(Dimension.LAST_LOGIN, lastLogin(evidence).key()));
            if (last != null && last.updatedAt().equals(evidence.at())) {
                removed.add(last);
            }
            return new Changes(written, removed, counted);
        }

        private void learn(Chain chain, double weight) {
            for (int level = 0; level < chain.length(); level++) {
                if (!chain.collected() || !add(chain.dimension(level), chain.key(level), weight)) {
                    return;
                }
            }
        }

        private void subtract(Chain chain, double weight) {
            for (int level = 0; level < chain.length(); level++) {
                subtract(chain.dimension(level), chain.key(level), weight);
            }
        }

        /** False where the value is new and the level has had its new value of the day. */
        private boolean add(Dimension dimension, String key, double weight) {
            Statistic row = rows.get(new Value(dimension, key));
            if (row == null) {
                if (dimension.depth() > 0 && hadNewValue(dimension)) {
                    return false;
                }
                makeRoom(dimension);
                write(new Statistic(dimension, key, weight, evidence.at(), evidence.at()));
                count(dimension, key);
            } else if (day(row.updatedAt()).isBefore(day)) {
                double decayed = row.countAt(evidence.at(), policy.halfLife());
                write(new Statistic(dimension, key, decayed + weight, row.since(), evidence.at()));
                if (window(row.updatedAt()) != window(evidence.at())) {
                    count(dimension, key);
                }
            }
            return true;
        }

        private boolean hadNewValue(Dimension dimension) {
            for (Statistic row : byDimension.getOrDefault(dimension, List.of())) {
                if (day(row.since()).equals(day)) {
                    return true;
                }
            }
            return false;
        }

        private void makeRoom(Dimension dimension) {
            List<Statistic> kept = byDimension.getOrDefault(dimension, List.of());
            if (kept.size() < dimension.limit()) {
                return;
            }
            List<Statistic> lightestFirst = new ArrayList<>(kept);
            lightestFirst.sort((a, b) -> Double.compare(
                    a.countAt(evidence.at(), policy.halfLife()), b.countAt(evidence.at(), policy.halfLife())));
            removed.addAll(lightestFirst.subList(0, kept.size() - dimension.limit() + 1));
        }

        private void subtract(Dimension dimension, String key, double weight) {
            Statistic row = rows.get(new Value(dimension, key));
            if (row == null) {
                return;
            }
            double taught = weight * Statistic.decay(evidence.at(), row.updatedAt(), policy.halfLife());
            double left = row.count() - taught;
            if (left < NOTHING) {
                removed.add(row);
            } else {
                write(new Statistic(dimension, key, left, row.since(), row.updatedAt()));
            }
        }

        private void total(int change) {
            Statistic row = rows.get(new Value(Dimension.LOGINS_TOTAL, ""));
            double before = row == null ? 0 : row.count();
            Instant since = row == null ? evidence.at() : row.since();
            write(new Statistic(Dimension.LOGINS_TOTAL, "", Math.max(0, before + change), since, evidence.at()));
        }

        private void write(Statistic row) {
            written.add(row);
        }

        private void count(Dimension dimension, String key) {
            if (dimension.aggregated() && !Chain.isSkipped(key)) {
                counted.add(new Value(dimension, key));
            }
        }

        private String hourKey() {
            int hour = evidence.at().atZone(policy.zone()).getHour();
            return hour < 10 ? "0" + hour : Integer.toString(hour);
        }

        private LocalDate day(Instant instant) {
            return LocalDate.ofInstant(instant, policy.zone());
        }

        private long window(Instant instant) {
            return Math.floorDiv(day(instant).toEpochDay(), WINDOW_DAYS);
        }

        private static Dimension deviceDimension(DeviceSight sight) {
            return sight.recognition() == Recognition.KNOWN ? Dimension.DEVICE_RETURNED : Dimension.DEVICE_NEW;
        }
    }
}
