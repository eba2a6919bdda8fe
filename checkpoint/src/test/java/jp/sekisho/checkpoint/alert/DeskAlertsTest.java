package jp.sekisho.checkpoint.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.sekisho.checkpoint.notice.NoticeValues;
import org.junit.jupiter.api.Test;

class DeskAlertsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void tellsWhatTheRecordSays() {
        NoticeValues told = DeskAlerts.told(NOW, "source", Map.of("of", "source", "tried", 30));
        assertThat(told.occurredAt()).isEqualTo(NOW);
        assertThat(told.subject()).isEqualTo("source");
        assertThat(told.extra()).isEqualTo(Map.of("of", "source", "tried", "30"));
    }

    /** A client's id is whatever its maker chose. */
    @Test
    void aLinkIsLeftOutAndTheRestIsNot() {
        assertThat(unguarded(List.of("browser: mine", "client https://evil.example browser: mine")))
                .isEqualTo("browser: mine, …");
        assertThat(unguarded(List.of("client evil.example browser: mine")))
                .as("not told as if there were none")
                .isEqualTo("…");
        assertThat(unguarded(List.of())).isEmpty();
    }

    @Test
    void manyAreNotAllNamed() {
        List<String> many =
                IntStream.range(0, 21).mapToObj(i -> "client " + i + ": flow").toList();
        assertThat(unguarded(many)).startsWith("client 0: flow, ").endsWith("client 19: flow, …");
        assertThat(unguarded(many.subList(0, 20))).endsWith("client 19: flow");
    }

    private static String unguarded(List<String> flows) {
        return DeskAlerts.told(NOW, "", Map.of("unguarded", flows)).extra().get("unguarded");
    }
}
