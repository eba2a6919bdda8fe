package jp.sekisho.benchmarks.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoundTest {

    @Test
    void percentilesAreOfTheSortedLogins() {
        List<Long> millis = new ArrayList<>(
                LongStream.rangeClosed(1, 100).map(ms -> ms * 1_000_000).boxed().toList());
        Collections.reverse(millis);
        Round round = new Round(millis, 50_000_000_000L, new ProcessorTime(400_000_000, 8_000_000, 100_000_000));
        assertThat(round.percentile(0.5)).isEqualTo(50);
        assertThat(round.percentile(0.95)).isEqualTo(95);
        assertThat(round.throughput()).isEqualTo(2);
        assertThat(round.server()).isEqualTo(4);
        assertThat(round.compiling()).isEqualTo(0.02);
        assertThat(round.database()).isEqualTo(1);
    }

    @Test
    void oneLoginIsEveryPercentile() {
        Round round = new Round(List.of(7_000_000L), 1_000_000_000L, ProcessorTime.NONE);
        assertThat(round.percentile(0)).isEqualTo(7);
        assertThat(round.percentile(0.95)).isEqualTo(7);
    }
}
