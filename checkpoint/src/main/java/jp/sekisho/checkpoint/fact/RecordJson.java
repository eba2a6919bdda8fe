package jp.sekisho.checkpoint.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Map;

/** The text of a record of the evidence log. Keys are sorted, so that the same record is the same text. */
public final class RecordJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private RecordJson() {}

    public static String write(Map<String, ?> content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static JsonNode read(String content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("not a record of the evidence log", foreign);
        }
    }

    /** A part of a record as what it was written from. */
    public static <T> T as(Class<T> type, JsonNode part) {
        return JSON.convertValue(part, type);
    }
}
