package jp.sekisho.checkpoint.interim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import jp.sekisho.checkpoint.interim.Interim.Kind;
import jp.sekisho.checkpoint.interim.Interim.Permit;
import jp.sekisho.policies.interim.Standing;
import org.junit.jupiter.api.Test;

class PermitTest {

    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void whoIsOnHisWayMayUseAPasswordUntilThen() {
        Optional<Permit> migration = Optional.of(new Permit(Kind.MIGRATION, Optional.of(UNTIL)));
        assertThat(Permit.of(new Standing.Invited(UNTIL))).isEqualTo(migration);
        assertThat(Permit.of(new Standing.Postponable(UNTIL, 1, LocalDate.parse("2026-12-01"))))
                .isEqualTo(migration);
        assertThat(Permit.of(new Standing.Required(UNTIL))).isEqualTo(migration);
    }

    @Test
    void whoIsExemptMayAndOnceItEndedToEnrol() {
        Optional<Permit> exemption = Optional.of(new Permit(Kind.EXEMPTION, Optional.of(UNTIL)));
        assertThat(Permit.of(new Standing.Exempt(UNTIL))).isEqualTo(exemption);
        assertThat(Permit.of(new Standing.Lapsed(UNTIL))).isEqualTo(exemption);
        assertThat(Permit.of(new Standing.Awaiting(UNTIL, true))).isEqualTo(exemption);
    }

    @Test
    void nobodyElseMay() {
        assertThat(Permit.of(new Standing.None())).isEmpty();
    }
}
