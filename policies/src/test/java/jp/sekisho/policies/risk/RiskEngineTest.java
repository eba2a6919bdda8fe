package jp.sekisho.policies.risk;

import static jp.sekisho.policies.risk.Customers.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Network.Kind;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.operation.Operation;
import org.junit.jupiter.api.Test;

class RiskEngineTest {

    private final List<Statistic> evenings = thirtyEvenings();

    @Test
    void the_usual_evening_is_low() {
        Risk risk = assess(athome(NOW), evenings);
        assertThat(risk.level()).isEqualTo(Level.LOW);
        assertThat(reasons(risk)).containsExactlyInAnyOrder(Reason.USUAL_PLACE, Reason.KNOWN_DEVICE);
        assertThat(risk.notCollected()).isEmpty();
    }

    @Test
    void cleared_cookies_at_home_are_low() {
        Risk risk = assess(with(athome(NOW), Field.of(LAPTOP), Field.of(NEW)), evenings);
        assertThat(risk.level()).isEqualTo(Level.LOW);
        assertThat(reasons(risk)).contains(Reason.NEW_DEVICE, Reason.USUAL_CLIENT, Reason.USUAL_PLACE);
    }

    @Test
    void a_new_phone_at_home_is_asked() {
        Risk risk = assess(with(athome(NOW), Field.of(PHONE), Field.of(NEW)), evenings);
        assertThat(risk.level()).isEqualTo(Level.MEDIUM);
        assertThat(reasons(risk)).contains(Reason.NEW_CLIENT);
    }

    @Test
    void a_stranger_from_abroad_with_the_password_is_high() {
        Risk risk = assess(stranger(NOW), evenings);
        assertThat(risk.level()).isEqualTo(Level.HIGH);
        assertThat(reasons(risk)).contains(Reason.NEW_COUNTRY, Reason.NEW_DEVICE, Reason.NEW_CLIENT);
        assertThat(risk.signals().get(0).nats())
                .isGreaterThanOrEqualTo(risk.signals().get(1).nats());
    }

    @Test
    void the_known_laptop_abroad_after_two_days_is_no_travel() {
        Risk risk = assess(from(athome(NOW), Field.of(ABROAD), Field.of(SAO_PAULO), Field.of(FOREIGN)), evenings);
        assertThat(reasons(risk)).contains(Reason.NEW_COUNTRY).doesNotContain(Reason.IMPOSSIBLE_TRAVEL);
        assertThat(risk.level()).isEqualTo(Level.LOW);
    }

    @Test
    void an_hour_after_a_login_at_home_nobody_is_in_brazil() {
        evenings.removeIf(row -> row.dimension() == Dimension.LAST_LOGIN);
        evenings.add(Learning.lastLogin(athome(NOW.minus(Duration.ofHours(1)))));
        Risk risk = assess(from(athome(NOW), Field.of(ABROAD), Field.of(SAO_PAULO), Field.of(FOREIGN)), evenings);
        assertThat(nats(risk, Reason.IMPOSSIBLE_TRAVEL))
                .isEqualTo(POLICY.rules().impossibleTravel());
        assertThat(reasons(risk)).doesNotContain(Reason.NEW_COUNTRY);
    }

    @Test
    void an_inexact_position_is_no_travel() {
        evenings.removeIf(row -> row.dimension() == Dimension.LAST_LOGIN);
        evenings.add(new LastLogin(
                        NOW.minusSeconds(60),
                        Optional.of("JP"),
                        Optional.of(new jp.sekisho.policies.evidence.Place.Position(43.06, 141.35, 500)),
                        Optional.empty())
                .toStatistic());
        // Sapporo to Tokyo is 830 km: less 500 and 20 it is still farther than a minute's way.
        assertThat(reasons(assess(athome(NOW), evenings))).contains(Reason.IMPOSSIBLE_TRAVEL);
        evenings.removeIf(row -> row.dimension() == Dimension.LAST_LOGIN);
        evenings.add(new LastLogin(
                        NOW.minusSeconds(60),
                        Optional.of("JP"),
                        Optional.of(new jp.sekisho.policies.evidence.Place.Position(43.06, 141.35, 800)),
                        Optional.empty())
                .toStatistic());
        assertThat(reasons(assess(athome(NOW), evenings))).doesNotContain(Reason.IMPOSSIBLE_TRAVEL);
    }

