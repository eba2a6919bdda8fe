package jp.sekisho.endpoints.caller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.mynumber.IndividualNumber;

/** The JSON of a request, read strictly into a record: what the record does not know, or refuses, is a problem that names the key. */
public final class Body {

    private static final int LONGEST = 64 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Body() {}

    /**
     * A record's constructor refuses with an {@link IllegalArgumentException} whose message may be shown to the caller.
     *
     * @throws Unreadable with the answer for the caller
     */
    public static <T> T read(String body, Class<T> type) throws Unreadable {
        if (body != null && body.length() > LONGEST) {
            throw new Unreadable("body", "At most " + LONGEST + " characters are read.");
        }
        try {
            T read = JSON.readValue(body == null ? "" : body, type);
            if (read == null) {
                throw new Unreadable("body", "A JSON object is required.");
            }
            refuseIndividualNumbers("", JSON.readTree(body));
            return read;
        } catch (ValueInstantiationException refused) {
            throw new Unreadable("body", refused.getCause().getMessage());
        } catch (JsonMappingException wrong) {
            throw new Unreadable("body", path(wrong) + " is missing, unknown or of the wrong type.");
        } catch (JsonProcessingException notJson) {
            throw new Unreadable("body", "A JSON object is required.");
        }
    }

    /** Whatever somebody sends here may be kept, and this must not be. */
    // FFAJ-2.2-S4
    private static void refuseIndividualNumbers(String path, JsonNode node) throws Unreadable {
        if (node.isValueNode() && IndividualNumber.in(node.asText())) {
            throw new Unreadable(
                    "individual-number",
                    path + " holds, or looks like, an individual number (My Number), which must not be sent here.");
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            refuseIndividualNumbers(
                    path.isEmpty() ? property.getKey() : path + '.' + property.getKey(), property.getValue());
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                refuseIndividualNumbers(path, element);
            }
        }
    }

    private static String path(JsonMappingException wrong) {
        String path = wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "A key" : path;
    }

    /** What was sent cannot be read; {@link #answer()} says why. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final String code;

        Unreadable(String code, String detail) {
            super(detail);
            this.code = code;
        }

        public Response answer() {
            return Problem.badRequest(code, getMessage());
        }
    }

    /** What is done for a caller; what he sent may turn out unreadable. */
    @FunctionalInterface
    public interface Work<T> {

        Response on(T caller) throws Unreadable;

        /** The answer, also to what cannot be read. */
        default Response answer(T caller) {
            try {
                return on(caller);
            } catch (Unreadable unreadable) {
                return unreadable.answer();
            }
        }
    }
}
