package jp.sekisho.checkpoint.geo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** The GeoLite2 databases of 2019-11-19 that are on the test class path. */
final class GeoLite {

    static final String CITY = "GeoLite2-City.mmdb";
    static final String COUNTRY = "GeoLite2-Country.mmdb";
    static final String ASN = "GeoLite2-ASN.mmdb";

    private static final byte[] BUILD_EPOCH = "build_epoch".getBytes(StandardCharsets.US_ASCII);

    private GeoLite() {}

    static Path copy(String database, Path to) throws IOException {
        try (InputStream in = open(database)) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
        return to;
    }

    /** The same content with another date of build. */
    static byte[] builtAt(String database, Instant builtAt) throws IOException {
        try (InputStream in = open(database)) {
            byte[] content = in.readAllBytes();
            // After the key: two bytes say "unsigned 64 bit, 4 bytes long".
            int value = lastIndexOf(content, BUILD_EPOCH) + BUILD_EPOCH.length + 2;
            ByteBuffer.wrap(content).putInt(value, Math.toIntExact(builtAt.getEpochSecond()));
            return content;
        }
    }

    private static InputStream open(String database) throws IOException {
        return GeoLite.class.getModule().getResourceAsStream(database);
    }

    private static int lastIndexOf(byte[] content, byte[] part) {
        for (int at = content.length - part.length; at >= 0; at--) {
            if (ByteBuffer.wrap(content, at, part.length).equals(ByteBuffer.wrap(part))) {
                return at;
            }
        }
        throw new IllegalArgumentException("not found");
    }
}