    @Test
    void no_history_is_not_low_risk() {
        Risk risk = assess(with(athome(NOW), Field.of(LAPTOP), Field.of(NEW)), List.of());
        assertThat(risk.level()).isEqualTo(Level.MEDIUM);
        assertThat(reasons(risk)).contains(Reason.LITTLE_HISTORY);
    }

    @Test
    void a_device_is_known_at_once_while_statistics_come_later() {
        Risk risk = assess(athome(NOW), List.of());
        assertThat(risk.level()).isEqualTo(Level.LOW);
        assertThat(reasons(risk)).contains(Reason.KNOWN_DEVICE).doesNotContain(Reason.LITTLE_HISTORY);
    }

    @Test
    void a_faded_history_is_little_history() {
        History faded = History.of(TARO, evenings, NOW.plus(Duration.ofDays(600)), POLICY.halfLife());
        Evidence late = with(athome(NOW.plus(Duration.ofDays(600))), Field.of(LAPTOP), Field.of(NEW));
        Risk risk = RiskEngine.assess(late, faded, REALM, POLICY);
        assertThat(reasons(risk)).contains(Reason.LITTLE_HISTORY, Reason.DORMANT_ACCOUNT);
        assertThat(risk.level()).isEqualTo(Level.MEDIUM);
    }

    @Test
    void a_reused_token_is_a_hostile_mark() {
        Evidence replay = with(stranger(NOW), Field.of(LAPTOP), Field.of(REUSED));
        Risk risk = assess(replay, evenings);
        assertThat(reasons(risk)).contains(Reason.REUSED_DEVICE_TOKEN);
        assertThat(risk.level()).isEqualTo(Level.HIGH);
    }

    @Test
    void high_needs_two_raised_blocks_or_a_hostile_mark() {
        Evidence failing = after(
                from(athome(NOW), Field.of(ABROAD), Field.of(SAO_PAULO), Field.of(withKind(Kind.HOSTING))),
                new Failures(50, 30, 30));
        RiskPolicy strict = POLICY.cutAt(new RiskPolicy.Cuts(-10, -5));
        assertThat(RiskEngine.assess(failing, history(evenings), REALM, strict).level())
                .isEqualTo(Level.MEDIUM);
        Evidence hostile = after(failing, new Failures(50, 300, 290));
        assertThat(RiskEngine.assess(hostile, history(evenings), REALM, strict).level())
                .isEqualTo(Level.HIGH);
    }

    @Test
    void another_browser_family_on_a_known_device_replaces_the_client() {
        Risk risk = assess(with(athome(NOW), Field.of(PHONE), Field.of(KNOWN)), evenings);
        assertThat(reasons(risk)).contains(Reason.CLIENT_FAMILY_CHANGED).doesNotContain(Reason.NEW_CLIENT);
        UserAgent updated = new UserAgent("desktop", "Windows", "Chrome", "150");
        assertThat(reasons(assess(with(athome(NOW), Field.of(updated), Field.of(KNOWN)), evenings)))
                .doesNotContain(Reason.CLIENT_FAMILY_CHANGED);
    }

    @Test
    void an_hour_never_used_is_unusual_and_the_night_is_not_by_itself() {
        Instant noon = NOW.plus(Duration.ofHours(15));
        Evidence atNoon = athome(noon);
        assertThat(reasons(
                        RiskEngine.assess(atNoon, History.of(TARO, evenings, noon, POLICY.halfLife()), REALM, POLICY)))
                .contains(Reason.UNUSUAL_HOUR);
        assertThat(reasons(assess(athome(NOW), evenings))).doesNotContain(Reason.UNUSUAL_HOUR);
    }

    @Test
    void shared_networks_are_judged_by_the_higher_limit_only() {
        Evidence carrier = after(
                from(athome(NOW), Field.of(HOME), Field.of(TOKYO), Field.of(withKind(Kind.SHARED))),
                new Failures(0, 60, 40));
        assertThat(reasons(assess(carrier, evenings))).doesNotContain(Reason.SOURCE_FAILING);
        assertThat(reasons(assess(after(athome(NOW), new Failures(0, 60, 40)), evenings)))
                .contains(Reason.SOURCE_FAILING);
    }

    @Test
    void networks_of_the_local_list_weigh_on_top() {
        Evidence hosting = from(athome(NOW), Field.of(HOME), Field.of(TOKYO), Field.of(withKind(Kind.HOSTING)));
        assertThat(assess(hosting, evenings).score()
                        - assess(athome(NOW), evenings).score())
                .isCloseTo(POLICY.rules().hostingNetwork(), within(1e-9));
    }

