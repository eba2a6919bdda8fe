package jp.sekisho.authenticators.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jp.sekisho.checkpoint.file.UnusableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlocklistTest {

    private static final long MEBIBYTE = 1 << 20;

    /** Twice 1 MiB, and what a JVM with these classes has anyway; the lines would take 25. */
    private static final String HEAP_OF_SWAP = "16m";

    @TempDir
    private Path folder;

    @Test
    void passwordsAndHashesOfThemAreListed() throws Exception {
        Path file = Files.writeString(folder.resolve("list"), """
                Correct Horse

                パスワード
                5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9659365
                7c4a8d09ca3762af61e59520943dc26494f8941b
                """);

        Blocklist list = Blocklist.read(file);

        assertThat(List.of("correct horse", "CORRECT HORSE", "パスワード", "password", "123456"))
                .allMatch(list::contains);
        assertThat(List.of("correct", "", "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9659365"))
                .noneMatch(list::contains);
    }

    @Test
    void whatIsNoTextIsReadAndHarmsNobody() throws Exception {
        Path file =
                Files.write(folder.resolve("list"), new byte[] {(byte) 0xff, (byte) 0xfe, '\n', 'k', 'a', 'g', 'i'});

        assertThat(Blocklist.read(file).contains("kagi")).isTrue();
    }

    @Test
    void anEmptyListIsNoList() throws IOException {
        Path file = Files.writeString(folder.resolve("list"), "\n \n");

        assertThatThrownBy(() -> Blocklist.read(file)).isInstanceOf(UnusableFileException.class);
    }

    @Test
    void tenMillionTakeNoMoreThanThirtyTwoMebibytes() throws IOException {
        var counted = new OutputStream() {
            private long bytes;

            @Override
            public void write(int any) {
                bytes++;
            }

            @Override
            public void write(byte[] any, int from, int length) {
                bytes += length;
            }
        };

        Blocklist.sizedFor(Blocklist.MOST).writeTo(counted);

        assertThat(counted.bytes).isBetween(20 * MEBIBYTE, 32 * MEBIBYTE);
    }

    /** While a list is swapped there are two of them, and nothing else that grows with them: the lines are never all in memory. */
    @Test
    void aSwapTakesTheTwoListsAndLittleElse() throws Exception {
        int entries = 300_000;
        Path list = folder.resolve("list");
        Files.write(
                list, (Iterable<String>) IntStream.range(0, entries).mapToObj(i -> "a-listed-password-" + i)::iterator);
        Process swap = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx" + HEAP_OF_SWAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BlocklistSwap.class.getName(),
                        list.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(swap.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(swap.waitFor()).as(said).isZero();
    }

    @Test
    void noneIsMissedAndHardlyAnyIsTakenForOne() {
        List<String> listed =
                IntStream.range(0, 100_000).mapToObj(i -> "listed" + i).toList();
        Blocklist list = Blocklist.of(listed);

        assertThat(listed).allMatch(list::contains);
        assertThat(IntStream.range(0, 100_000)
                        .filter(i -> list.contains("other" + i))
                        .count())
                .isLessThan(15);
    }

    @Test
    void whatIsCommonIsWeakAndWhatIsLongAndOddIsNot() {
        Strength strength = new Strength();

        assertThat(strength.ofGuesses("password1", List.of())).isLessThan(4);
        assertThat(strength.ofGuesses("suzukihanako", List.of("suzuki", "hanako")))
                .isLessThan(6);
        assertThat(strength.ofGuesses("mizuumi kaze no oto", List.of())).isGreaterThan(10);
        // Nobody makes the server think for long.
        assertThat(strength.ofGuesses("aA1!".repeat(2_000), List.of())).isPositive();
    }
}
