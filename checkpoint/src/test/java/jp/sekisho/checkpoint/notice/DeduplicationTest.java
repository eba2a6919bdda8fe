package jp.sekisho.checkpoint.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.notice.Notice;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeduplicationTest {

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long WINDOW_MILLIS = 600_000;

    private static Deduplication of(Notice notice, String user, String subject, Instant at) {
        return Deduplication.of(notice, user, NoticeValues.at(at).about(subject), WINDOW);
    }

    @ParameterizedTest
    @EnumSource(
            value = Notice.class,
            names = {"LOGIN", "NEW_DEVICE", "STEP_UP_PASSED"})
    void whatWasLetInIsToldOnceForEachDecision(Notice notice) {
        Deduplication first = of(notice, "u", "decision-1", NOW);
        assertThat(of(notice, "u", "decision-1", NOW.plus(Duration.ofDays(1)))).isEqualTo(first);
        assertThat(of(notice, "u", "decision-2", NOW)).isNotEqualTo(first);
        assertThat(first.before()).isEqualTo(Optional.empty());
    }

    @Test
    void refusalsInAWindowAreOneWhateverDecisionEachWas() {
        assertThat(of(Notice.LOGIN_REFUSED, "u", "decision-1", NOW))
                .isEqualTo(of(Notice.LOGIN_REFUSED, "u", "decision-2", NOW.plusSeconds(1)));
    }

    @Test
    void customersNoticesAndSubjectsAreTheirOwn() {
        Deduplication known = of(Notice.AUTHENTICATOR_CHANGED, "u", "totp", NOW);
        assertThat(of(Notice.AUTHENTICATOR_CHANGED, "v", "totp", NOW)).isNotEqualTo(known);
        assertThat(of(Notice.AUTHENTICATOR_CHANGED, "u", "passkey", NOW)).isNotEqualTo(known);
        assertThat(of(Notice.PASSWORD_CHANGED, "u", "totp", NOW)).isNotEqualTo(known);
        assertThat(known.key()).hasSizeLessThanOrEqualTo(255);
    }

    @Property
    void twoWithinAWindowShareAKeyOrOneKnowsTheOther(
            @ForAll @LongRange(max = 4_000_000_000_000L) long at,
            @ForAll @LongRange(max = WINDOW_MILLIS - 1) long later) {
        Deduplication first = of(Notice.LOCK, "u", "LOGIN", Instant.ofEpochMilli(at));
        Deduplication second = of(Notice.LOCK, "u", "LOGIN", Instant.ofEpochMilli(at + later));
        boolean same = second.key().equals(first.key());
        boolean knows = second.before().equals(Optional.of(first.key()));
        assertThat(same || knows).isTrue();
    }

    @Property
    void twoWindowsApartNeverShareAKey(@ForAll @LongRange(max = 4_000_000_000_000L) long at) {
        assertThat(of(Notice.LOCK, "u", "", Instant.ofEpochMilli(at)).key())
                .isNotEqualTo(of(Notice.LOCK, "u", "", Instant.ofEpochMilli(at + WINDOW_MILLIS))
                        .key());
    }

    @Test
    void withoutAWindowEachMomentIsItsOwn() {
        NoticeValues values = NoticeValues.at(NOW);
        Deduplication first = Deduplication.of(Notice.LOCK, "u", values, Duration.ZERO);
        assertThat(Deduplication.of(Notice.LOCK, "u", NoticeValues.at(NOW.plusMillis(1)), Duration.ZERO))
                .isNotEqualTo(first);
        assertThat(first.before()).isEqualTo(Optional.empty());
    }
}
