package jp.sekisho.checkpoint.secrecy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jp.sekisho.checkpoint.file.UnusableFileException;
import jp.sekisho.checkpoint.file.WatchedFile;

/** The keys of a mounted file, the same for all realms. */
final class FileKeys implements KeySource {

    private final WatchedFile<KeyRing> file;

    private FileKeys(WatchedFile<KeyRing> file) {
        this.file = file;
    }

    /** @throws UnusableFileException says what is wrong, never what stands there */
    static FileKeys at(Path path, Teller teller) throws IOException, UnusableFileException {
        read(path);
        var keys = new FileKeys(new WatchedFile<>(
                path, (file, inUse) -> read(file).follows(inUse), new WatchedFile.Observer<>() {
                    @Override
                    public void taken(Path file, KeyRing ring) {
                        teller.taken(file.toString(), ring);
                    }

                    @Override
                    public void refused(Path file, Throwable cause, Optional<KeyRing> staysInUse) {
                        teller.refused(file.toString(), cause.getMessage(), staysInUse);
                    }
                }));
        keys.look();
        return keys;
    }

    private static KeyRing read(Path file) throws IOException, UnusableFileException {
        if (Files.size(file) > KeyRing.LARGEST) {
            throw new UnusableFileException("is larger than " + KeyRing.LARGEST + " bytes");
        }
        return KeyRing.parse(Files.readAllBytes(file));
    }

    @Override
    public Optional<KeyRing> of(String realmId) {
        return file.inUse();
    }

    @Override
    public void look() {
        file.look();
    }
}
