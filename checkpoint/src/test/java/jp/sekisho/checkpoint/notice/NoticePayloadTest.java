package jp.sekisho.checkpoint.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NoticePayloadTest {

    private static final NoticeValues VALUES = NoticeValues.at(Instant.parse("2026-01-31T15:05:00Z"))
            .about("decision-1")
            .on("Chrome (Windows)")
            .from("日本", "198.51.***.***")
            .with("passkey")
            .to("トレード")
            .and("by", "staff");

    @Test
    void comesBack() {
        NoticePayload payload = new NoticePayload("taro@example.jp", VALUES);
        assertThat(NoticePayload.fromJson(payload.toJson())).isEqualTo(payload);
    }

    @Test
    void readsWhatALaterVersionWrote() {
        assertThat(NoticePayload.fromJson(
                                "{\"recipient\":\"\",\"new\":1,\"values\":{\"occurredAt\":\"2026-01-31T15:05:00Z\",\"x\":2}}")
                        .values())
                .isEqualTo(NoticeValues.at(Instant.parse("2026-01-31T15:05:00Z")));
    }

    @Test
    void refusesWhatIsNoPayload() {
        assertThatThrownBy(() -> NoticePayload.fromJson("[]")).isInstanceOf(IllegalArgumentException.class);
    }
}
