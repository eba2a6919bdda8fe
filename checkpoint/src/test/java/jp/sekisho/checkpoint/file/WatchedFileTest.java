package jp.sekisho.checkpoint.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine does to a file, as against what stands in it. */
class WatchedFileTest {

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private boolean diskFull;

    @Test
    void noSpaceLeftKeepsTheOldOneIsToldOnceAndTriedAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("list"), "old");
        WatchedFile<String> watched = new WatchedFile<>(file, this::load, new Teller());
        watched.look();

        diskFull = true;
        Files.writeString(file, "the new one");
        watched.look();
        watched.look();
        assertThat(watched.inUse()).contains("old");
        assertThat(told).containsExactly("taken old", "refused No space left on device, in use stays old");

        diskFull = false;
        watched.look();
        assertThat(watched.inUse()).contains("the new one");
        assertThat(told).hasSize(3).endsWith("taken the new one");
    }

    @Test
    void aFileThatChangedWhileItWasReadIsLeftForTheNextLook() throws IOException {
        Path file = Files.writeString(folder.resolve("list"), "first");
        WatchedFile<String> watched = new WatchedFile<>(
                file,
                (path, inUse) -> {
                    String read = Files.readString(path);
                    if (read.equals("first")) {
                        Files.writeString(path, "while it was read");
                    }
                    return read;
                },
                new Teller());

        watched.look();
        assertThat(watched.inUse()).isEmpty();
        watched.look();
        assertThat(watched.inUse()).contains("while it was read");
        assertThat(told).containsExactly("taken while it was read");
    }

    private String load(Path file, Optional<String> inUse) throws IOException {
        if (diskFull) {
            throw new FileSystemException(file.toString(), null, "No space left on device");
        }
        return Files.readString(file);
    }

    private final class Teller implements WatchedFile.Observer<String> {

        @Override
        public void taken(Path file, String value) {
            told.add("taken " + value);
        }

        @Override
        public void refused(Path file, Throwable cause, Optional<String> staysInUse) {
            told.add("refused " + ((FileSystemException) cause).getReason() + ", in use stays "
                    + staysInUse.orElse("nothing"));
        }
    }
}
