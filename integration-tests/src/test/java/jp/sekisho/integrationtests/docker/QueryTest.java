package jp.sekisho.integrationtests.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void metricsAndLabelsAreFound() {
        assertThat(Query.of("histogram_quantile(0.99, sum by (le, channel) (rate(a_bucket{realm=~\"$realm\"}[5m])))"))
                .isEqualTo(new Query(Set.of("a_bucket"), Set.of("le", "channel", "realm")));
        assertThat(Query.of("(a_total unless a_total offset 10m) or increase(b_total[$__rate_interval]) > 1e3"))
                .isEqualTo(new Query(Set.of("a_total", "b_total"), Set.of()));
        assertThat(Query.of("abs(a_seconds) > 50 * 86400 and up{job=\"keycloak\"} == 0"))
                .isEqualTo(new Query(Set.of("a_seconds", "up"), Set.of()));
        assertThat(Query.of("sum(a) by (kind) / 3")).isEqualTo(new Query(Set.of("a"), Set.of("kind")));
    }

    @Test
    void whatANodePublishesIsRead() {
        Exposition seen = Exposition.of("""
                # HELP a_total Things
                # TYPE a_total counter
                a_total{realm="broker",what="x, y=\\"z\\""} 3.0
                b_seconds 0.5
                """);
        assertThat(seen.labels()).isEqualTo(Map.of("a_total", Set.of("realm", "what"), "b_seconds", Set.of()));
    }
}
