package jp.sekisho.policies.risk;

import static jp.sekisho.policies.risk.Customers.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.factor.Factor;
import org.junit.jupiter.api.Test;

class LearningTest {

    private final Evidence newDevice = with(athome(NOW), Field.of(LAPTOP), Field.of(NEW));

    @Test
    void weight_follows_what_was_verified() {
        assertThat(weight(newDevice, Level.MEDIUM, Factor.PASSWORD, Factor.TOTP))
                .isEqualTo(1);
        assertThat(weight(newDevice, Level.HIGH, Factor.PASSKEY)).isEqualTo(1);
        assertThat(weight(athome(NOW), Level.LOW, Factor.PASSWORD)).isEqualTo(1);
        assertThat(weight(newDevice, Level.LOW, Factor.PASSWORD)).isEqualTo(0.25);
        assertThat(weight(newDevice, Level.MEDIUM, Factor.PASSWORD)).isZero();
        assertThat(weight(athome(NOW), Level.MEDIUM, Factor.PASSWORD, Factor.MAIL_CODE))
                .as("a mail code teaches nothing")
                .isZero();
    }

    @Test
    void monitor_mode_waits_longer_and_learns_every_login_not_disowned() {
        Learning.Login monitored = new Learning.Login(newDevice, Level.HIGH, Set.of(Factor.PASSWORD), true, false);
        assertThat(Learning.weight(monitored, POLICY)).isEqualTo(1);
        assertThat(Learning.due(monitored, POLICY)).isEqualTo(NOW.plus(Duration.ofHours(72)));
        Learning.Login disowned = new Learning.Login(newDevice, Level.HIGH, Set.of(Factor.PASSKEY), true, true);
        assertThat(Learning.learn(List.of(), disowned, POLICY).written()).isEmpty();
        assertThat(Learning.due(login(athome(NOW), Set.of()), POLICY)).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void a_value_counts_once_a_day_of_the_zone() {
        Instant evening = Instant.parse("2026-06-01T14:30:00Z");
        List<Statistic> rows = learned(List.of(), login(athome(evening), Set.of()));
        rows = learned(rows, login(athome(evening.plusSeconds(600)), Set.of()));
        assertThat(count(rows, Dimension.COUNTRY, "JP")).isEqualTo(1);
        // Half an hour later it is tomorrow in Tokyo.
        rows = learned(rows, login(athome(evening.plusSeconds(1800)), Set.of()));
        assertThat(count(rows, Dimension.COUNTRY, "JP")).isCloseTo(2, within(1e-3));
        assertThat(count(rows, Dimension.LOGINS_TOTAL, "")).isEqualTo(3);
    }

    @Test
    void at_most_one_new_value_a_level_a_day() {
        List<Statistic> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ClientAddress address =
                    new ClientAddress("203.0." + i + ".7", "203.0." + i + ".0/24", "203.0." + i + ".7", true);
            Evidence e = from(athome(NOW.plusSeconds(i)), Field.of(address), Field.of(TOKYO), Field.of(PROVIDER));
            rows = learned(rows, login(e, Set.of(Factor.PASSKEY)));
        }
        assertThat(rows).filteredOn(row -> row.dimension() == Dimension.PREFIX).hasSize(1);
        assertThat(rows).filteredOn(row -> row.dimension() == Dimension.ADDRESS).hasSize(1);
    }

    @Test
    void rows_are_bounded_and_the_lightest_go() {
        List<Statistic> rows = thirtyEvenings();
        for (int day = 0; day < 200; day++) {
            ClientAddress address =
                    new ClientAddress("10.9." + day + ".7", "10.9." + day + ".0/24", "10.9." + day + ".7", true);
            Instant at = NOW.plus(Duration.ofDays(day));
            rows = learned(rows, login(athome(at), Set.of()));
            Evidence away = from(athome(at), Field.of(address), Field.of(TOKYO), Field.of(PROVIDER));
            rows = learned(rows, login(away, Set.of()));
        }
        for (Dimension dimension : Dimension.values()) {
            assertThat(rows)
                    .filteredOn(row -> row.dimension() == dimension)
                    .as(dimension.name())
                    .hasSizeLessThanOrEqualTo(dimension.limit());
        }
        assertThat(count(rows, Dimension.ADDRESS, "JP|2516|203.0.113.0/24|203.0.113.7"))
                .isGreaterThan(50);
    }

    @Test
    void a_customer_and_value_count_once_in_thirty_days_for_the_realm() {
        List<Statistic> rows = new ArrayList<>();
        int counted = 0;
        Instant windowStart = Instant.EPOCH.plus(Duration.ofDays(30L * 690));
        for (int day = 0; day < 90; day++) {
            Learning.Changes changes =
                    Learning.learn(rows, login(athome(windowStart.plus(Duration.ofDays(day))), Set.of()), POLICY);
            rows = apply(rows, changes);
            counted += (int) changes.counted().stream()
                    .filter(value -> value.dimension() == Dimension.COUNTRY)
                    .count();
            assertThat(changes.counted()).noneMatch(value -> value.dimension() == Dimension.ADDRESS);
        }
        assertThat(counted).isEqualTo(3);
    }

    @Test
    void disowning_takes_back_what_was_taught() {
        List<Statistic> before = thirtyEvenings();
        Learning.Login theft = login(stranger(NOW), Set.of(Factor.TOTP));
        List<Statistic> fooled = learned(before, theft);
        List<Statistic> after = apply(fooled, Learning.unlearn(fooled, theft, POLICY));
        assertThat(after).noneMatch(row -> row.key().startsWith("BR"));
        assertThat(count(after, Dimension.LOGINS_TOTAL, "")).isEqualTo(30);
        Evidence again = stranger(NOW.plus(Duration.ofDays(2)));
        assertThat(assess(again, after).score()).isCloseTo(assess(again, before).score(), within(0.05));
    }

    @Test
    void the_last_login_says_when_and_where() {
        assertThat(history(List.of(Learning.lastLogin(stranger(NOW.plusSeconds(60)))))
                        .lastLogin())
                .hasValueSatisfying(last -> {
                    assertThat(last.at()).isEqualTo(NOW.plusSeconds(60));
                    assertThat(last.country()).contains("BR");
                    assertThat(last.address()).contains("198.51.100.9");
                    assertThat(last.position()).isEqualTo(SAO_PAULO.position());
                });
    }

    private static double weight(Evidence evidence, Level level, Factor... factors) {
        return Learning.weight(new Learning.Login(evidence, level, Set.of(factors), false, false), POLICY);
    }

    private static double count(List<Statistic> rows, Dimension dimension, String key) {
        return rows.stream()
                .filter(row -> row.dimension() == dimension && row.key().equals(key))
                .mapToDouble(Statistic::count)
                .sum();
    }
}
