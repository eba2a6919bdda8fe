package jp.sekisho.policies.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.enrolment.Enrolment.Full;
import jp.sekisho.policies.enrolment.Enrolment.Provisional;
import jp.sekisho.policies.enrolment.Enrolment.Refused;
import jp.sekisho.policies.enrolment.Enrolment.Why;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// JP25-1
class EnrolmentTest {

    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final EnrolmentPolicy POLICY =
            new EnrolmentPolicy(Duration.ofDays(30), Duration.ofHours(24), Duration.ofMinutes(5));
    private static final EnrolmentPolicy AT_ONCE =
            new EnrolmentPolicy(Duration.ofDays(30), Duration.ZERO, Duration.ofMinutes(5));
    private static final Instant TOMORROW = NOW.plus(Duration.ofHours(24));

    private static final Circumstances FIRST =
            new Circumstances(false, Optional.empty(), Vouching.LOGIN, Optional.empty(), Optional.empty());

    private static Circumstances further(Optional<Instant> vouchedAt) {
        return new Circumstances(true, vouchedAt, Vouching.LOGIN, Optional.empty(), Optional.empty());
    }

    private static Circumstances knownFor(Duration time) {
        return new Circumstances(
                false, Optional.empty(), Vouching.LOGIN, Optional.of(NOW.minus(time)), Optional.empty());
    }

    @Test
    void aFirstPasskeyIsProvisionalForADay() {
        assertThat(Enrolment.of(FIRST, POLICY, NOW)).isEqualTo(new Provisional(TOMORROW));
    }

    @Test
    void onADeviceKnownFor30DaysItCountsAtOnce() {
        assertThat(Enrolment.of(knownFor(Duration.ofDays(30)), POLICY, NOW)).isEqualTo(new Full());
        assertThat(Enrolment.of(knownFor(Duration.ofDays(30).minusMillis(1)), POLICY, NOW))
                .isEqualTo(new Provisional(TOMORROW));
    }

    @Test
    void ofSomebodyIdentifiedItCountsAtOnce() {
        assertThat(Enrolment.of(identified(Duration.ofMinutes(5).minusMillis(1)), POLICY, NOW))
                .isEqualTo(new Full());
    }

    @Test
    void whoWasIdentifiedEarlierNeedNotSitThereNow() {
        assertThat(Enrolment.of(identified(Duration.ofMinutes(5)), POLICY, NOW)).isEqualTo(new Provisional(TOMORROW));
    }

    private static Circumstances identified(Duration ago) {
        return new Circumstances(
                false, Optional.empty(), Vouching.LOGIN, Optional.empty(), Optional.of(NOW.minus(ago)));
    }

    @Test
    void aFurtherOneNeedsAPasskeyShownJustNow() {
        assertThat(Enrolment.of(further(Optional.empty()), POLICY, NOW)).isEqualTo(new Refused(Why.PASSKEY_NEEDED));
        Instant fresh = NOW.minus(Duration.ofMinutes(5)).plusMillis(1);
        assertThat(Enrolment.of(further(Optional.of(fresh)), POLICY, NOW)).isEqualTo(new Full());
        assertThat(Enrolment.of(further(Optional.of(fresh.minusMillis(1))), POLICY, NOW))
                .isEqualTo(new Refused(Why.PASSKEY_NEEDED));
    }

    @Test
    void whatAMailCodeVouchesForIsAlwaysProvisional() {
        Circumstances mail = new Circumstances(
                false,
                Optional.empty(),
                Vouching.MAIL_CODE,
                Optional.of(NOW.minus(Duration.ofDays(99))),
                Optional.of(NOW));
        assertThat(Enrolment.of(mail, POLICY, NOW)).isEqualTo(new Provisional(TOMORROW));
        assertThat(Enrolment.of(mail, AT_ONCE, NOW)).isEqualTo(new Refused(Why.HELD));
    }

