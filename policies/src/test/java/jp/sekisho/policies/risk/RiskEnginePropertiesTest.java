package jp.sekisho.policies.risk;

import static jp.sekisho.policies.risk.Customers.NOW;
import static jp.sekisho.policies.risk.Customers.POLICY;
import static jp.sekisho.policies.risk.Customers.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
import jp.sekisho.policies.risk.Signal.Block;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RiskEnginePropertiesTest {

    private static final double EPSILON = 1e-9;

    @Property(tries = 400)
    void hiding_a_field_never_scores_below_a_new_value_of_it(
            @ForAll("histories") List<Statistic> rows,
            @ForAll("accounts") Account account,
            @ForAll("evidence") Evidence e) {
        double shown = score(e, rows, account);
        assertThat(score(Customers.from(e, Field.withheld(), e.place(), e.network()), rows, account))
                .as("address")
                .isGreaterThanOrEqualTo(shown - EPSILON);
        assertThat(score(Customers.from(e, e.address(), Field.withheld(), e.network()), rows, account))
                .as("place")
                .isGreaterThanOrEqualTo(shown - EPSILON);
        assertThat(score(Customers.from(e, e.address(), e.place(), Field.withheld()), rows, account))
                .as("network")
                .isGreaterThanOrEqualTo(shown - EPSILON);
        assertThat(score(Customers.from(e, Field.withheld(), Field.withheld(), Field.withheld()), rows, account))
                .as("all of PLACE")
                .isGreaterThanOrEqualTo(shown - EPSILON);
        assertThat(score(Customers.with(e, Field.withheld(), e.device()), rows, account))
                .as("user agent")
                .isGreaterThanOrEqualTo(shown - EPSILON);
        Evidence newDevice = Customers.with(e, e.userAgent(), Field.of(Customers.NEW));
        assertThat(score(Customers.with(e, e.userAgent(), Field.withheld()), rows, account))
                .as("device")
                .isGreaterThanOrEqualTo(score(newDevice, rows, account) - EPSILON);
    }

    @Property(tries = 1000)
    void a_hidden_block_weighs_at_least_what_any_value_of_it_would(
            @ForAll("histories") List<Statistic> learned,
            @ForAll("accounts") Account account,
            @ForAll("evidence") Evidence e,
            @ForAll @IntRange(max = 900) int days,
            @ForAll boolean forgotten,
            @ForAll boolean emptyRealm) {
        // Without the slack of rules: no travel, only the blocks.
        List<Statistic> rows = forgotten ? new ArrayList<>() : new ArrayList<>(learned);
        rows.removeIf(row -> row.dimension() == Dimension.LAST_LOGIN);
        Population realm = emptyRealm ? Population.EMPTY : REALM;
        History history = History.of(account, rows, NOW.plus(Duration.ofDays(days)), POLICY.halfLife());
        Evidence stranger = Customers.with(e, e.userAgent(), Field.of(Customers.NEW));
        List<Evidence> hidden = List.of(
                Customers.from(stranger, Field.withheld(), e.place(), e.network()),
                Customers.from(stranger, e.address(), Field.withheld(), e.network()),
                Customers.from(stranger, e.address(), e.place(), Field.withheld()),
                Customers.with(stranger, Field.withheld(), Field.withheld()));
        Risk shown = RiskEngine.assess(stranger, history, realm, POLICY);
        for (Evidence less : hidden) {
            Risk risk = RiskEngine.assess(less, history, realm, POLICY);
            for (Block block : List.of(Block.PLACE, Block.CLIENT, Block.DEVICE)) {
                assertThat(nats(risk, block)).isGreaterThanOrEqualTo(nats(shown, block) - EPSILON);
            }
        }
    }

    @Property(tries = 300)
    void no_block_counts_one_fact_twice(
            @ForAll("histories") List<Statistic> rows,
            @ForAll("evidence") Evidence one,
            @ForAll("evidence") Evidence other) {
        Risk risk = risk(one, rows, account("JP"));
        for (Block block : List.of(Block.PLACE, Block.CLIENT, Block.DEVICE)) {
            assertThat(risk.signals()).filteredOn(s -> s.block() == block).hasSizeLessThanOrEqualTo(1);
        }
        // A country never seen says it all: what lies in it adds nothing.
        Field<Place> unseen = Field.of(new Place("XX", Optional.empty(), Optional.empty()));
        Evidence here = Customers.from(one, one.address(), unseen, one.network());
        Evidence there = Customers.from(one, other.address(), unseen, other.network());
        assertThat(nats(risk(here, rows, account("JP")), Block.PLACE))
                .isCloseTo(nats(risk(there, rows, account("JP")), Block.PLACE), within(EPSILON));
    }

    @Property(tries = 300)
    void a_device_type_never_seen_says_it_all(
            @ForAll("histories") List<Statistic> rows,
            @ForAll("evidence") Evidence e,
            @ForAll("names") UserAgent one,
            @ForAll("names") UserAgent other) {
        Risk here = risk(television(e, one), rows, account("JP"));
        Risk there = risk(television(e, other), rows, account("JP"));
        assertThat(nats(here, Block.CLIENT)).isCloseTo(nats(there, Block.CLIENT), within(EPSILON));
        assertThat(nats(here, Block.CLIENT)).isPositive();
        assertThat(reasons(here, Block.CLIENT)).containsExactly(Reason.NEW_CLIENT);
    }

    private static Evidence television(Evidence e, UserAgent agent) {
        UserAgent television = new UserAgent("television", agent.os(), agent.browser(), agent.majorVersion());
        return Customers.with(e, Field.of(television), Field.of(Customers.NEW));
    }

    @Property(tries = 300)
    void travel_replaces_place_where_it_is_larger_and_never_adds_to_it(
            @ForAll("histories") List<Statistic> learned, @ForAll("evidence") Evidence e, @ForAll boolean familiar) {
        List<Statistic> rows = new ArrayList<>(learned);
        rows.removeIf(row -> row.dimension() == Dimension.LAST_LOGIN);
        Place far = new Place(familiar ? "JP" : "XX", Optional.empty(), Customers.SAO_PAULO.position());
        Evidence there = Customers.from(e, e.address(), Field.of(far), e.network());
        double place = nats(risk(there, rows, account("JP")), Block.PLACE);
        rows.add(Learning.lastLogin(Customers.athome(there.at().minus(Duration.ofHours(1)))));
        Risk travelled = risk(there, rows, account("JP"));

        double travel = POLICY.place().clamp(POLICY.rules().impossibleTravel());
        assertThat(nats(travelled, Block.PLACE)).isCloseTo(Math.max(place, travel), within(EPSILON));
        assertThat(reasons(travelled, Block.PLACE)).hasSize(1);
        assertThat(travelled.signals().stream().map(Signal::reason))
                .filteredOn(Reason.IMPOSSIBLE_TRAVEL::equals)
                .hasSize(place < travel ? 1 : 0);
    }

    @Property(tries = 400)
    void a_known_device_is_never_worth_more_than_its_cap(
            @ForAll("histories") List<Statistic> learned,
            @ForAll("evidence") Evidence e,
            @ForAll @DoubleRange(min = 0, max = 1e9) double returned,
            @ForAll @DoubleRange(min = -4, max = 0) double least) {
        List<Statistic> rows = new ArrayList<>(learned);
        rows.removeIf(row -> row.dimension() == Dimension.DEVICE_RETURNED);
        rows.add(new Statistic(Dimension.DEVICE_RETURNED, "", returned, NOW, NOW));
        Evidence known = Customers.with(e, e.userAgent(), Field.of(Customers.KNOWN));
        RiskPolicy.Tokens tokens = POLICY.tokens();
        assertThat(nats(risk(known, rows, account("JP")), Block.DEVICE))
                .isGreaterThanOrEqualTo(POLICY.device().least())
                .isGreaterThanOrEqualTo(Math.log(tokens.stolen() / tokens.mostReturn()) - EPSILON)
                .isNegative();
        RiskPolicy capped = cappedDevice(new RiskPolicy.Bounds(least, 4));
        History history = History.of(account("JP"), rows, NOW, capped.halfLife());
        assertThat(nats(RiskEngine.assess(known, history, REALM, capped), Block.DEVICE))
                .isGreaterThanOrEqualTo(least);
    }

    private static RiskPolicy cappedDevice(RiskPolicy.Bounds device) {
        return new RiskPolicy(
                POLICY.operations(),
                POLICY.mixture(),
                POLICY.smoothing(),
                POLICY.halfLife(),
                POLICY.place(),
                POLICY.client(),
                device,
                POLICY.tokens(),
                POLICY.residence(),
                POLICY.rules(),
                POLICY.littleHistory(),
                POLICY.cuts(),
                POLICY.fit(),
                POLICY.learning(),
                POLICY.zone());
    }

    @Property(tries = 400)
    void a_familiar_value_is_never_worth_more_than_its_cap(
            @ForAll("histories") List<Statistic> rows, @ForAll("evidence") Evidence e) {
        double cap = Math.log(POLICY.mixture().imitator());
        for (Signal signal : risk(e, rows, account("JP")).signals()) {
            if (signal.block() == Block.PLACE || signal.block() == Block.CLIENT) {
                assertThat(signal.nats()).isGreaterThanOrEqualTo(cap - EPSILON);
            }
        }
    }

    @Property(tries = 200)
    void the_order_of_the_rows_does_not_matter(
            @ForAll("histories") List<Statistic> rows, @ForAll("evidence") Evidence e, @ForAll long seed) {
        List<Statistic> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        Risk one = risk(e, rows, account("JP"));
        Risk other = risk(e, shuffled, account("JP"));
        assertThat(other.score()).isCloseTo(one.score(), within(EPSILON));
        assertThat(other.level()).isEqualTo(one.level());
        assertThat(other.signals().stream().map(Signal::reason))
                .containsExactlyInAnyOrderElementsOf(
                        one.signals().stream().map(Signal::reason).toList());
    }

    @Property(tries = 400)
    void the_score_is_the_operations_base_and_all_signals_in_any_order(
            @ForAll("histories") List<Statistic> rows,
            @ForAll("accounts") Account account,
            @ForAll("evidence") Evidence e,
            @ForAll Operation operation,
            @ForAll Random random) {
        Evidence asked = new Evidence(
                operation, e.at(), e.address(), e.place(), e.network(), e.userAgent(), e.device(), e.failures());
        Risk risk = risk(asked, rows, account);
        List<Signal> signals = new ArrayList<>(risk.signals());
        Collections.shuffle(signals, random);
        double sum = POLICY.operations().getOrDefault(operation, 0.0);
        for (Signal signal : signals) {
            sum += signal.nats();
        }
        assertThat(risk.score()).isCloseTo(sum, within(EPSILON));
    }

    /** What is judged of one piece of evidence does not depend on the others, so nothing depends on who is judged first. */
    @Property(tries = 400)
    void the_order_of_evaluation_does_not_matter(
            @ForAll("histories") List<Statistic> rows,
            @ForAll("accounts") Account account,
            @ForAll("evidence") Evidence one,
            @ForAll("evidence") Evidence other) {
        Risk whole = risk(one, rows, account);
        Evidence fromElsewhere = Customers.from(one, other.address(), other.place(), other.network());
        Evidence onAnother = Customers.with(one, other.userAgent(), other.device());
        Evidence afterFailures = Customers.after(one, other.failures());

        for (Block block : List.of(Block.CLIENT, Block.DEVICE)) {
            assertThat(signals(risk(fromElsewhere, rows, account), block)).isEqualTo(signals(whole, block));
        }
        assertThat(signals(risk(onAnother, rows, account), Block.PLACE)).isEqualTo(signals(whole, Block.PLACE));
        for (Block block : List.of(Block.PLACE, Block.CLIENT, Block.DEVICE)) {
            assertThat(signals(risk(afterFailures, rows, account), block)).isEqualTo(signals(whole, block));
        }
        assertThat(rulesBut(whole, Reason.RECENT_FAILURES, Reason.SOURCE_FAILING))
                .containsExactlyInAnyOrderElementsOf(
                        rulesBut(risk(afterFailures, rows, account), Reason.RECENT_FAILURES, Reason.SOURCE_FAILING));
        assertThat(rulesBut(whole, Reason.REUSED_DEVICE_TOKEN, Reason.LITTLE_HISTORY))
                .containsExactlyInAnyOrderElementsOf(
                        rulesBut(risk(onAnother, rows, account), Reason.REUSED_DEVICE_TOKEN, Reason.LITTLE_HISTORY));
    }

    private static List<Signal> rulesBut(Risk risk, Reason... reasons) {
        return signals(risk, Block.RULE).stream()
                .filter(signal -> !Set.of(reasons).contains(signal.reason()))
                .toList();
    }

    @Property(tries = 300)
    void one_more_usual_login_never_makes_the_same_login_more_unusual(
            @ForAll("histories") List<Statistic> rows, @ForAll("evidence") Evidence e) {
        String home = Customers.history(rows).homeCountry();
        Evidence usual = Customers.from(
                e, e.address(), Field.of(new Place(home, Optional.empty(), Optional.empty())), e.network());
        List<Statistic> more = Customers.learned(rows, Customers.login(atDay(usual, 1), Set.of(Factor.PASSKEY)));
        Instants later = new Instants(NOW.plus(Duration.ofDays(1)));
        double before = nats(RiskEngine.assess(usual, later.history(rows), REALM, POLICY), Block.PLACE);
        double after = nats(RiskEngine.assess(usual, later.history(more), REALM, POLICY), Block.PLACE);
        assertThat(after).isLessThanOrEqualTo(before + EPSILON);
    }

    @Property(tries = 300)
    void a_new_country_is_no_less_unusual_to_those_who_stayed_longer(
            @ForAll("histories") List<Statistic> rows, @ForAll @DoubleRange(min = 0, max = 1000) double more) {
        Evidence away = Customers.from(
                Customers.stranger(NOW),
                Field.of(Customers.ABROAD),
                Field.of(new Place("XX", Optional.empty(), Optional.empty())),
                Field.of(Customers.FOREIGN));
        List<Statistic> longer = new ArrayList<>(rows);
        longer.add(new Statistic(Dimension.COUNTRY, "QQ", more, NOW, NOW));
        assertThat(nats(risk(away, longer, account("JP")), Block.PLACE))
                .isGreaterThanOrEqualTo(nats(risk(away, rows, account("JP")), Block.PLACE) - EPSILON);
    }

    @Property(tries = 500)
    void scores_are_finite_for_any_input(
            @ForAll("wild") List<Statistic> rows,
            @ForAll("accounts") Account account,
            @ForAll double latitude,
            @ForAll double longitude,
            @ForAll int radius,
            @ForAll int failures,
            @ForAll int tried,
            @ForAll int failed,
            @ForAll String country,
            @ForAll String agent) {
        Evidence e = new Evidence(
                Operation.TRADE,
                NOW,
                Field.of(new ClientAddress(agent, agent, agent, false)),
                Field.of(new Place(country, Optional.empty(), Optional.of(new Position(latitude, longitude, radius)))),
                Field.of(new Network(tried, agent, Kind.ORDINARY)),
                Field.of(new UserAgent(agent, country, agent, country)),
                Field.of(Customers.NEW),
                new Failures(failures, tried, failed));
        Risk risk = risk(e, rows, account);
        assertThat(risk.score()).isFinite();
        assertThat(risk.probability()).isBetween(0.0, 1.0);
        assertThat(risk.signals()).allSatisfy(s -> assertThat(s.nats()).isFinite());
        Evidence hidden = Customers.from(e, Field.withheld(), Field.withheld(), Field.withheld());
        assertThat(risk(hidden, rows, account).score()).isFinite();
    }

    @Provide
    Arbitrary<Account> accounts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3000),
                        Arbitraries.of("JP", "US", "BR", "KR").optional())
                .as((days, residence) -> new Account(NOW.minus(Duration.ofDays(days)), residence));
    }

    @Provide
    Arbitrary<List<Statistic>> histories() {
        return Arbitraries.randomValue(random -> {
            int logins = 1 + random.nextInt(25);
            List<Statistic> rows = new ArrayList<>();
            for (int day = logins; day >= 1; day--) {
                Evidence e = randomEvidence(random, day);
                rows = Customers.learned(rows, Customers.login(e, Set.of(Factor.TOTP)));
            }
            rows.add(Learning.lastLogin(randomEvidence(random, random.nextInt(3))));
            return rows;
        });
    }

    @Provide
    Arbitrary<UserAgent> names() {
        Arbitrary<String> name = Arbitraries.of("Windows", "Android", "Chrome", "Firefox", "140", "?", "");
        return Combinators.combine(name, name, name)
                .as((os, browser, version) -> new UserAgent("", os, browser, version));
    }

    @Provide
    Arbitrary<Evidence> evidence() {
        return Arbitraries.randomValue(random -> randomEvidence(random, 0));
    }

    @Provide
    Arbitrary<List<Statistic>> wild() {
        Arbitrary<String> part =
                Arbitraries.strings().alpha().numeric().withChars('-', '.', '?').ofMaxLength(4);
        return Combinators.combine(
                        Arbitraries.of(
                                Dimension.COUNTRY,
                                Dimension.ASN,
                                Dimension.PREFIX,
                                Dimension.ADDRESS,
                                Dimension.OS,
                                Dimension.BROWSER,
                                Dimension.HOUR,
                                Dimension.LOGINS,
                                Dimension.DEVICE_NEW,
                                Dimension.DEVICE_RETURNED),
                        part,
                        Arbitraries.doubles().between(0, 1e12),
                        Arbitraries.longs().between(-4_000_000_000L, 4_000_000_000L))
                .as((dimension, value, count, seconds) -> new Statistic(
                        dimension,
                        dimension == Dimension.HOUR
                                ? "07"
                                : String.join("|", Collections.nCopies(Math.max(1, dimension.depth()), value)),
                        count,
                        NOW,
                        NOW.plusSeconds(seconds)))
                .list()
                .ofMaxSize(40);
    }

    private static Evidence randomEvidence(Random random, int daysAgo) {
        String country = List.of("JP", "JP", "JP", "US", "BR", "KR").get(random.nextInt(6));
        int network = random.nextInt(4);
        String prefix = "10." + network + "." + random.nextInt(4);
        Optional<Position> position = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(new Position(random.nextInt(180) - 90, random.nextInt(360) - 180, random.nextInt(500)));
        String host = prefix + "." + random.nextInt(3);
        UserAgent agent = new UserAgent(
                random.nextBoolean() ? "desktop" : "mobile",
                random.nextBoolean() ? "Windows" : "Android",
                random.nextBoolean() ? "Chrome" : "Firefox",
                Integer.toString(140 + random.nextInt(4)));
        DeviceSight sight = switch (random.nextInt(4)) {
            case 0 -> Customers.NEW;
            case 1 -> Customers.REUSED;
            default ->
                new DeviceSight(
                        Recognition.KNOWN, random.nextBoolean() ? Optional.empty() : Optional.of(Customers.LAPTOP));
        };
        return new Evidence(
                Operation.LOGIN,
                NOW.minus(Duration.ofDays(daysAgo)).minusSeconds(random.nextInt(80_000)),
                Field.of(new ClientAddress(host, prefix + ".0/24", host, true)),
                Field.of(new Place(country, Optional.empty(), position)),
                Field.of(new Network(7000 + network, "n", Kind.values()[random.nextInt(Kind.values().length)])),
                Field.of(agent),
                Field.of(sight),
                new Failures(random.nextInt(5), random.nextInt(150), random.nextInt(150)));
    }

    private static Evidence atDay(Evidence e, int day) {
        return new Evidence(
                e.operation(),
                NOW.plus(Duration.ofDays(day)),
                e.address(),
                e.place(),
                e.network(),
                e.userAgent(),
                e.device(),
                e.failures());
    }

    private record Instants(java.time.Instant at) {
        History history(List<Statistic> rows) {
            return History.of(account("JP"), rows, at, POLICY.halfLife());
        }
    }

    private static Account account(String residence) {
        return new Account(NOW.minus(Duration.ofDays(400)), Optional.of(residence));
    }

    private static Risk risk(Evidence e, List<Statistic> rows, Account account) {
        return RiskEngine.assess(e, History.of(account, rows, NOW, POLICY.halfLife()), REALM, POLICY);
    }

    private static double score(Evidence e, List<Statistic> rows, Account account) {
        return risk(e, rows, account).score();
    }

    private static List<Signal> signals(Risk risk, Block block) {
        return risk.signals().stream().filter(s -> s.block() == block).toList();
    }

    private static List<Reason> reasons(Risk risk, Block block) {
        return signals(risk, block).stream().map(Signal::reason).toList();
    }

    private static double nats(Risk risk, Block block) {
        return risk.signals().stream()
                .filter(s -> s.block() == block)
                .mapToDouble(Signal::nats)
                .sum();
    }
}
