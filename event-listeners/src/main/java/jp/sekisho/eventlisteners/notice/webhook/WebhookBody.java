package jp.sekisho.eventlisteners.notice.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import jp.sekisho.eventlisteners.notice.text.NoticeText;

/**
 * What a webhook is told: who (Keycloak's id, so that the firm finds the telephone number; absent where it is about nobody), what, and the words for it in the
 * customer's language. Personal values are masked; the e-mail address is not in it.
 *
 * @param type {@code notice.} (of what is for the desk, {@code alert.}) and the notice's code
 * @param timestamp when it happened, ISO-8601
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record WebhookBody(String type, String timestamp, Data data) {

    private static final ObjectMapper JSON = new ObjectMapper();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Data(
            String realm,
            String customer,
            String name,
            String locale,
            String device,
            String place,
            String address,
            String factor,
            String client,
            Map<String, String> extra,
            String stopCode,
            Map<String, Long> heldBack,
            Text text) {}

    record Text(String subject, String lead, List<NoticeText.Row> details, String advice) {}

    static String json(OutgoingNotice notice, NoticeText text) {
        NoticeValues values = notice.payload().values();
        Map<String, Long> heldBack = new TreeMap<>();
        notice.heldBack().forEach((held, count) -> heldBack.put(held.code(), count));
        WebhookBody body = new WebhookBody(
                (notice.notice().desk() ? "alert." : "notice.")
                        + notice.notice().code(),
                values.occurredAt().toString(),
                new Data(
                        notice.realm().getName(),
                        notice.userId().orElse(""),
                        notice.customer(),
                        notice.locale().toLanguageTag(),
                        values.device(),
                        values.place(),
                        values.address(),
                        values.factor(),
                        values.client(),
                        values.extra(),
                        notice.stopCode(),
                        heldBack,
                        new Text(text.subject(), text.lead(), text.details(), text.advice())));
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
