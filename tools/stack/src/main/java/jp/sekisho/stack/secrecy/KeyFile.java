package jp.sekisho.stack.secrecy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys under which a server keeps personal values, made by chance. */
public record KeyFile(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

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

    /** What a server sealed with one of these keys; what it left in clear as it is. */
    public String open(String table, String column, String row, String text) throws IOException {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return text;
        }
        String id = text.substring(0, colon);
        byte[] key = Base64.getDecoder()
                .decode(JSON.readTree(path.toFile()).path("keys").path(id).asText());
        byte[] sealed = Base64.getDecoder().decode(text.substring(colon + 1));
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(String.join("\n", table, column, row, id).getBytes(StandardCharsets.UTF_8));
            byte[] opened = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return new String(opened, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException closed) {
            throw new IOException(table + '.' + column + " of " + row + " does not open", closed);
        }
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
