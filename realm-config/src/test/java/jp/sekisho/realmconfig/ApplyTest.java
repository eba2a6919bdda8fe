package jp.sekisho.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {

    private final StringWriter errors = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void aLoginIsNeeded() {
        assertThat(run("--server=http://localhost:1")).isEqualTo(64);
    }

    @Test
    void aSecretIsNeverAnArgument() {
        assertThat(run("--server=http://localhost:1", "--user=admin", "--password=geheim"))
                .isEqualTo(64);
    }

    @Test
    void aMissingPasswordFileIsNamed() {
        Path missing = directory.resolve("password");
        assertThat(run("--server=http://localhost:1", "--user=admin", "--password-file=" + missing))
                .isEqualTo(1);
        assertThat(errors.toString()).startsWith("The file with the secret cannot be read: " + missing);
    }

    @Test
    void aPasswordDoesNotTravelUnencrypted() throws IOException {
        assertThat(run("--server=http://id.example.jp", "--user=admin", "--password-file=" + password()))
                .isEqualTo(1);
        assertThat(errors.toString()).startsWith("The server must be given as https://");
    }

    @Test
    void anUnreachableServerIsASentenceNotAStackTrace() throws IOException {
        assertThat(run("--server=http://localhost:1", "--user=admin", "--password-file=" + password()))
                .isEqualTo(1);
        assertThat(errors.toString())
                .startsWith("The server http://localhost:1 cannot be reached")
                .hasLineCount(1);
    }

    private Path password() throws IOException {
        return Files.writeString(directory.resolve("password"), "geheim\n");
    }

    private int run(String... arguments) {
        return Apply.command().setErr(new PrintWriter(errors, true)).execute(arguments);
    }
}
