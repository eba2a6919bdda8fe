package jp.sekisho.policies.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecoysTest {

    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final List<Population.Count> REALM = List.of(
            new Population.Count(Dimension.COUNTRY, "JP", 90),
            new Population.Count(Dimension.PREFIX, "JP|4713|114.164.71.0/24", 60),
            new Population.Count(Dimension.PREFIX, "JP|2516|106.128.0.0/24", 30),
            new Population.Count(Dimension.PREFIX, "SG|4657|203.116.0.0/24", 10),
            new Population.Count(Dimension.BROWSER_VERSION, "desktop|Windows|Chrome|140", 70));

    private final Decoys decoys = Decoys.of(REALM);

    @Test
    void theSameNameHasTheSameHistory() {
        String name = hash(new Random(1));
        assertThat(decoys.history(name, NOW)).isEqualTo(decoys.history(name, NOW));
    }

    @Test
    void namesThatNobodyHasLiveWhereCustomersLiveAndSomeAreNew() {
        Random random = new Random(7);
        Map<String, Integer> drawn = new HashMap<>();
        int names = 20_000;
        for (int i = 0; i < names; i++) {
            List<Statistic> history = decoys.history(hash(random), NOW);
            String home = history.stream()
                    .filter(row -> row.dimension() == Dimension.PREFIX)
                    .map(Statistic::key)
                    .findFirst()
                    .orElse("new");
            drawn.merge(home, 1, Integer::sum);
        }
        assertThat(drawn.get("new") / (double) names).isCloseTo(0.2, within(0.02));
        double settled = names - drawn.get("new");
        assertThat(drawn.get("JP|4713|114.164.71.0/24") / settled).isCloseTo(0.6, within(0.02));
        assertThat(drawn.get("JP|2516|106.128.0.0/24") / settled).isCloseTo(0.3, within(0.02));
        assertThat(drawn.get("SG|4657|203.116.0.0/24") / settled).isCloseTo(0.1, within(0.02));
    }

    @Test
    void aHistoryHoldsTheWholeChain() {
        String settled = "1".repeat(16) + "0".repeat(32) + "0".repeat(16);
        assertThat(decoys.history(settled, NOW))
                .extracting(Statistic::dimension)
                .containsExactlyInAnyOrder(
                        Dimension.COUNTRY,
                        Dimension.ASN,
                        Dimension.PREFIX,
                        Dimension.DEVICE_TYPE,
                        Dimension.OS,
                        Dimension.BROWSER,
                        Dimension.BROWSER_VERSION,
                        Dimension.LOGINS,
                        Dimension.LOGINS_TOTAL);
    }

    @Test
    void aRealmThatHasLearnedNothingHasNoDecoys() {
        assertThat(Decoys.of(List.of()).history("f".repeat(64), NOW)).isEmpty();
    }

    private static String hash(Random random) {
        return String.format(
                "%016x%016x%016x%016x", random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
