package jp.sekisho.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LoggedProcessTest {

    @TempDir
    Path directory;

    @Test
    void outputGoesToTheLog() throws Exception {
        LoggedProcess process = start("echo spoken; echo complained >&2; exit 3");

        assertThat(process.waitFor(Duration.ofSeconds(10))).isEqualTo(3);
        assertThat(process.tail()).contains("spoken", "complained");
    }

    @Test
    void whatTakesTooLongIsKilledAndShowsItsLog() throws Exception {
        LoggedProcess process = start("echo still here; exec sleep 60");

        assertThatThrownBy(() -> process.waitFor(Duration.ofMillis(500))).hasMessageContaining("still here");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void killTakesTheChildrenToo() throws Exception {
        LoggedProcess process = start("sleep 61 & echo started; wait");
        List<ProcessHandle> children = awaitChildren();

        process.kill();

        for (ProcessHandle child : children) {
            assertThat(child.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
        }
    }

    private static List<ProcessHandle> awaitChildren() {
        while (true) {
            List<ProcessHandle> sleeping = ProcessHandle.current()
                    .descendants()
                    .filter(handle -> handle.info()
                            .arguments()
                            .map(List::of)
                            .orElse(List.of())
                            .contains("61"))
                    .toList();
            if (!sleeping.isEmpty()) {
                return sleeping;
            }
            Thread.onSpinWait();
        }
    }

    private LoggedProcess start(String script) throws Exception {
        return LoggedProcess.start(new ProcessBuilder("sh", "-c", script), directory.resolve("log"));
    }
}