    @Test
    void whatOneOfficersLetterVouchesForIsAlwaysProvisional() {
        Circumstances letter = new Circumstances(
                false,
                Optional.of(NOW),
                Vouching.LETTER,
                Optional.of(NOW.minus(Duration.ofDays(99))),
                Optional.of(NOW));
        assertThat(Enrolment.of(letter, POLICY, NOW)).isEqualTo(new Provisional(TOMORROW));
        assertThat(Enrolment.of(letter, AT_ONCE, NOW)).isEqualTo(new Refused(Why.HELD));
        Circumstances further =
                new Circumstances(true, Optional.of(NOW), Vouching.LETTER, Optional.empty(), Optional.empty());
        assertThat(Enrolment.of(further, POLICY, NOW)).isInstanceOf(Refused.class);
    }

    @Test
    void aCodeOfTheFirmOpensNothingButTheEnrolment() {
        assertThat(Vouching.values())
                .filteredOn(Vouching::enrolsOnly)
                .containsExactly(Vouching.LETTER, Vouching.IDENTIFIED, Vouching.RECOVERY);
    }

    @Test
    void whomTheFirmIdentifiedEnrolsAFirstOneThatCounts() {
        Circumstances first =
                new Circumstances(false, Optional.empty(), Vouching.IDENTIFIED, Optional.empty(), Optional.empty());
        assertThat(Enrolment.of(first, POLICY, NOW)).isEqualTo(new Full());
        Circumstances further =
                new Circumstances(true, Optional.of(NOW), Vouching.IDENTIFIED, Optional.empty(), Optional.empty());
        assertThat(Enrolment.of(further, POLICY, NOW)).isEqualTo(new Refused(Why.PASSKEY_NEEDED));
    }

    @Test
    void whoRecoveredEnrolsAFurtherOneProvisionally() {
        Circumstances recovered =
                new Circumstances(true, Optional.empty(), Vouching.RECOVERY, Optional.empty(), Optional.empty());
        assertThat(Enrolment.of(recovered, POLICY, NOW)).isEqualTo(new Provisional(TOMORROW));
    }

    @Property
    void nothingIsEnrolledWhereTheSessionIsHeld(@ForAll("circumstances") Circumstances any) {
        Circumstances held = new Circumstances(
                any.holdsPasskey(), any.vouchedAt(), Vouching.HELD, any.deviceKnownSince(), any.identifiedAt());
        assertThat(Enrolment.of(held, POLICY, NOW)).isEqualTo(new Refused(Why.HELD));
    }

    @Property
    void noFurtherPasskeyWithoutOne(@ForAll("circumstances") Circumstances any) {
        boolean vouched = any.vouchedAt()
                .filter(at -> at.isAfter(NOW.minus(POLICY.fresh())))
                .isPresent();
        if (any.holdsPasskey() && !vouched && any.vouching() != Vouching.RECOVERY) {
            assertThat(Enrolment.of(any, POLICY, NOW)).isInstanceOf(Refused.class);
        }
    }

    /** A realm that only watches refuses nobody, and lets nobody's passkey count before one that enforces would. */
    @Property
    void watchedIsNeverRefusedAndNeverMore(@ForAll("circumstances") Circumstances any) {
        Enrolment watched = Enrolment.watched(any, POLICY, NOW);
        Enrolment enforced = Enrolment.of(any, POLICY, NOW);
        assertThat(watched).isEqualTo(enforced instanceof Refused ? new Provisional(TOMORROW) : enforced);
    }

    @Provide
    Arbitrary<Circumstances> circumstances() {
        Arbitrary<Optional<Instant>> past = Arbitraries.longs()
                .between(0, Duration.ofDays(60).toMillis())
                .map(NOW::minusMillis)
                .optional();
        return Combinators.combine(Arbitraries.of(true, false), past, Arbitraries.of(Vouching.class), past, past)
                .as(Circumstances::new);
    }

    @ParameterizedTest
    @CsvSource({
        "PT23H, PT24H, PT5M, known-device",
        "P401D, PT24H, PT5M, known-device",
        "P30D, -PT1S, PT5M, provisional",
        "P30D, P31D, PT5M, provisional",
        "P30D, PT24H, PT59S, fresh",
        "P30D, PT24H, PT61M, fresh"
    })
    void whatCannotBeMeantIsRefusedByName(Duration knownDevice, Duration provisional, Duration fresh, String named) {
        assertThatThrownBy(() -> new EnrolmentPolicy(knownDevice, provisional, fresh))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("enrolment." + named);
    }
}
