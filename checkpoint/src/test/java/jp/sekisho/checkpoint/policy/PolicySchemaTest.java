package jp.sekisho.checkpoint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.sekisho.policies.profile.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.MultivaluedHashMap;

/** The published schema says what the reader does. */
class PolicySchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = resource("policy.schema.json");
    private static final JsonNode SCHEMA = tree(TEXT);
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema VALIDATOR = REGISTRY.getSchema(TEXT, InputFormat.JSON);

    @Test
    void itIsASchema() {
        Schema metaSchema =
                REGISTRY.getSchema(SchemaLocation.of(SCHEMA.path("$schema").asText()));
        assertThat(metaSchema.validate(TEXT, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffaj-2021", "jp-2025"})
    void shippedProfilesAreValid(String profile) {
        assertThat(PolicyDocuments.PROFILES).contains(profile);
        assertThat(errors(resource(profile + ".json"))).isEmpty();
    }

    @Test
    void theWholeProfileIsValidAsTheReaderWritesIt() {
        assertThat(errors(PolicyDocuments.shipped("ffaj-2021").toString())).isEmpty();
    }

    @Test
    void itHasTheKeysOfTheReaderAndNoOthers() {
        compare("", Profile.class, SCHEMA);
    }

    /** What the schema refuses, the reader must refuse too. */
    @ParameterizedTest
    @MethodSource("brokenInOneKey")
    void limitsAndTypesAreTheReaders(String document) {
        assertThat(errors(document)).isNotEmpty();
        assertThatThrownBy(() -> read(document)).isInstanceOf(UnreadablePolicyException.class);
    }

    /** Of each key: a step beyond its limits, nothing, and what no key is. */
    static Stream<String> brokenInOneKey() {
        List<String> documents = broken("", SCHEMA).toList();
        assertThat(documents).hasSizeGreaterThan(250);
        return documents.stream();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "5",
                "\"lockout\"",
                "{\"lockout\":5}",
                "{\"lockout\":{\"lock-aftr\":7}}",
                "{\"lockOut\":{}}",
                "{\"lockout\":{\"lock-after\":\"10\"}}",
                "{\"lockout\":{\"lock-after\":9.5}}",
                "{\"lockout\":{\"window\":\"soon\"}}",
                "{\"lockout\":{\"window\":\"P1M\"}}",
                "{\"lockout\":{\"window\":\"\"}}",
                "{\"lockout\":{\"first-throttle\":\"-PT1S\"}}",
                "{\"retention\":{\"evidence\":\"PT61320H\"}}",
                "{\"requirements\":{\"LOGIN\":{\"LOW\":0}}}",
                "{\"requirements\":{\"LOGIN\":{\"LOW\":\"ANYTHING\"}}}",
                "{\"requirements\":{\"LOGIN\":{\"NONE\":\"NOTHING\"}}}",
                "{\"requirements\":{\"LOGOUT\":{\"LOW\":\"NOTHING\"}}}",
                "{\"requirements\":{\"LOGIN\":null}}",
                "{\"notices\":{\"choices\":{\"LOGIN\":null}}}",
                "{\"notices\":{\"choices\":{\"login\":\"ALWAYS\"}}}",
                "{\"risk\":{\"fit\":{\"calibrated\":\"true\"}}}",
                "{\"risk\":{\"operations\":{\"TRADE\":\"1\"}}}",
                "{\"risk\":{\"zone\":\"\"}}",
                "{\"risk\":{\"zone\":9}}",
                "{\"migration\":{\"stages\":[null]}}",
                "{\"migration\":{\"stages\":[{\"from\":\"2026-04-01\"}]}}",
                "{\"migration\":{\"stages\":[{\"from\":\"soon\",\"ask\":\"CLOSED\",\"whom\":\"EVERYBODY\"}]}}",
                "{\"migration\":{\"stages\":[{\"from\":\"2026-13-01\",\"ask\":\"CLOSED\",\"whom\":\"EVERYBODY\"}]}}",
                "{\"migration\":{\"stages\":[{\"from\":20000,\"ask\":\"CLOSED\",\"whom\":\"EVERYBODY\"}]}}",
                "{\"migration\":{\"stages\":[{\"from\":\"2026-04-01\",\"ask\":\"LATER\",\"whom\":\"EVERYBODY\"}]}}",
                "{\"passwords\":{\"words\":\"firm\"}}",
                "{\"passwords\":{\"words\":[5]}}",
                "{\"passwords\":{\"words\":[null]}}",
                "{\"passwords\":{\"words\":[\"ab\"]}}"
            })
    void whatIsBrokenIsRefusedByBoth(String document) {
        assertThat(errors(document)).isNotEmpty();
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(UnreadablePolicyException.class)
                .message()
                .doesNotEndWith("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"lockout\":{\"window\":\"P2DT12H\"}}",
                "{\"source\":{\"window\":\"PT0.5S\"}}",
                "{\"retention\":{\"evidence\":\"P18M\"}}",
                "{\"requirements\":{\"LOGIN\":{\"LOW\":\"STRONGEST_FACTOR\"}}}",
                "{\"requirements\":{\"CREDENTIAL_CHANGE\":{\"LOW\":\"PHISHING_RESISTANT\",\"MEDIUM\":\"REFUSED\"}}}",
                "{\"notices\":{\"choices\":{\"NEW_DEVICE\":\"DEFAULT_OFF\"}}}",
                "{\"migration\":{\"stages\":[{\"from\":\"2026-04-01\",\"ask\":\"CLOSED\",\"whom\":\"EVERYBODY\"}]}}",
                "{\"exemption\":{\"longest\":\"P6M\"}}",
                "{\"passwords\":{\"words\":[\"Sekisho\",\"関所証券\"]}}",
                "{\"risk\":{\"smoothing\":2,\"operations\":{\"TRADE\":-1.5},\"zone\":\"UTC\"}}"
            })
    void whatIsRightIsTakenByBoth(String document) {
        assertThat(errors(document)).isEmpty();
        assertThatCode(() -> read(document)).doesNotThrowAnyException();
    }

    private static void compare(String path, Type type, JsonNode at) {
        JsonNode schema = resolved(at);
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            assertThat(schema.path("type").asText()).as(path).isEqualTo("array");
            compare(path + "[]", list.getActualTypeArguments()[0], schema.path("items"));
        } else if (type instanceof ParameterizedType map) {
            assertThat(map.getRawType()).as(path).isEqualTo(Map.class);
            compare(path + ".<key>", map.getActualTypeArguments()[0], schema.path("propertyNames"));
            compare(path + ".<value>", map.getActualTypeArguments()[1], schema.path("additionalProperties"));
        } else if (((Class<?>) type).isRecord()) {
            RecordComponent[] components = ((Class<?>) type).getRecordComponents();
            assertThat(schema.path("additionalProperties").asText()).as(path).isEqualTo("false");
            assertThat(schema.path("properties").fieldNames())
                    .toIterable()
                    .as(path)
                    .containsExactlyInAnyOrder(
                            Stream.of(components).map(PolicySchemaTest::key).toArray(String[]::new));
            for (RecordComponent component : components) {
                JsonNode property = schema.path("properties").path(key(component));
                String below = path + "." + key(component);
                assertThat(property.path("title").asText()).as(below).isNotBlank();
                assertThat(described(property)).as(below + " has a description").isTrue();
                compare(below, component.getGenericType(), property);
            }
        } else if (((Class<?>) type).isEnum()) {
            assertThat(schema.path("enum"))
                    .as(path)
                    .extracting(JsonNode::asText)
                    .containsExactly(Stream.of(((Class<?>) type).getEnumConstants())
                            .map(Object::toString)
                            .toArray(String[]::new));
        } else {
            assertThat(schema.path("type").asText()).as(path).isEqualTo(jsonType((Class<?>) type));
            assertThat(at.path("$ref").asText().equals("#/$defs/duration"))
                    .as(path)
                    .isEqualTo(type == Duration.class);
            assertThat(at.path("$ref").asText().equals("#/$defs/period"))
                    .as(path)
                    .isEqualTo(type == Period.class);
            assertThat(at.path("$ref").asText().equals("#/$defs/date")).as(path).isEqualTo(type == LocalDate.class);
        }
    }

    private static boolean described(JsonNode property) {
        return property.hasNonNull("description") || resolved(property).hasNonNull("description");
    }

    private static String jsonType(Class<?> type) {
        if (type == int.class) {
            return "integer";
        } else if (type == double.class || type == Double.class) {
            return "number";
        } else if (type == boolean.class) {
            return "boolean";
        } else if (type == String.class
                || type == Duration.class
                || type == Period.class
                || type == LocalDate.class
                || type == ZoneId.class) {
            return "string";
        }
        return fail("a type that the schema has no word for: " + type);
    }

    private static String key(RecordComponent component) {
        return ((PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.KEBAB_CASE)
                .translate(component.getName());
    }

    private static Stream<String> broken(String pointer, JsonNode at) {
        Stream<String> here = pointer.isEmpty()
                ? Stream.empty()
                : Stream.of(document(pointer, NullNode.getInstance()), document(pointer, ofNoType(resolved(at))));
        return Stream.concat(here, beyond(pointer, resolved(at)));
    }

    /** What no key is; an empty array is a list without anything in it. */
    private static JsonNode ofNoType(JsonNode schema) {
        ArrayNode empty = JSON.createArrayNode();
        return schema.path("type").asText().equals("array") ? empty.add(JSON.createArrayNode()) : empty;
    }

    private static Stream<String> beyond(String pointer, JsonNode schema) {
        if (schema.path("type").asText().equals("object")) {
            Stream<String> named = schema.path("properties").properties().stream()
                    .flatMap(property -> broken(pointer + "/" + property.getKey(), property.getValue()));
            JsonNode others = schema.path("additionalProperties");
            return others.isObject()
                    ? resolved(schema.path("propertyNames"))
                            .path("enum")
                            .valueStream()
                            .flatMap(key -> broken(pointer + "/" + key.asText(), others))
                    : named;
        }
        BigDecimal step = schema.path("type").asText().equals("integer") ? BigDecimal.ONE : new BigDecimal("0.00001");
        return Stream.of(
                        limit(schema, "minimum", step.negate()),
                        limit(schema, "maximum", step),
                        limit(schema, "exclusiveMinimum", BigDecimal.ZERO),
                        limit(schema, "exclusiveMaximum", BigDecimal.ZERO))
                .flatMap(List::stream)
                .map(value -> document(pointer, DecimalNode.valueOf(value)));
    }

    private static List<BigDecimal> limit(JsonNode schema, String keyword, BigDecimal beyond) {
        return schema.has(keyword) ? List.of(schema.path(keyword).decimalValue().add(beyond)) : List.of();
    }

    private static String document(String pointer, JsonNode value) {
        String[] keys = pointer.substring(1).split("/");
        JsonNode document = value;
        for (String key : IntStream.rangeClosed(1, keys.length)
                .mapToObj(i -> keys[keys.length - i])
                .toList()) {
            ObjectNode parent = JSON.createObjectNode();
            parent.set(key, document);
            document = parent;
        }
        return document.toString();
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? SCHEMA.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static List<Error> errors(String document) {
        return VALIDATOR.validate(document, InputFormat.JSON);
    }

    private static RealmPolicy read(String changes) {
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        config.putSingle(PolicyDocuments.CHANGES, changes);
        return PolicyDocuments.read(config);
    }

    private static String resource(String name) {
        try (InputStream in = Profile.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
