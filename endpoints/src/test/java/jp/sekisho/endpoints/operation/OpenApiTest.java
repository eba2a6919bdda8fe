package jp.sekisho.endpoints.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.endpoints.account.AccountResource;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.risk.Level;
import org.junit.jupiter.api.Test;

/** The document says what the code does; that a server answers as it says is shown where one runs. */
class OpenApiTest {

    private static final JsonNode DOCUMENT = read();

    @Test
    void itHasTheRoutesOfTheResourceAndNoOthers() {
        assertThat(DOCUMENT.path("openapi").asText()).isEqualTo("3.1.0");
        Set<String> documented = new TreeSet<>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> Set.of("get", "post").contains(method.getKey()))
                        .forEach(method -> documented.add(method.getKey() + ' ' + path.getKey())));
        Set<String> routes = Stream.of(AccountResource.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Path.class))
                .filter(method -> method.getAnnotation(Path.class).value().matches("(operations|signals).*"))
                .map(OpenApiTest::route)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(routes).isNotEmpty();
    }

    private static String route(Method method) {
        String verb = method.isAnnotationPresent(POST.class)
                ? "post"
                : method.isAnnotationPresent(GET.class) ? "get" : "another";
        return verb + " /" + method.getAnnotation(Path.class).value();
    }

    @Test
    void itsSchemasHaveTheNamesThatTheCodeHas() {
        assertThat(properties("Operation")).isEqualTo(components(OperationView.class));
        assertThat(names(schema("Operation").at("/properties/risk/properties")))
                .isEqualTo(components(OperationView.RiskView.class));
        assertThat(names(schema("Operation").at("/properties/requirement/properties")))
                .isEqualTo(components(OperationView.RequirementView.class));
        assertThat(names(schema("Operation").at("/properties/contact/properties")))
                .isEqualTo(components(OperationView.ContactView.class));
        assertThat(properties("Details")).isEqualTo(components(Details.class));
        assertThat(properties("Payee")).isEqualTo(components(Payee.class));
        assertThat(properties("Money")).isEqualTo(components(Money.class));
    }

    @Test
    void itsWordsAreThoseOfTheCode() {
        Set<State> stored = EnumSet.allOf(State.class);
        stored.remove(State.PROPOSED);
        assertThat(words(schema("Operation").at("/properties/state/enum")))
                .isEqualTo(stored.stream().map(State::name).collect(Collectors.toSet()));
        assertThat(words(schema("Operation").at("/properties/decision/enum")))
                .isEqualTo(of(Outcome.values(), Outcome::name));
        assertThat(words(schema("Operation").at("/properties/cause/enum"))).isEqualTo(of(Cause.values(), Cause::code));
        assertThat(words(schema("Operation").at("/properties/risk/properties/level/enum")))
                .isEqualTo(of(Level.values(), Level::name));
        assertThat(words(schema("Type").path("enum")))
                .isEqualTo(Stream.of(Operation.values())
                        .filter(Operation::ofApps)
                        .map(Operation::name)
                        .collect(Collectors.toSet()));
        assertThat(schema("Operation")
                        .at("/properties/requirement/properties/acr/const")
                        .asText())
                .isEqualTo(OperationView.ACR);
    }

    private static <E> Set<String> of(E[] values, Function<E, String> word) {
        return Stream.of(values).map(word).collect(Collectors.toSet());
    }

    private static Set<String> words(JsonNode list) {
        Set<String> words = new TreeSet<>();
        list.forEach(word -> words.add(word.asText()));
        assertThat(words).isNotEmpty();
        return words;
    }

    private static Set<String> components(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> properties(String schema) {
        return names(schema(schema).path("properties"));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(property -> property.getKey()).collect(Collectors.toSet());
    }

    private static JsonNode schema(String name) {
        return DOCUMENT.at("/components/schemas/" + name);
    }

    private static JsonNode read() {
        try (InputStream document = OpenApi.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(document);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