    @Test
    void the_score_is_the_operation_and_its_signals() {
        Evidence e = athome(NOW);
        Evidence withdrawal = new Evidence(
                Operation.WITHDRAWAL,
                NOW,
                e.address(),
                e.place(),
                e.network(),
                e.userAgent(),
                e.device(),
                new Failures(3, 0, 0));
        Risk risk = assess(withdrawal, evenings);
        double sum = risk.signals().stream().mapToDouble(Signal::nats).sum();
        assertThat(risk.score() - sum).isCloseTo(POLICY.operations().get(Operation.WITHDRAWAL), within(1e-9));
        assertThat(risk.calibrated()).isFalse();
        assertThat(risk.probability()).isBetween(0.0, 1.0);
    }

    @Test
    void what_the_channel_cannot_have_weighs_nothing_and_is_listed() {
        Evidence bare = with(
                from(athome(NOW), Field.notCollected(), Field.notCollected(), Field.notCollected()),
                Field.notCollected(),
                Field.notCollected());
        Risk risk = assess(bare, evenings);
        assertThat(risk.score()).isZero();
        assertThat(risk.notCollected()).containsExactly("address", "place", "network", "userAgent", "device");
    }

    @Test
    void a_realm_without_geographic_data_compares_prefixes() {
        List<Statistic> rows = new java.util.ArrayList<>();
        for (int day = 31; day >= 2; day--) {
            Evidence e = from(
                    athome(NOW.minus(Duration.ofDays(day))),
                    Field.of(HOME),
                    Field.notCollected(),
                    Field.notCollected());
            rows = learned(rows, login(e, java.util.Set.of()));
        }
        Evidence home = from(athome(NOW), Field.of(HOME), Field.notCollected(), Field.notCollected());
        Evidence away = from(athome(NOW), Field.of(ABROAD), Field.notCollected(), Field.notCollected());
        assertThat(reasons(assess(home, rows))).contains(Reason.USUAL_PLACE);
        assertThat(reasons(assess(away, rows))).contains(Reason.NEW_PREFIX);
        assertThat(assess(away, rows).score()).isGreaterThan(assess(home, rows).score() + 3);
        // The day the database arrives nobody is a stranger for it.
        assertThat(nats(assess(athome(NOW), rows), Reason.USUAL_PLACE)).isBetween(-3.0, 0.1);
    }

    @Test
    void a_value_whose_parents_were_evicted_is_still_known() {
        Risk whole = assess(athome(NOW), evenings);
        evenings.removeIf(row -> row.dimension() == Dimension.COUNTRY || row.dimension() == Dimension.PREFIX);
        Risk evicted = assess(athome(NOW), evenings);
        assertThat(reasons(evicted)).contains(Reason.USUAL_PLACE);
        assertThat(evicted.score()).isCloseTo(whole.score(), within(1e-9));
    }

    @Test
    void old_geographic_data_never_lowers_risk() {
        Risk risk = RiskEngine.assess(athome(NOW), history(evenings), REALM, POLICY.distrustingPlace());
        assertThat(nats(risk, Reason.USUAL_PLACE)).isZero();
    }

    @Test
    void residence_speaks_before_anything_is_learned() {
        Account inJapan = new Account(NOW, Optional.of("JP"));
        History none = History.none(inJapan, NOW);
        Risk home = RiskEngine.assess(athome(NOW), none, REALM, POLICY);
        Risk abroad = RiskEngine.assess(
                from(athome(NOW), Field.of(ABROAD), Field.of(SAO_PAULO), Field.of(FOREIGN)), none, REALM, POLICY);
        assertThat(abroad.score()).isGreaterThan(home.score());
        assertThat(reasons(abroad)).contains(Reason.NEW_COUNTRY);
        assertThat(reasons(home)).doesNotContain(Reason.NEW_COUNTRY);
    }

    private static Network withKind(Kind kind) {
        return new Network(2516, "KDDI", kind);
    }

    private static List<Reason> reasons(Risk risk) {
        return risk.signals().stream().map(Signal::reason).toList();
    }

    private static double nats(Risk risk, Reason reason) {
        return risk.signals().stream()
                .filter(s -> s.reason() == reason)
                .mapToDouble(Signal::nats)
                .findFirst()
                .orElseThrow();
    }
}
