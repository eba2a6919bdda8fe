package jp.sekisho.checkpoint.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import org.junit.jupiter.api.Test;

class AlertTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aboutNobody() {
        Alert alert = Alert.of(
                row(Optional.empty(), Map.of("what", "proposal", "result", "PROPOSED", "of", "POLICY")), Map.of());
        assertThat(alert.what()).isEqualTo("proposal");
        assertThat(alert.customer()).isEmpty();
        assertThat(alert.user()).isEmpty();
        assertThat(alert.details()).hasToString("{\"of\":\"POLICY\",\"result\":\"PROPOSED\"}");
    }

    @Test
    void aboutACustomerWhoseFreezeIsOnFileAndAboutAnother() {
        EvidenceRow row = row(Optional.of("pseudonym"), Map.of("result", "contained", "session", "held"));
        Alert alert = Alert.of(row, Map.of("pseudonym", "user"));
        assertThat(alert.what()).isEqualTo("contained");
        assertThat(alert.position()).isEqualTo(new Position(NOW, row.id()));
        assertThat(alert.customer()).contains("pseudonym");
        assertThat(alert.user()).contains("user");
        assertThat(alert.decision()).contains("decision");
        assertThat(alert.details()).hasToString("{\"session\":\"held\"}");
        assertThat(Alert.of(row, Map.of("another", "user")).user()).isEmpty();
    }

    @Test
    void listsStayLists() {
        EvidenceRow row =
                row(Optional.empty(), Map.of("what", "unguarded-flows", "unguarded", List.of("a: b", "c: d")));
        assertThat(Alert.of(row, Map.of()).details().path("unguarded")).hasSize(2);
    }

    private static EvidenceRow row(Optional<String> customer, Map<String, Object> details) {
        return Facts.row("realm", Kind.ALERT, Optional.of("decision"), customer, Optional.of("v1"), NOW, details);
    }
}
