package jp.sekisho.stack.geo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The GeoLite2 databases of November 2019 that are on Maven Central, as files. Good for a demo and for tests only: they are old.
 *
 * <p>This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com, under CC BY-SA 4.0.
 */
public record GeoLite2(Path city, Path country, Path asn) {

    /** Writes the three files into a directory; files that are there stay. */
    public static GeoLite2 unpackTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new GeoLite2(
                unpack("GeoLite2-City.mmdb", directory),
                unpack("GeoLite2-Country.mmdb", directory),
                unpack("GeoLite2-ASN.mmdb", directory));
    }

    private static Path unpack(String name, Path directory) throws IOException {
        Path file = directory.toAbsolutePath().resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        try (InputStream content = GeoLite2.class.getClassLoader().getResourceAsStream(name)) {
            if (content == null) {
                throw new FileNotFoundException(name + " is not on the class path");
            }
            // Moved when complete, so that half a file is never taken for the database.
            Path partial = file.resolveSibling(name + ".partial");
            Files.copy(content, partial, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
