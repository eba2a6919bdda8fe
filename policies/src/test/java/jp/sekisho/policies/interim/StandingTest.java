package jp.sekisho.policies.interim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.interim.Facts.Passkey;
import jp.sekisho.policies.interim.Standing.Awaiting;
import jp.sekisho.policies.interim.Standing.Exempt;
import jp.sekisho.policies.interim.Standing.Invited;
import jp.sekisho.policies.interim.Standing.Lapsed;
import jp.sekisho.policies.interim.Standing.None;
import jp.sekisho.policies.interim.Standing.Postponable;
import jp.sekisho.policies.interim.Standing.Required;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

// JP25-4, JP25-5
class StandingTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final LocalDate END = LocalDate.parse("2026-10-01");
    private static final Instant CLOSES = Instant.parse("2026-09-30T15:00:00Z");
    private static final LocalDate LAST_DAY = LocalDate.parse("2026-07-31");
    private static final MigrationPolicy MIGRATION = new MigrationPolicy(
            List.of(
                    new Stage(LocalDate.parse("2026-04-01"), Ask.INVITE, Whom.EVERYBODY),
                    new Stage(LocalDate.parse("2026-05-01"), Ask.POSTPONABLE, Whom.WITHOUT_SECOND_FACTOR),
                    new Stage(LocalDate.parse("2026-06-01"), Ask.POSTPONABLE, Whom.WITH_SECOND_FACTOR),
                    new Stage(LocalDate.parse("2026-08-01"), Ask.REQUIRED, Whom.EVERYBODY),
                    new Stage(END, Ask.CLOSED, Whom.EVERYBODY)),
            3);
    private static final ExemptionPolicy EXEMPTION = new ExemptionPolicy(true, Period.ofYears(1), Period.ofDays(30));
    private static final MigrationPolicy NO_MIGRATION = new MigrationPolicy(List.of(), 3);

    /** Walks the clock through all stages, an hour at a time: each change is at midnight in Japan, and nowhere else. */
    @Test
    void theClockWalksThroughAllStages() {
        assertThat(walk(new Facts(Passkey.NONE, false, OnFile.NOTHING)))
                .containsExactly(
                        "2026-03-30 None",
                        "2026-04-01 Invited",
                        "2026-05-01 Postponable",
                        "2026-08-01 Required",
                        "2026-10-01 None");
        assertThat(walk(new Facts(Passkey.NONE, true, OnFile.NOTHING)))
                .as("who has an authenticator app is asked later")
                .containsExactly(
                        "2026-03-30 None",
                        "2026-04-01 Invited",
                        "2026-06-01 Postponable",
                        "2026-08-01 Required",
                        "2026-10-01 None");
        assertThat(walk(new Facts(Passkey.NONE, false, new OnFile(Optional.empty(), 3))))
                .as("whose postponements are used up has to")
                .containsExactly("2026-03-30 None", "2026-04-01 Invited", "2026-05-01 Required", "2026-10-01 None");
        assertThat(walk(new Facts(Passkey.HELD, true, OnFile.NOTHING)))
                .as("a passkey ends it for its holder")
                .containsExactly("2026-03-30 None");
    }

    @Test
    void aPasskeyThatMayBeAStrangersTakesNoPasswordAway() {
        assertThat(walk(new Facts(Passkey.PROVISIONAL, true, OnFile.NOTHING)))
                .as("nor is a second one asked for, which would be refused")
                .containsExactly("2026-03-30 None", "2026-04-01 Awaiting", "2026-10-01 None");
        Instant until = Instant.parse("2027-01-01T00:00:00Z");
        Facts exempt = new Facts(Passkey.PROVISIONAL, true, exempted(until));
        assertThat(standing(NO_MIGRATION, exempt, until.minusMillis(1))).isEqualTo(new Exempt(until));
        assertThat(standing(NO_MIGRATION, exempt, until))
                .isEqualTo(new Awaiting(Instant.parse("2027-01-31T00:00:00Z"), true));
        assertThat(new Awaiting(CLOSES, false).asks()).isFalse();
    }

    private static List<String> walk(Facts facts) {
        List<String> changes = new ArrayList<>();
        String last = "";
        Instant end = Instant.parse("2026-10-03T00:00:00Z");
        for (Instant now = Instant.parse("2026-03-29T15:00:00Z"); now.isBefore(end); now = now.plusSeconds(3600)) {
            Standing standing = standing(MIGRATION, facts, now);
            assertThat(standing.passwordUntil())
                    .as("%s", now)
                    .isEqualTo(standing instanceof None ? Optional.empty() : Optional.of(CLOSES));
            String name = standing.getClass().getSimpleName();
            if (!name.equals(last)) {
                assertThat(now.atZone(TOKYO).toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
                changes.add(now.atZone(TOKYO).toLocalDate() + " " + name);
                last = name;
            }
        }
        return changes;
    }

    @Test
    void thePageIsToldHowOftenAndUntilWhen() {
        assertThat(standing(
                        MIGRATION,
                        new Facts(Passkey.NONE, false, new OnFile(Optional.empty(), 1)),
                        Instant.parse("2026-05-10T00:00:00Z")))
                .isEqualTo(new Postponable(CLOSES, 2, LAST_DAY));
    }

    @Test
    void onlyAStageThatHoldsUpTheLoginAsks() {
        assertThat(new None().asks()).isFalse();
        assertThat(new Invited(CLOSES).asks()).isFalse();
        assertThat(new Exempt(CLOSES).asks()).isFalse();
        assertThat(new Postponable(CLOSES, 1, LAST_DAY).asks()).isTrue();
        assertThat(new Required(CLOSES).asks()).isTrue();
        assertThat(new Lapsed(CLOSES).asks()).isTrue();
    }

    @Test
    void anExemptionEndsByItselfIntoEnrolmentAndThenAltogether() {
        Instant until = Instant.parse("2027-01-01T00:00:00Z");
        Instant last = Instant.parse("2027-01-31T00:00:00Z");
        Facts exempt = new Facts(Passkey.NONE, true, exempted(until));

        assertThat(standing(NO_MIGRATION, exempt, until.minusMillis(1))).isEqualTo(new Exempt(until));
        assertThat(standing(NO_MIGRATION, exempt, until)).isEqualTo(new Lapsed(last));
        assertThat(standing(NO_MIGRATION, exempt, last.minusMillis(1))).isEqualTo(new Lapsed(last));
        assertThat(standing(NO_MIGRATION, exempt, last)).isEqualTo(new None());
        assertThat(standing(NO_MIGRATION, new Facts(Passkey.HELD, true, exempted(until)), until))
                .as("he has registered one")
                .isEqualTo(new None());
    }

    @Test
    void anExemptionServesOnlyWhoHoldsTheOtherFactor() {
        Instant now = Instant.parse("2026-12-01T00:00:00Z");
        assertThat(standing(NO_MIGRATION, new Facts(Passkey.NONE, false, exempted(now.plusSeconds(1))), now))
                .isEqualTo(new None());
        assertThat(standing(NO_MIGRATION, new Facts(Passkey.NONE, false, exempted(now)), now))
                .isEqualTo(new None());
    }

    @Test
    void anExemptionGoesBeforeTheMigration() {
        Instant required = Instant.parse("2026-09-01T00:00:00Z");
        assertThat(standing(MIGRATION, new Facts(Passkey.NONE, true, exempted(CLOSES.plusSeconds(1))), required))
                .isInstanceOf(Exempt.class);
    }

    /** Whatever a schedule and a customer are like: later never means more freedom, and there is an end. */
    @Property
    void aPasswordNeverComesBack(
            @ForAll @IntRange(min = 0, max = 40) int first,
            @ForAll @IntRange(min = 1, max = 40) int second,
            @ForAll @IntRange(min = 1, max = 40) int third,
            @ForAll @IntRange(min = 0, max = 6) int postponed,
            @ForAll boolean totp) {
        LocalDate start = LocalDate.parse("2026-04-01").plusDays(first);
        MigrationPolicy policy = new MigrationPolicy(
                List.of(
                        new Stage(start, Ask.POSTPONABLE, Whom.EVERYBODY),
                        new Stage(start.plusDays(second), Ask.REQUIRED, Whom.WITHOUT_SECOND_FACTOR),
                        new Stage(start.plusDays(second + third), Ask.CLOSED, Whom.EVERYBODY)),
                3);
        Facts facts = new Facts(Passkey.NONE, totp, new OnFile(Optional.empty(), postponed));
        boolean mustOnce = false;
        boolean ended = false;
        for (int day = 0; day <= second + third; day++) {
            Instant now = start.plusDays(day).atStartOfDay(TOKYO).toInstant();
            Standing standing = standing(policy, facts, now);
            assertThat(standing instanceof Postponable && mustOnce).isFalse();
            assertThat(ended).isFalse();
            mustOnce |= standing instanceof Required;
            ended = standing instanceof None;
            if (standing instanceof Postponable postponable) {
                assertThat(postponable.left()).isPositive();
                assertThat(postponable.lastDay()).isAfterOrEqualTo(start.plusDays(day));
            }
        }
        assertThat(ended).isTrue();
    }

    @Test
    void aScheduleHasAnOrderAndAnEnd() {
        refused("end with CLOSED", stage("2026-04-01", Ask.INVITE, Whom.EVERYBODY));
        refused(
                "end with CLOSED",
                stage("2026-04-01", Ask.INVITE, Whom.EVERYBODY),
                stage("2026-05-01", Ask.CLOSED, Whom.WITHOUT_SECOND_FACTOR));
        refused(
                "oldest first",
                stage("2026-05-01", Ask.INVITE, Whom.EVERYBODY),
                stage("2026-04-01", Ask.CLOSED, Whom.EVERYBODY));
        refused(
                "asks less",
                stage("2026-04-01", Ask.REQUIRED, Whom.WITH_SECOND_FACTOR),
                stage("2026-05-01", Ask.POSTPONABLE, Whom.EVERYBODY),
                stage("2026-06-01", Ask.CLOSED, Whom.EVERYBODY));
        refused(
                "two of the same",
                stage("2026-04-01", Ask.REQUIRED, Whom.EVERYBODY),
                stage("2026-04-01", Ask.CLOSED, Whom.EVERYBODY));
        assertThatThrownBy(() -> new MigrationPolicy(List.of(), 21)).hasMessageContaining("postponements");
    }

    private static void refused(String why, Stage... stages) {
        assertThatThrownBy(() -> new MigrationPolicy(List.of(stages), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static Stage stage(String from, Ask ask, Whom whom) {
        return new Stage(LocalDate.parse(from), ask, whom);
    }

    @Test
    void anExemptionIsNotForEver() {
        Instant now = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(EXEMPTION.permits(now, Instant.parse("2027-03-01T00:00:00Z"), TOKYO))
                .isTrue();
        assertThat(EXEMPTION.permits(now, Instant.parse("2027-03-01T00:00:01Z"), TOKYO))
                .isFalse();
        assertThat(EXEMPTION.permits(now, now, TOKYO)).isFalse();
        assertThat(new ExemptionPolicy(false, Period.ofYears(1), Period.ofDays(30))
                        .permits(now, now.plusSeconds(60), TOKYO))
                .isFalse();
        for (String longest : List.of("P0D", "P2Y1M", "P-1D", "P1Y-1D")) {
            assertThatThrownBy(() -> new ExemptionPolicy(true, Period.parse(longest), Period.ofDays(30)))
                    .as(longest)
                    .hasMessageContaining("exemption.longest");
        }
        assertThatThrownBy(() -> new ExemptionPolicy(true, Period.ofYears(1), Period.ofMonths(3)))
                .hasMessageContaining("exemption.enrol-within");
    }

    private static OnFile exempted(Instant until) {
        return new OnFile(Optional.of(new Exemption(AlternativeMfa.TOTP, until)), 0);
    }

    private static Standing standing(MigrationPolicy migration, Facts facts, Instant now) {
        return Standing.of(migration, EXEMPTION, TOKYO, facts, now);
    }
}
