package jp.sekisho.eventlisteners.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.eventlisteners.learn.Lesson.Given;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Dimension;
import jp.sekisho.policies.risk.Population;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.risk.RiskPolicy.LearningRules;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.storage.baseline.Baselines;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Index;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Learning from rows as the evidence log holds them. */
class LessonTest {

    private static final String REALM = "r1";
    private static final String TARO = "taro";
    private static final Instant LOGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant SOON = LOGIN.plusSeconds(10);
    private static final Instant NEXT_DAY = LOGIN.plus(Duration.ofHours(25));
    private static final RiskPolicy STANDARD = RiskPolicy.standard();
    private static final RiskPolicy AT_ONCE =
            STANDARD.learningWith(new LearningRules(Duration.ZERO, Duration.ZERO, 0.25));

    private static Database database;

    @BeforeAll
    static void create() {
        database = new Database();
    }

    @BeforeEach
    void empty() {
        database.run(em -> List.of("CursorEntity", "EvidenceEntity", "StatisticEntity", "PopulationEntity")
                .forEach(entity -> em.createQuery("delete from " + entity).executeUpdate()));
        lesson(STANDARD, LOGIN);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void whereTheCustomerWasIsRememberedAtOnceAndTheRestADayLater() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "TOTP");
        lesson(STANDARD, SOON);
        assertThat(dimensions(TARO)).containsExactly(Dimension.LAST_LOGIN);
        lesson(STANDARD, LOGIN.plus(Duration.ofHours(24)));
        assertThat(dimensions(TARO)).containsExactly(Dimension.LAST_LOGIN);
        lesson(STANDARD, NEXT_DAY);
        assertThat(dimensions(TARO)).contains(Dimension.COUNTRY, Dimension.ADDRESS, Dimension.HOUR, Dimension.LOGINS);
    }

    @Test
    void theLastLoginTakesThePlaceOfTheOneBeforeAndNeverGoesBack() {
        admitted(TARO, LOGIN, "JP", "TOTP");
        admitted(TARO, LOGIN.plusSeconds(1), "BR", "TOTP");
        lesson(STANDARD, SOON);
        assertThat(lastLogins(TARO)).containsExactly(LOGIN.plusSeconds(1));
        assertThat(keys(TARO, Dimension.LAST_LOGIN)).singleElement().asString().startsWith("BR|");

        admitted(TARO, SOON, "KR", "TOTP");
        lesson(STANDARD, SOON.plusSeconds(10));
        assertThat(lastLogins(TARO)).containsExactly(SOON);

        // A second factor may be shown long after another login was through: the row stands for when that one began.
        String begunEarlier = decision(TARO, LOGIN.plusSeconds(2), "JP", "PENDING", true, "PASSWORD");
        result(begunEarlier, TARO, SOON.plusSeconds(9), "ADMITTED", "PASSWORD", "TOTP");
        lesson(STANDARD, SOON.plusSeconds(20));
        assertThat(lastLogins(TARO)).containsExactly(SOON);
        assertThat(keys(TARO, Dimension.LAST_LOGIN)).singleElement().asString().startsWith("KR|");
    }

    @Test
    void aBatchIsRememberedInAsManyStatementsAsOneLogin() {
        for (String customer : List.of(TARO, "hanako")) {
            admitted(customer, LOGIN, "JP", "TOTP");
        }
        lesson(STANDARD, SOON);
        admitted(TARO, SOON, "JP", "TOTP");
        long one = statements(SOON.plusSeconds(10));
        admitted(TARO, SOON.plusSeconds(11), "JP", "TOTP");
        admitted(TARO, SOON.plusSeconds(12), "JP", "TOTP");
        admitted("hanako", SOON.plusSeconds(13), "JP", "TOTP");
        // One row of each customer is written: one more, in the same trip.
        assertThat(statements(SOON.plusSeconds(20))).isEqualTo(one + 1);
        assertThat(lastLogins(TARO)).containsExactly(SOON.plusSeconds(12));
    }

    @Test
    void aLoginIsLearnedOnce() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "TOTP");
        lesson(STANDARD, NEXT_DAY);
        lesson(STANDARD, NEXT_DAY.plusSeconds(2));
        lesson(AT_ONCE, NEXT_DAY.plusSeconds(4));
        lesson(STANDARD, NEXT_DAY.plusSeconds(6));
        assertThat(logins(TARO)).isOne();
        assertThat(inCountry("JP")).isOne();
    }

    @Test
    void twoLoginsOfACustomerInOneBatchAreBothLearned() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "TOTP");
        admitted(TARO, LOGIN.plusSeconds(1), "JP", "PASSWORD", "TOTP");
        lesson(AT_ONCE, SOON);
        assertThat(logins(TARO)).isEqualTo(2);
        assertThat(inCountry("JP")).isOne();
    }

    @Test
    void whatTwoNodesDoAtOnceIsDoneOnce() throws Exception {
        int customers = 40;
        for (int i = 0; i < customers; i++) {
            admitted("customer-" + i, LOGIN.plusMillis(i), "JP", "PASSWORD", "TOTP");
        }
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> rounds = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                rounds.add(() -> {
                    lesson(AT_ONCE, SOON);
                    return null;
                });
            }
            for (Future<Void> round : nodes.invokeAll(rounds)) {
                round.get();
            }
        } finally {
            nodes.shutdown();
        }
        lesson(AT_ONCE, SOON);
        assertThat(inCountry("JP")).isEqualTo(customers);
        for (int i = 0; i < customers; i++) {
            assertThat(logins("customer-" + i)).isOne();
        }
    }

    @Test
    void moreThanABatchIsLearnedWithoutAPause() {
        for (int i = 0; i < 450; i++) {
            admitted("customer-" + i, LOGIN, "JP", "PASSWORD", "TOTP");
        }
        assertThat(give(AT_ONCE, SOON)).isEqualTo(new Given(true, 200));
        assertThat(give(AT_ONCE, SOON)).isEqualTo(new Given(true, 200));
        assertThat(give(AT_ONCE, SOON)).isEqualTo(new Given(false, 50));
        assertThat(inCountry("JP")).isEqualTo(450);
    }

    @Test
    void theFactorsAreThoseThatWereShownInTheEnd() {
        String decision = decision(TARO, LOGIN, "JP", "PENDING", true, "PASSWORD");
        lesson(AT_ONCE, SOON);
        assertThat(dimensions(TARO)).isEmpty();
        result(decision, TARO, LOGIN.plusSeconds(60), "ADMITTED", "PASSWORD", "TOTP");
        lesson(AT_ONCE, LOGIN.plusSeconds(70));
        assertThat(count(TARO, Dimension.LOGINS)).isEqualTo(1);
    }

    @Test
    void aMailCodeTeachesNothing() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "MAIL_CODE");
        decision(TARO, LOGIN.plusSeconds(1), "JP", "ADMITTED", false, "PASSWORD", "MAIL_CODE");
        lesson(AT_ONCE, SOON);
        assertThat(dimensions(TARO)).isEmpty();
    }

    @Test
    void aRefusedLoginTeachesNothing() {
        decision(TARO, LOGIN, "NG", "REFUSED", true, "PASSWORD");
        decision(TARO, LOGIN, "NG", "FAILED", true);
        lesson(AT_ONCE, SOON);
        assertThat(dimensions(TARO)).isEmpty();
    }

    @Test
    void inMonitorModeThreeDaysPass() {
        decision(TARO, LOGIN, "JP", "ADMITTED", false, "PASSWORD");
        give(STANDARD, true, NEXT_DAY);
        assertThat(dimensions(TARO)).containsExactly(Dimension.LAST_LOGIN);
        give(STANDARD, true, LOGIN.plus(Duration.ofHours(73)));
        assertThat(count(TARO, Dimension.LOGINS)).isEqualTo(1);
    }

    @Test
    void whatWasMonitoredWaitsItsTimeAfterTheChangeToEnforcing() {
        decision(TARO, LOGIN, "JP", "ADMITTED", false, "PASSWORD");
        lesson(STANDARD, NEXT_DAY);
        assertThat(dimensions(TARO)).containsExactly(Dimension.LAST_LOGIN);
        lesson(STANDARD, LOGIN.plus(Duration.ofHours(73)));
        assertThat(count(TARO, Dimension.LOGINS)).isEqualTo(1);
    }

    @Test
    void aDisownedLoginIsNotLearned() {
        String decision = admitted(TARO, LOGIN, "NG", "PASSWORD", "TOTP");
        lesson(STANDARD, SOON);
        disown(decision, SOON.plusSeconds(1));
        lesson(STANDARD, SOON.plusSeconds(3));
        assertThat(dimensions(TARO)).isEmpty();
        lesson(STANDARD, NEXT_DAY);
        lesson(STANDARD, NEXT_DAY.plusSeconds(2));
        assertThat(dimensions(TARO)).isEmpty();
        assertThat(facts(decision, Kind.UNLEARNED)).isOne();
    }

    @Test
    void aLoginThatWasLearnedAndIsDisownedIsUnlearnedOnce() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "TOTP");
        String foreign = admitted(TARO, LOGIN.plus(Duration.ofDays(1)), "NG", "PASSWORD", "TOTP");
        Instant later = LOGIN.plus(Duration.ofDays(3));
        lesson(STANDARD, later);
        assertThat(keys(TARO, Dimension.COUNTRY)).containsExactlyInAnyOrder("JP", "NG");
        disown(foreign, later);
        for (int i = 1; i < 5; i++) {
            lesson(STANDARD, later.plusSeconds(i));
        }
        assertThat(keys(TARO, Dimension.COUNTRY)).containsExactly("JP");
        assertThat(dimensions(TARO)).doesNotContain(Dimension.LAST_LOGIN);
        assertThat(logins(TARO)).isOne();
        assertThat(facts(foreign, Kind.UNLEARNED)).isOne();
    }

    /** An order that the customer disowns had taught nothing of where he logs in: nothing of it is taken back. */
    @Test
    void anOperationThatIsDisownedUnlearnsNoLogin() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "TOTP");
        lesson(STANDARD, NEXT_DAY);
        assertThat(keys(TARO, Dimension.COUNTRY)).containsExactly("JP");
        String order = decision(TARO, Operation.TRADE, NEXT_DAY, "JP", "ADMITTED", true);
        disown(order, NEXT_DAY.plusSeconds(1));
        lesson(STANDARD, NEXT_DAY.plusSeconds(2));
        assertThat(keys(TARO, Dimension.COUNTRY)).containsExactly("JP");
        assertThat(dimensions(TARO)).contains(Dimension.LAST_LOGIN);
        assertThat(facts(order, Kind.UNLEARNED)).isZero();
    }

    @Test
    void stateThatWentWithItsUserDoesNotComeBack() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "TOTP");
        lesson(STANDARD, SOON);
        database.run(em -> {
            new Baselines(em).deleteCustomer(TARO);
            new EvidenceLog(em).append(Facts.stateDeleted(REALM, TARO, SOON));
        });
        lesson(STANDARD, NEXT_DAY);
        assertThat(dimensions(TARO)).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadStopsNobody() {
        append(UUID.randomUUID().toString(), TARO, Kind.DECISION, Optional.empty(), LOGIN, "ADMITTED", "{}");
        admitted("hanako", LOGIN.plusSeconds(1), "JP", "PASSWORD", "TOTP");
        lesson(AT_ONCE, SOON);
        assertThat(logins("hanako")).isOne();
    }

    @Test
    void whatIsLearnedAndHowFarIsOneTransaction() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "TOTP");
        database.attempt(em -> {
            new Lesson(em, REALM, AT_ONCE, false, SOON).give();
            em.flush();
            return false;
        });
        assertThat(dimensions(TARO)).isEmpty();
        lesson(AT_ONCE, SOON);
        assertThat(logins(TARO)).isOne();
    }

    @Test
    void whatIsDueAndNotLearnedIsALag() {
        admitted(TARO, LOGIN, "JP", "PASSWORD", "TOTP");
        lesson(STANDARD, NEXT_DAY);
        assertThat(lag(NEXT_DAY)).isZero();
        assertThat(lag(NEXT_DAY.plusSeconds(90))).isEqualTo(Duration.ofSeconds(90));
        lesson(STANDARD, NEXT_DAY.plusSeconds(90));
        assertThat(lag(NEXT_DAY.plusSeconds(90))).isZero();
    }

    @Test
    void aRealmWhereNobodyBeganLagsBehindNothing() {
        database.run(em -> em.createQuery("delete from CursorEntity").executeUpdate());
        assertThat(lag(NEXT_DAY)).isZero();
        lesson(STANDARD, NEXT_DAY);
        assertThat(lag(NEXT_DAY)).isZero();
    }

    private Duration lag(Instant now) {
        return database.call(em -> new Lesson(em, REALM, STANDARD, false, now).lag());
    }

    private void lesson(RiskPolicy policy, Instant now) {
        give(policy, now);
    }

    private Given give(RiskPolicy policy, Instant now) {
        return give(policy, false, now);
    }

    private Given give(RiskPolicy policy, boolean monitor, Instant now) {
        return database.call(em -> new Lesson(em, REALM, policy, monitor, now).give());
    }

    private List<Statistic> rows(String customer) {
        return database.call(em -> new Baselines(em).of(customer));
    }

    private List<Dimension> dimensions(String customer) {
        return rows(customer).stream().map(Statistic::dimension).distinct().toList();
    }

    private List<String> keys(String customer, Dimension dimension) {
        return rows(customer).stream()
                .filter(row -> row.dimension() == dimension)
                .map(Statistic::key)
                .toList();
    }

    private List<Instant> lastLogins(String customer) {
        return rows(customer).stream()
                .filter(row -> row.dimension() == Dimension.LAST_LOGIN)
                .map(Statistic::updatedAt)
                .toList();
    }

    private long statements(Instant now) {
        return database.statements(em -> new Lesson(em, REALM, STANDARD, false, now).give());
    }

    private double count(String customer, Dimension dimension) {
        return rows(customer).stream()
                .filter(row -> row.dimension() == dimension)
                .mapToDouble(Statistic::count)
                .sum();
    }

    private long logins(String customer) {
        return Math.round(count(customer, Dimension.LOGINS_TOTAL));
    }

    private double inCountry(String country) {
        return database.<List<Population.Count>>call(em -> new Baselines(em).population(REALM)).stream()
                .filter(row -> row.dimension() == Dimension.COUNTRY && row.key().equals(country))
                .mapToDouble(Population.Count::customers)
                .sum();
    }

    private long facts(String decision, Kind kind) {
        return database.<List<EvidenceRow>>call(em -> new EvidenceLog(em).factsOf(decision)).stream()
                .filter(row -> row.kind() == kind)
                .count();
    }

    private String admitted(String customer, Instant at, String country, String... factors) {
        return decision(customer, at, country, "ADMITTED", true, factors);
    }

    private String decision(
            String customer, Instant at, String country, String result, boolean enforced, String... factors) {
        return decision(customer, Operation.LOGIN, at, country, result, enforced, factors);
    }

    private String decision(
            String customer,
            Operation operation,
            Instant at,
            String country,
            String result,
            boolean enforced,
            String... factors) {
        String id = UUID.randomUUID().toString();
        String content = """
                {"id":"%s","at":"%s","customer":"%s","operation":"%s","enforced":%s,"factors":%s,
                "risk":{"level":"MEDIUM"},"evidence":{
                "address":{"address":"203.0.113.7","prefix":"203.0.113.0/24","source":"203.0.113.7","routable":true},
                "place":{"country":"%s","city":null,"position":{"latitude":35.6,"longitude":139.7,"accuracyRadiusKm":20}},
                "network":{"asn":2516,"organisation":"KDDI","kind":"ORDINARY"},
                "userAgent":{"deviceType":"desktop","os":"Windows","browser":"Chrome","majorVersion":"149"},
                "device":"NOT_COLLECTED",
                "failures":{"customer":0,"sourceCustomersTried":0,"sourceCustomersFailed":0}}}""".formatted(id, at, customer, operation, enforced, array(factors), country);
        append(id, customer, operation, Kind.DECISION, Optional.empty(), at, result, content);
        return id;
    }

    private void result(String decision, String customer, Instant at, String result, String... factors) {
        String content = "{\"factors\":" + array(factors) + "}";
        append(UUID.randomUUID().toString(), customer, Kind.RESULT, Optional.of(decision), at, result, content);
    }

    private void disown(String decision, Instant at) {
        append(UUID.randomUUID().toString(), TARO, Kind.DISOWNED, Optional.of(decision), at, "", "{}");
    }

    private static String array(String... names) {
        return List.of(names).stream().map(name -> '"' + name + '"').toList().toString();
    }

    private void append(
            String id,
            String customer,
            Kind kind,
            Optional<String> decision,
            Instant at,
            String result,
            String content) {
        append(id, customer, Operation.LOGIN, kind, decision, at, result, content);
    }

    private void append(
            String id,
            String customer,
            Operation operation,
            Kind kind,
            Optional<String> decision,
            Instant at,
            String result,
            String content) {
        Index index =
                Index.of(Optional.of(customer), Optional.of(operation.name()), Optional.of(result), Optional.empty());
        database.run(em -> new EvidenceLog(em).append(new EvidenceRow(id, REALM, kind, decision, at, index, content)));
    }
}
