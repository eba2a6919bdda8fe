package jp.sekisho.authenticators.password;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.file.WatchedFile;

/** Takes a list into use, and then a newer version of it, in a JVM whose heap is small. */
final class BlocklistSwap implements WatchedFile.Observer<Blocklist> {

    private int taken;

    private BlocklistSwap() {}

    /** Ends with 0 where both were taken. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        BlocklistSwap observer = new BlocklistSwap();
        WatchedFile<Blocklist> list = new WatchedFile<>(file, (path, inUse) -> Blocklist.read(path), observer);
        list.look();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        list.look();
        System.exit(observer.taken == 2 ? 0 : 1);
    }

    @Override
    public void taken(Path file, Blocklist list) {
        taken++;
    }

    @Override
    public void refused(Path file, Throwable cause, Optional<Blocklist> staysInUse) {
        throw new AssertionError(file + " is not taken into use", cause);
    }
}
