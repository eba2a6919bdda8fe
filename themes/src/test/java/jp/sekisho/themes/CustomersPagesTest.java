package jp.sekisho.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.interim.Ask;
import jp.sekisho.policies.interim.Standing;
import jp.sekisho.policies.operation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The customers' pages: their words and files. Whether they work, a browser tells (CustomersPagesIT). */
class CustomersPagesTest {

    private static final String PREFIX = "sekisho-pages-";
    private static final Pattern VALUE = Pattern.compile("\\{\\d}");
    private static final Pattern LINK = Pattern.compile("https?:|www\\.|://");
    /** What a page says with say(), also where it chooses between two. */
    private static final Pattern SAID = Pattern.compile("say\\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\)");

    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:-[a-z]+)*)\"");
    /** What is said when something was done. */
    private static final Pattern TOLD = Pattern.compile(
            "\"((?:devices|notices|addresses|access-rules|freeze|limits|operations|payees)"
                    + "-(?:removed(?:-all)?|renamed|saved|done|made|sent|added|taken-back|abroad-opened|abroad-closed|cancelled))\"");

    private static final Pattern PROBLEMS = Pattern.compile("PROBLEMS = new Set\\(\\[([^\\]]*)]");
    private static final Pattern COUNTED = Pattern.compile("counted\\(\"([a-z-]+)\"\\)");

    private static Properties words(String language) {
        return Words.read("theme-resources/messages/sekisho-pages_" + language + ".properties");
    }

    @Test
    void bothLanguagesSayTheSameAndTakeTheSameValues() {
        Properties ja = words("ja");
        Properties en = words("en");
        assertThat(ja.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(en.stringPropertyNames());
        assertThat(ja.stringPropertyNames())
                .allSatisfy(key -> assertThat(values(ja, key)).as(key).isEqualTo(values(en, key)));
    }

    private static Set<String> values(Properties words, String key) {
        return VALUE.matcher(words.getProperty(key))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // Decision 10; and the pages know nothing of MessageFormat's apostrophes.
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void noLinksAndNoApostrophes(String language) {
        assertThat(words(language).values())
                .extracting(Object::toString)
                .noneMatch(word -> LINK.matcher(word).find())
                .noneMatch(word -> word.contains("'"));
        assertThat(words(language).stringPropertyNames()).allMatch(key -> key.startsWith(PREFIX));
    }

    @Test
    void whatThePagesSayExists() throws Exception {
        Set<String> keys = words("ja").stringPropertyNames();
        String code = code();
        Stream<String> said = SAID.matcher(code)
                .results()
                .flatMap(call -> LITERAL.matcher(call.group(1)).results())
                .map(key -> key.group(1));
        Stream<String> told = TOLD.matcher(code).results().map(key -> key.group(1));
        assertThat(Stream.concat(said, told).map(key -> PREFIX + key).toList())
                .hasSizeGreaterThan(50)
                .allSatisfy(key -> assertThat(keys).contains(key));
        assertThat(PROBLEMS.matcher(code)
                        .results()
                        .flatMap(set -> LITERAL.matcher(set.group(1)).results()))
                .hasSizeGreaterThan(5)
                .allSatisfy(problem -> assertThat(keys).contains(PREFIX + "problem-" + problem.group(1)));
        assertThat(COUNTED.matcher(code).results().map(kind -> PREFIX + kind.group(1) + "-1"))
                .hasSizeGreaterThan(3)
                .allSatisfy(key -> assertThat(keys).contains(key));
    }

    @Test
    void everyViewHasATitleAndEveryOperationAName() throws Exception {
        Set<String> keys = words("ja").stringPropertyNames();
        assertThat(Pattern.compile("\\bid: \"([a-z-]+)\"")
                        .matcher(code())
                        .results()
                        .map(view -> view.group(1)))
                .hasSizeGreaterThan(8)
                .allSatisfy(view -> assertThat(keys).contains(PREFIX + view + "-title"));
        assertThat(Operation.values())
                .allSatisfy(operation -> assertThat(keys)
                        .contains(PREFIX + "operation-"
                                + operation.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    // JP25-4
    @Test
    void everyStageAndEveryStandingHasWords() {
        Set<String> keys = words("ja").stringPropertyNames();
        assertThat(Ask.values())
                .extracting(ask -> PREFIX + "schedule-" + ask.name().toLowerCase(Locale.ROOT))
                .isSubsetOf(keys);
        assertThat(Standing.class.getPermittedSubclasses())
                .extracting(standing ->
                        PREFIX + "schedule-standing-" + standing.getSimpleName().toLowerCase(Locale.ROOT))
                .isNotEmpty()
                .isSubsetOf(keys);
    }

    @Test
    void everyFileIsListed() throws Exception {
        Path folder = folder();
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> there = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.equals("assets.txt"))
                    .sorted()
                    .toList();
            assertThat(Files.readAllLines(folder.resolve("assets.txt"))).isEqualTo(there);
        }
    }

    /** Strict content security policy: nothing inline, nothing evaluated, nothing kept in the browser but the way back. */
    @Test
    void noTokenIsKeptAndNothingIsEvaluated() throws Exception {
        assertThat(code())
                .doesNotContain("localStorage", "eval(", "innerHTML", "unsafeHTML", "document.write", "style=");
        assertThat(code().split("sessionStorage\\.setItem", -1)).hasSize(3);
    }

    private static String code() throws IOException, URISyntaxException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> !file.endsWith("lit-html.js"))
                    .toList()) {
                code.append(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return code.toString();
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(CustomersPagesTest.class
                        .getClassLoader()
                        .getResource("sekisho-pages/assets.txt")
                        .toURI())
                .getParent();
    }
}
