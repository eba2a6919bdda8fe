package jp.sekisho.policies.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Network.Kind;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.Place.Position;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.operation.Operation;

/** Made-up customers and what they do. */
final class Customers {

    static final RiskPolicy POLICY = RiskPolicy.standard();
    /** 21:00 in Tokyo. */
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    static final Account TARO = new Account(NOW.minus(Duration.ofDays(900)), Optional.of("JP"));

    static final ClientAddress HOME = new ClientAddress("203.0.113.7", "203.0.113.0/24", "203.0.113.7", true);
    static final Place TOKYO = new Place("JP", Optional.of("Tokyo"), Optional.of(new Position(35.69, 139.69, 20)));
    static final Network PROVIDER = new Network(2516, "KDDI", Kind.ORDINARY);
    static final UserAgent LAPTOP = new UserAgent("desktop", "Windows", "Chrome", "149");

    static final ClientAddress ABROAD = new ClientAddress("198.51.100.9", "198.51.100.0/24", "198.51.100.9", true);
    static final Place SAO_PAULO =
            new Place("BR", Optional.of("São Paulo"), Optional.of(new Position(-23.55, -46.63, 50)));
    static final Network FOREIGN = new Network(28573, "Claro", Kind.ORDINARY);
    static final UserAgent PHONE = new UserAgent("mobile", "Android", "Firefox", "151");

    static final DeviceSight KNOWN = new DeviceSight(Recognition.KNOWN, Optional.of(LAPTOP));
    static final DeviceSight NEW = new DeviceSight(Recognition.NEW, Optional.empty());
    static final DeviceSight REUSED = new DeviceSight(Recognition.REUSED, Optional.empty());

    /** A realm of ten thousand customers, nearly all in Japan. */
    static final Population REALM = Population.of(List.of(
            new Population.Count(Dimension.COUNTRY, "JP", 9800),
            new Population.Count(Dimension.COUNTRY, "US", 150),
            new Population.Count(Dimension.COUNTRY, "BR", 5),
            new Population.Count(Dimension.ASN, "JP|2516", 2000),
            new Population.Count(Dimension.ASN, "JP|17676", 2500),
            new Population.Count(Dimension.PREFIX, "JP|2516|203.0.113.0/24", 3),
            new Population.Count(Dimension.DEVICE_TYPE, "desktop", 5000),
            new Population.Count(Dimension.DEVICE_TYPE, "mobile", 6000),
            new Population.Count(Dimension.OS, "desktop|Windows", 4000),
            new Population.Count(Dimension.OS, "mobile|Android", 2000),
            new Population.Count(Dimension.BROWSER, "desktop|Windows|Chrome", 2500),
            new Population.Count(Dimension.BROWSER_VERSION, "desktop|Windows|Chrome|149", 1500)));

    private Customers() {}

    static Evidence athome(Instant at) {
        return new Evidence(
                Operation.LOGIN,
                at,
                Field.of(HOME),
                Field.of(TOKYO),
                Field.of(PROVIDER),
                Field.of(LAPTOP),
                Field.of(KNOWN),
                Failures.NONE);
    }

    static Evidence stranger(Instant at) {
        return new Evidence(
                Operation.LOGIN,
                at,
                Field.of(ABROAD),
                Field.of(SAO_PAULO),
                Field.of(FOREIGN),
                Field.of(PHONE),
                Field.of(NEW),
                Failures.NONE);
    }

    static Evidence with(Evidence e, Field<UserAgent> agent, Field<DeviceSight> device) {
        return new Evidence(e.operation(), e.at(), e.address(), e.place(), e.network(), agent, device, e.failures());
    }

    static Evidence from(Evidence e, Field<ClientAddress> address, Field<Place> place, Field<Network> network) {
        return new Evidence(e.operation(), e.at(), address, place, network, e.userAgent(), e.device(), e.failures());
    }

    static Evidence after(Evidence e, Failures failures) {
        return new Evidence(
                e.operation(), e.at(), e.address(), e.place(), e.network(), e.userAgent(), e.device(), failures);
    }

    /** Thirty evenings at home, the last one the day before yesterday. */
    static List<Statistic> thirtyEvenings() {
        List<Statistic> rows = new ArrayList<>();
        for (int day = 31; day >= 2; day--) {
            Evidence evening = athome(NOW.minus(Duration.ofDays(day)));
            rows = learned(rows, login(evening, Set.of(Factor.PASSWORD)));
        }
        rows.add(Learning.lastLogin(athome(NOW.minus(Duration.ofDays(2)))));
        return rows;
    }

    static Learning.Login login(Evidence evidence, Set<Factor> factors) {
        return new Learning.Login(evidence, Level.LOW, factors, false, false);
    }

    static List<Statistic> learned(Collection<Statistic> rows, Learning.Login login) {
        return apply(rows, Learning.learn(rows, login, POLICY));
    }

    static List<Statistic> apply(Collection<Statistic> rows, Learning.Changes changes) {
        Map<Learning.Value, Statistic> byKey = new HashMap<>();
        rows.forEach(row -> byKey.put(new Learning.Value(row.dimension(), row.key()), row));
        changes.removed().forEach(row -> byKey.remove(new Learning.Value(row.dimension(), row.key())));
        changes.written().forEach(row -> byKey.put(new Learning.Value(row.dimension(), row.key()), row));
        return new ArrayList<>(byKey.values());
    }

    static History history(Collection<Statistic> rows) {
        return History.of(TARO, rows, NOW, POLICY.halfLife());
    }

    static Risk assess(Evidence evidence, Collection<Statistic> rows) {
        return RiskEngine.assess(evidence, history(rows), REALM, POLICY);
    }
}
