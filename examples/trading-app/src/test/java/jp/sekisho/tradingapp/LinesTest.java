package jp.sekisho.tradingapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much an existing app must add is said with numbers: these. */
class LinesTest {

    private static final Path SOURCES = Path.of("src/main/java/jp/sekisho/tradingapp");
    private static final Pattern NO_CODE = Pattern.compile("\\s*|import .*|package .*|\\s*(/\\*\\*|\\*|//).*");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', textBlock = """
            README.md          ! operations         ! `operations` \\| (\\d+), with imports and comments; (\\d+) without
            README.md          ! account            ! `KeyTokens` \\| (\\d+); (\\d+) without
            ../../README.md    ! operations account ! some (\\d+) lines, (\\d+) without imports and comments
            ../../README.ja.md ! operations account ! 約 (\\d+) 行（import とコメントを除いて約 (\\d+) 行）
            """)
    void theReadmeCountsWhatIsThere(Path readme, String packages, String words) throws IOException {
        MatchResult said = Pattern.compile(words)
                .matcher(Files.readString(readme))
                .results()
                .findFirst()
                .orElseThrow();
        List<String> lines = lines(packages.split(" "));
        long code =
                lines.stream().filter(line -> !NO_CODE.matcher(line).matches()).count();
        assertThat(Integer.parseInt(said.group(1))).isCloseTo(lines.size(), within(10));
        assertThat(Long.parseLong(said.group(2))).isCloseTo(code, within(10L));
    }

    private static List<String> lines(String... packages) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> Stream.of(packages).anyMatch(SOURCES.relativize(file)::startsWith))
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(LinesTest::of)
                    .toList();
        }
    }

    private static Stream<String> of(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
