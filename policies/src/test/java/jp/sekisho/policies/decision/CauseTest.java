package jp.sekisho.policies.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

// JP25-7, JP25-10
class CauseTest {

    @Test
    void aFreezeAndALockKeepOutInMonitorModeAndNoJudgementDoes() {
        assertThat(Stream.of(Cause.values()).filter(Cause::certain)).containsExactly(Cause.FROZEN, Cause.LOCKED);
    }
}
