package jp.sekisho.stack.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks archives. */
public final class Zip {

    private Zip() {}

    /**
     * Unpacks an archive whose entries all stand in one top folder, without that folder.
     *
     * @throws IOException also if an entry would land outside {@code target}
     */
    public static void unpackBelowTop(Path archive, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path to = target.resolve(name).normalize();
                if (!to.startsWith(target)) {
                    throw new IOException("Entry outside the archive's folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    try (var content = zip.getInputStream(entry)) {
                        Files.copy(content, to);
                    }
                }
            }
        }
    }
}
