package jp.sekisho.checkpoint.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * What waits in the outbox for a notice.
 *
 * @param recipient the e-mail address the customer had when it happened: whoever changes it a minute later does not
 *     receive what was meant for its owner; never leaves through another channel than mail; empty where he had none
 */
public record NoticePayload(String recipient, NoticeValues values) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalArgumentException if the text is no payload */
    public static NoticePayload fromJson(String json) {
        try {
            return JSON.readValue(json, NoticePayload.class);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException("no notice: " + wrong.getOriginalMessage(), wrong);
        }
    }
}
