package jp.sekisho.policies.tradingpassword;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Optional<Instant> JUST_NOW = Optional.of(NOW.minusSeconds(299));
    private static final Optional<Instant> TOO_LONG_AGO = Optional.of(NOW.minus(FRESH));
    private static final Optional<Instant> NEVER = Optional.empty();

    // FFAJ-1.4-S1
    @Test
    void it_takes_a_passkey_or_an_identification_of_just_now() {
        assertThat(of(Vouching.LOGIN, JUST_NOW, NEVER)).isEqualTo(Setting.ALLOWED);
        assertThat(of(Vouching.LOGIN, NEVER, JUST_NOW)).isEqualTo(Setting.ALLOWED);
        assertThat(of(Vouching.LOGIN, TOO_LONG_AGO, TOO_LONG_AGO)).isEqualTo(Setting.UNPROVEN);
        assertThat(of(Vouching.LOGIN, NEVER, NEVER)).isEqualTo(Setting.UNPROVEN);
    }

    @Test
    void what_is_yet_to_come_proves_nothing() {
        assertThat(of(Vouching.LOGIN, Optional.of(NOW.plusMillis(1)), NEVER)).isEqualTo(Setting.UNPROVEN);
    }

    @ParameterizedTest
    @EnumSource(value = Vouching.class, mode = EnumSource.Mode.EXCLUDE, names = "LOGIN")
    void a_session_that_stands_on_less_sets_none_whatever_was_shown_in_it(Vouching vouching) {
        assertThat(of(vouching, JUST_NOW, JUST_NOW)).isEqualTo(Setting.HELD);
    }

    private static Setting of(Vouching vouching, Optional<Instant> vouchedAt, Optional<Instant> identifiedAt) {
        return Setting.of(vouching, vouchedAt, identifiedAt, FRESH, NOW);
    }
}
