package jp.sekisho.stack.secrecy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;

/** The keys under which a server keeps personal values, made by chance. */
public record KeyFile(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    /** One key, in a file that is not there yet; a file that is there stays, since what it sealed may stay as well. */
    public static KeyFile at(Path path) throws IOException {
        KeyFile file = new KeyFile(path.toAbsolutePath());
        if (!Files.exists(path)) {
            Files.createDirectories(file.path().getParent());
            file.write(withKey(JSON.createObjectNode(), "first"));
        }
        return file;
    }

    /** A further key, which seals from now on; the others open what they sealed. */
    public void rotateTo(String id) throws IOException {
        write(withKey((ObjectNode) JSON.readTree(path.toFile()), id));
    }

    private static ObjectNode withKey(ObjectNode document, String id) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        document.withObject("/keys").put(id, Base64.getEncoder().encodeToString(key));
        return document.put("current", id);
    }

    /** Moved when complete, so that nobody reads half a file. */
    private void write(ObjectNode document) throws IOException {
        Path partial = path.resolveSibling(path.getFileName() + ".partial");
        Files.writeString(partial, document.toString());
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
