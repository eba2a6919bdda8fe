package jp.sekisho.integrationtests.catalogue;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rule catalogue and the sources speak of the same rules. */
class CatalogueTest {

    /** {@code FFAJ-1.2-S3}, {@code FFAJ-2.1-B}, {@code JP25-10}; not the start of a longer word. */
    private static final Pattern CITATION = Pattern.compile("\\b(?:FFAJ-\\d(?:\\.\\d)?-[SB]\\d*[ab]?|JP25-\\d+)\\b");

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern SOURCE = Pattern.compile(".*/src/.*\\.(java|ftl|properties|json|xml)");

    enum State {
        @JsonProperty("done")
        DONE,
        @JsonProperty("partial")
        PARTIAL,
        @JsonProperty("planned")
        PLANNED,
        @JsonProperty("organisational")
        ORGANISATIONAL
    }

    record Rule(
            String id,
            String source,
            String kind,
            String ja,
            String en,
            State state,
            String control,
            List<String> tests) {

        Rule {
            tests = tests == null ? List.of() : tests;
        }
    }

    record Catalogue(int format, Map<String, Map<String, Object>> sources, List<Rule> rules) {}

    private static Catalogue catalogue;
    private static List<Path> sources;

    @BeforeAll
    static void read() throws IOException {
        ObjectMapper yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream document = Operation.class.getResourceAsStream("/jp/sekisho/policies/catalogue/rules.yaml")) {
            catalogue = yaml.readValue(document, Catalogue.class);
        }
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(file -> {
                        String path = "/" + ROOT.relativize(file);
                        return SOURCE.matcher(path).matches() && !path.contains("/target/") && !path.startsWith("/.");
                    })
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    @Test
    void whatTheSourcesCiteStandsInTheCatalogue() throws IOException {
        Set<String> cited = new TreeSet<>();
        for (Path source : sources) {
            if (!source.getFileName().toString().equals("CatalogueTest.java")) {
                CITATION.matcher(Files.readString(source, StandardCharsets.UTF_8))
                        .results()
                        .map(MatchResult::group)
                        .forEach(cited::add);
            }
        }

        assertThat(cited).contains("FFAJ-1.2-S3");
        assertThat(ids()).containsAll(cited);
    }

    @Test
    void eachRuleStandsOnceAndIsComplete() {
        assertThat(catalogue.rules()).hasSizeGreaterThan(60);
        assertThat(catalogue.rules()).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(catalogue.rules()).allSatisfy(rule -> {
            assertThat(rule.id()).matches(CITATION);
            assertThat(catalogue.sources()).containsKey(rule.source());
            assertThat(rule.id()).startsWith(rule.source() + "-");
            assertThat(rule.kind()).isIn("S", "B");
            assertThat(rule.ja()).isNotBlank();
            assertThat(rule.en()).isNotBlank();
            assertThat(rule.state()).isNotNull();
        });
    }

    @Test
    void nobodyClaimsWhatIsNotThere() {
        assertThat(catalogue.rules()).allSatisfy(rule -> {
            switch (rule.state()) {
                case DONE -> {
                    assertThat(rule.control()).isNotBlank();
                    assertThat(rule.tests()).isNotEmpty();
                }
                case PARTIAL -> assertThat(rule.control()).isNotBlank();
                case PLANNED, ORGANISATIONAL -> {
                    assertThat(rule.control()).isNull();
                    assertThat(rule.tests()).isEmpty();
                }
            }
        });
    }

    @Test
    void theTestsThatAreNamedExist() {
        Set<String> existing = sources.stream()
                .filter(source -> source.toString().contains("/src/test/"))
                .map(source -> source.getFileName().toString().replaceFirst("\\.java$", ""))
                .collect(Collectors.toSet());

        assertThat(catalogue.rules().stream()
                        .flatMap(rule -> rule.tests().stream())
                        .filter(not(existing::contains)))
                .isEmpty();
    }

    private static Set<String> ids() {
        return catalogue.rules().stream().map(Rule::id).collect(Collectors.toSet());
    }
}
