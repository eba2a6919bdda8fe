package jp.sekisho.checkpoint.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What a file holds, kept in memory and replaced as a whole when the file changes and the new content passes its
 * checks. Content that does not pass changes nothing and is told once.
 *
 * <p>A change is seen by inode, size and time of modification of what the path leads to: a file written in place, one
 * renamed over it, and a swapped symbolic link (Kubernetes) are all seen. A file that changed while it was read is left
 * for the next look.
 */
public final class WatchedFile<T> {

    /** Reads and checks. */
    @FunctionalInterface
    public interface Loader<T> {
        /**
         * @param inUse what is in use now
         * @throws UnusableFileException the content does not pass
         * @throws IOException the file could not be read; tried again at the next look
         */
        T load(Path file, Optional<T> inUse) throws IOException, UnusableFileException;
    }

    /** Hears what became of a file. */
    public interface Observer<T> {
        void taken(Path file, T value);

        /** Once for each version of the file. */
        void refused(Path file, Throwable cause, Optional<T> staysInUse);
    }

    /** What tells one version of a file from another; all null and 0 where there is no file. */
    private record Version(Object inode, FileTime modified, long size) {

        static final Version NONE = new Version(null, null, 0);

        static Version of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Version(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
            } catch (IOException noFile) {
                return NONE;
            }
        }
    }

    private final Path file;
    private final Loader<T> loader;
    private final Observer<T> observer;

    private volatile T inUse;
    private Version settled;
    private Version told;

    public WatchedFile(Path file, Loader<T> loader, Observer<T> observer) {
        this.file = file;
        this.loader = loader;
        this.observer = observer;
    }

    public Optional<T> inUse() {
        return Optional.ofNullable(inUse);
    }

    /** Looks whether the file changed, and if so tries to take it into use. Never throws for what the file is. */
    public synchronized void look() {
        Version seen = Version.of(file);
        if (seen.equals(settled)) {
            return;
        }
        try {
            T value = loader.load(file, inUse());
            if (seen.equals(Version.of(file))) {
                settled = seen;
                told = null;
                inUse = value;
                observer.taken(file, value);
            }
        } catch (UnusableFileException | RuntimeException | OutOfMemoryError bad) {
            if (seen.equals(Version.of(file))) {
                settled = seen;
                tellOnce(seen, bad);
            }
        } catch (IOException notNow) {
            tellOnce(seen, notNow);
        }
    }

    /** What is in use turned out to be broken at a look-up. */
    public synchronized void foundBroken(Exception cause) {
        tellOnce(settled, cause);
    }

    private void tellOnce(Version version, Throwable cause) {
        if (!version.equals(told)) {
            told = version;
            observer.refused(file, cause, inUse());
        }
    }
}
