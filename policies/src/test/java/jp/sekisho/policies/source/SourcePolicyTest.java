package jp.sekisho.policies.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import jp.sekisho.policies.evidence.Network.Kind;
import jp.sekisho.policies.source.SourcePolicy.Limits;
import jp.sekisho.policies.source.SourcePolicy.Standing;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePolicyTest {

    private static final SourcePolicy POLICY = new SourcePolicy(
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            new SourcePolicy.Limits(20, 0.5, 100, 0.8),
            new SourcePolicy.Limits(200, 0.5, 1000, 0.8));

    @ParameterizedTest
    @CsvSource({
        "ORDINARY,    20,   20, ORDINARY",
        "ORDINARY,    21,   21, SUSPECT",
        "ORDINARY,    42,   21, ORDINARY",
        "ORDINARY,    41,   21, SUSPECT",
        "ORDINARY,   100,  100, SUSPECT",
        "ORDINARY,   101,  101, HOSTILE",
        "ORDINARY,   127,  101, SUSPECT",
        "ORDINARY,   126,  101, HOSTILE",
        "HOSTING,    101,  101, HOSTILE",
        "SHARED,     200,  200, ORDINARY",
        "SHARED,     201,  201, SUSPECT",
        "SHARED,    1001, 1001, HOSTILE",
    })
    void bothTheNumberAndTheShareAreAboveTheLimit(Kind kind, long tried, long failed, Standing standing) {
        assertThat(POLICY.judge(kind, tried, failed)).isEqualTo(standing);
    }

    @Property
    void manyWhoGetInClearASourceThatTheyShare(
            @ForAll Kind kind, @ForAll @IntRange(max = 5000) int failed, @ForAll @IntRange(max = 5000) int more) {
        assertThat(POLICY.judge(kind, 2L * failed + more, failed)).isEqualTo(Standing.ORDINARY);
    }

    @Property
    void oneMoreFailureNeverImprovesTheStanding(
            @ForAll Kind kind, @ForAll @IntRange(max = 5000) int failed, @ForAll @IntRange(max = 5000) int others) {
        Standing before = POLICY.judge(kind, failed + others, failed);

        assertThat(POLICY.judge(kind, failed + others + 1, failed + 1)).isGreaterThanOrEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "0,  0.5, 100, 0.8, suspect-customers",
        "20, 0.5,  10, 0.8, hostile-customers",
        "20, 0.0, 100, 0.8, suspect-share",
        "20, 0.5, 100, 0.4, hostile-share",
        "20, 0.5, 100, 1.0, hostile-share"
    })
    void absurdLimitsAreNamed(int suspect, double suspectShare, int hostile, double hostileShare, String name) {
        assertThatThrownBy(() -> new Limits(suspect, suspectShare, hostile, hostileShare))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
