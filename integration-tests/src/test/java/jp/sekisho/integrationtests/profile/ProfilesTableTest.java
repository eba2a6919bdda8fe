package jp.sekisho.integrationtests.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jp.sekisho.policies.password.RuleSet;
import jp.sekisho.policies.profile.Profile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The READMEs show the two profiles side by side: each key with its values, as the documents have them. */
class ProfilesTableTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String HEAD = "| | `jp-2025` | `ffaj-2021` |";
    private static final String ABSENT = "-";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z-]*(\\.[A-Za-z_-]+)+");
    private static final Pattern VALUE =
            Pattern.compile("[A-Z_]{3,}|P[T0-9]\\w+|[0-9.]+|true|false|nist-63b4|ffaj-2021|" + ABSENT);

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ja.md"})
    void theTableSaysWhatTheProfilesSay(String readme) throws IOException {
        Map<String, String> passkeys = values("jp-2025");
        Map<String, String> passwords = values("ffaj-2021");
        Set<String> shown = new TreeSet<>();
        for (String row : rows(readme)) {
            String[] cells = row.split("\\|");
            List<String> keys = codes(cells[1], KEY);
            assertThat(keys)
                    .as(row)
                    .isNotEmpty()
                    .allMatch(key -> passkeys.containsKey(key) || passwords.containsKey(key));
            assertThat(codes(cells[2], VALUE)).as(row).isEqualTo(of(keys, passkeys));
            assertThat(codes(cells[3], VALUE)).as(row).isEqualTo(of(keys, passwords));
            shown.addAll(keys);
        }
        Set<String> different = new TreeSet<>(passkeys.keySet());
        different.addAll(passwords.keySet());
        different.removeIf(key -> of(List.of(key), passkeys).equals(of(List.of(key), passwords)));
        assertThat(different).as("the profiles do differ").isNotEmpty();
        assertThat(shown).as("wherever the profiles differ").containsAll(different);
    }

    private static List<String> rows(String readme) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(readme));
        int head = lines.indexOf(HEAD);
        assertThat(head).as("the table of " + readme).isNotNegative();
        return lines.stream()
                .skip(head + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static List<String> codes(String cell, Pattern kind) {
        return CODE.matcher(cell)
                .results()
                .map(code -> code.group(1))
                .filter(code -> kind.matcher(code).matches())
                .toList();
    }

    private static List<String> of(List<String> keys, Map<String, String> values) {
        return keys.stream().map(key -> values.getOrDefault(key, ABSENT)).toList();
    }

    /** By key, as {@code session.idle}. */
    private static Map<String, String> values(String profile) throws IOException {
        Map<String, String> values = new TreeMap<>();
        collect("", document(Profile.class, profile), values);
        collect("passwords", document(RuleSet.class, values.get("passwords.rules")), values);
        return values;
    }

    private static JsonNode document(Class<?> beside, String name) throws IOException {
        try (InputStream document = beside.getResourceAsStream(name + ".json")) {
            return new ObjectMapper().readTree(document);
        }
    }

    private static void collect(String key, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> collect(
                            key.isEmpty() ? entry.getKey() : key + '.' + entry.getKey(), entry.getValue(), values));
        } else {
            values.put(key, node.isValueNode() ? node.asText() : node.toString());
        }
    }
}
