package jp.sekisho.endpoints.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of the pages, as the themes' jar has them, in memory. One hash stands for all of them in their addresses: they
 * name each other, and a browser keeps them for ever. Keycloak's own theme resources would be kept beyond an update.
 */
final class Assets {

    /** Lists the others, one a line. */
    private static final String LIST = "assets.txt";

    private static final String FOLDER = "/sekisho-pages/";
    private static final int HASH_LENGTH = 16;

    private final Map<String, byte[]> files;
    private final String hash;

    private Assets(Map<String, byte[]> files) {
        this.files = files;
        this.hash = hash(files);
    }

    /** Read once a node, when the first page is asked for. */
    private static final class Shared {
        private static final Assets ALL = new Assets(readAll());
    }

    static Assets shared() {
        return Shared.ALL;
    }

    String hash() {
        return hash;
    }

    /** @param hash of the version that is asked for: another one is not here */
    Optional<byte[]> file(String hash, String name) {
        return this.hash.equals(hash) ? Optional.ofNullable(files.get(name)) : Optional.empty();
    }

    private static Map<String, byte[]> readAll() {
        Map<String, byte[]> files = new TreeMap<>();
        new String(read(LIST), StandardCharsets.UTF_8)
                .lines()
                .filter(name -> !name.isBlank())
                .forEach(name -> files.put(name, read(name)));
        return files;
    }

    private static byte[] read(String name) {
        try (InputStream file = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("sekisho-themes has no " + FOLDER + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
