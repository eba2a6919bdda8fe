package jp.sekisho.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.password.Fault;
import jp.sekisho.policies.risk.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Pattern KEY = Pattern.compile("[\"'](sekisho-[a-z-]+)[\"']");
    /** What msg() is asked for, with one level of brackets within: ids and classes look like keys. */
    private static final Pattern MESSAGE = Pattern.compile("msg\\((?:[^()]|\\([^()]*\\))*\\)");

    private static final Pattern LINK = Pattern.compile("https?:|www\\.|://");

    /** Without the notices: their templates are mails. */
    private static Stream<String> pageKeys() {
        return Words.ours("ja").stringPropertyNames().stream().filter(key -> !key.startsWith("sekisho-notice"));
    }

    @Test
    void bothLanguagesSayTheSame() {
        assertThat(Words.ours("ja").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(Words.ours("en").stringPropertyNames());
    }

    @Test
    void bothLanguagesTakeTheSameValues() {
        for (String key : Words.ours("ja").stringPropertyNames()) {
            assertThat(values("ja", key)).as(key).isEqualTo(values("en", key));
        }
    }

    private static int values(String language, String key) {
        return new MessageFormat(Words.ours(language).getProperty(key), Locale.ROOT).getFormatsByArgumentIndex().length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void keysAreOursAndStandOnce(String language) throws Exception {
        List<String> keys =
                Files.readAllLines(file("theme-resources/messages/messages_" + language + ".properties")).stream()
                        .filter(line -> line.contains("=") && !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .toList();

        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.startsWith("sekisho"));
    }

    // Decision 10: no link in any message.
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void noLinks(String language) {
        assertThat(Words.ours(language).values())
                .noneMatch(word -> LINK.matcher(word.toString()).find());
    }

    @Test
    void everyReasonHasWords() {
        assertThat(Words.ours("ja").stringPropertyNames())
                .containsAll(
                        Arrays.stream(Reason.values()).map(MessagesTest::key).toList());
    }

    @Test
    void everyFactorHasAName() {
        assertThat(Words.ours("ja").stringPropertyNames())
                .containsAll(
                        Arrays.stream(Factor.values()).map(MessagesTest::key).toList());
    }

    @Test
    void everyRefusedPasswordHasWords() {
        assertThat(Words.ours("ja").stringPropertyNames())
                .containsAll(
                        Arrays.stream(Fault.values()).map(MessagesTest::key).toList());
    }

    /** The words must not tell a stranger what to change: place, network and its owner are one thing to him. */
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void placeAndNetworkShareTheirWords(String language) {
        assertThat(Stream.of(
                                Reason.NEW_COUNTRY,
                                Reason.NEW_NETWORK,
                                Reason.NEW_PREFIX,
                                Reason.NEW_ADDRESS,
                                Reason.IMPOSSIBLE_TRAVEL,
                                Reason.HOSTING_NETWORK,
                                Reason.ANONYMISER_NETWORK)
                        .map(reason -> Words.ours(language).getProperty(key(reason)))
                        .distinct())
                .hasSize(1);
    }

    /** A word under a key that Keycloak does not ask for is never said. */
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void themeOnlyReplacesStockWords(String language) {
        assertThat(Words.all("keycloak.v2", "en").stringPropertyNames())
                .containsAll(Words.read("theme/sekisho/login/messages/messages_" + language + ".properties")
                        .stringPropertyNames());
    }

    /** What Keycloak says by itself above a login that is to be a stronger one: its own words are a program's. */
    @ParameterizedTest
    @ValueSource(strings = {"authenticateStrong", "reauthenticate"})
    void whoIsAskedForMoreIsAskedInTheFirmsWords(String key) {
        assertThat(Words.all("sekisho", "ja").getProperty(key))
                .contains("ご本人確認")
                .endsWith("。");
    }

    @Test
    void whatTheTemplatesSayExists() throws Exception {
        assertThat(Words.ours("ja").stringPropertyNames())
                .containsAll(namedInTemplates().stream()
                        .filter(key -> !key.endsWith("-"))
                        .toList());
    }

    @Test
    void nothingIsLeftOver() throws Exception {
        Set<String> named = namedInTemplates();
        List<String> stems = named.stream().filter(key -> key.endsWith("-")).toList();
        Set<String> ofCode = Stream.of(
                        Arrays.stream(Reason.values()).map(MessagesTest::key),
                        Arrays.stream(Factor.values()).map(MessagesTest::key),
                        Arrays.stream(Fault.values()).map(MessagesTest::key),
                        NAMES_IN_A_CHOICE.stream(),
                        OF_THE_USER_PROFILE.stream(),
                        namedByAuthenticators())
                .flatMap(keys -> keys)
                .collect(Collectors.toSet());

        assertThat(pageKeys())
                .allMatch(key -> named.contains(key)
                        || ofCode.contains(key)
                        || stems.stream().anyMatch(key::startsWith));
    }

    /** Made by Keycloak of the step's id, where an operator's own flow offers a choice of ways. */
    private static final Set<String> NAMES_IN_A_CHOICE =
            Set.of("sekisho-mail-code-display-name", "sekisho-mail-code-help-text");

    /** Errors of our validators, wherever a profile is changed. */
    private static final Set<String> OF_THE_USER_PROFILE =
            Set.of("sekisho-individual-number", "sekisho-profile-masked");

    /** Messages and errors that an authenticator sets on a page. */
    private static Stream<String> namedByAuthenticators() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("..", "authenticators", "src", "main", "java"))) {
            StringBuilder code = new StringBuilder();
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                code.append(Files.readString(source));
            }
            return KEY.matcher(code).results().map(key -> key.group(1)).toList().stream();
        }
    }

    private static String key(Reason reason) {
        return "sekisho-reason-" + reason.code();
    }

    private static String key(Factor factor) {
        return "sekisho-factor-" + factor.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String key(Fault fault) {
        return "sekisho-password-" + fault.code();
    }

    private static Set<String> namedInTemplates() throws IOException, URISyntaxException {
        Set<String> keys = new TreeSet<>();
        for (Path root : List.of(file("theme-resources/templates"), file("theme/sekisho/login"))) {
            try (Stream<Path> templates = Files.walk(root)) {
                for (Path template : templates
                        .filter(path -> path.toString().endsWith(".ftl")
                                && path.getFileName().toString().matches("(sekisho-|footer).*"))
                        .toList()) {
                    MESSAGE.matcher(Files.readString(template))
                            .results()
                            .flatMap(message -> KEY.matcher(message.group()).results())
                            .forEach(key -> keys.add(key.group(1)));
                }
            }
        }
        return keys;
    }

    private static Path file(String resource) throws URISyntaxException {
        return Path.of(MessagesTest.class.getClassLoader().getResource(resource).toURI());
    }
}
