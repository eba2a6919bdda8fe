package jp.sekisho.checkpoint.secrecy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jp.sekisho.checkpoint.file.UnusableFileException;
import jp.sekisho.storage.secrecy.SealedColumn;

/**
 * The keys of one version of their source: one seals, each opens. AES-256-GCM with a random nonce of 96 bits; table,
 * column, row and key id are authenticated with the text, so that a value opens in its own place only.
 */
// FFAJ-2.2-S1
final class KeyRing {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** In bytes. */
    static final int LARGEST = 64 * 1024;

    /** Stands before each value, and in the pattern of a {@code like}. */
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9.-]{1,40}");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String current;
    private final Map<String, SecretKey> keys;

    private KeyRing(String current, Map<String, SecretKey> keys) {
        this.current = current;
        this.keys = Map.copyOf(keys);
    }

    /**
     * How it is written.
     *
     * @param current id of the key that seals
     * @param keys 256 bits in Base64, by id
     */
    private record Document(String current, Map<String, String> keys) {}

    /** @throws UnusableFileException says what is wrong, never what stands there */
    static KeyRing parse(byte[] json) throws UnusableFileException {
        if (json.length > LARGEST) {
            throw new UnusableFileException("is larger than " + LARGEST + " bytes");
        }
        Document document;
        try {
            document = JSON.readValue(json, Document.class);
        } catch (IOException wrong) {
            throw new UnusableFileException("is not a JSON object of the form {\"current\": id, \"keys\": {id: key}}");
        }
        if (document == null || document.current() == null || document.keys() == null) {
            throw new UnusableFileException("lacks current or keys");
        }
        Map<String, SecretKey> keys = new HashMap<>();
        for (Map.Entry<String, String> entry : document.keys().entrySet()) {
            keys.put(entry.getKey(), key(entry.getKey(), entry.getValue()));
        }
        if (!keys.containsKey(document.current())) {
            throw new UnusableFileException("names a current key that is not among its keys");
        }
        return new KeyRing(document.current(), keys);
    }

    private static SecretKey key(String id, String base64) throws UnusableFileException {
        if (!KEY_ID.matcher(id).matches()) {
            throw new UnusableFileException("has a key id that is not 1 to 40 letters, digits, dots or hyphens");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64 == null ? "" : base64);
        } catch (IllegalArgumentException notBase64) {
            throw new UnusableFileException("has a key that is not Base64: " + id);
        }
        if (bytes.length != KEY_BYTES) {
            throw new UnusableFileException("has a key that is not 256 bits long: " + id);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /**
     * Whether what was sealed a moment ago can still be opened.
     *
     * @throws UnusableFileException where the key that is in use is gone, or is another one under its id
     */
    KeyRing follows(Optional<KeyRing> inUse) throws UnusableFileException {
        if (inUse.isPresent()) {
            String sealing = inUse.get().current;
            SecretKey before = inUse.get().keys.get(sealing);
            if (!before.equals(keys.get(sealing))) {
                throw new UnusableFileException("lacks the key that is in use: " + sealing);
            }
        }
        return this;
    }

    String current() {
        return current;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRing ring && current.equals(ring.current) && keys.equals(ring.keys);
    }

    @Override
    public int hashCode() {
        return current.hashCode();
    }

    String seal(SealedColumn column, String row, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, column, row, current);
            byte[] body = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + body.length);
            System.arraycopy(body, 0, both, NONCE_BYTES, body.length);
            return current + ':' + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String open(SealedColumn column, String row, String text) {
        int colon = text.indexOf(':');
        String id = text.substring(0, Math.max(colon, 0));
        if (!KEY_ID.matcher(id).matches()) {
            throw changed(column, row);
        }
        if (!keys.containsKey(id)) {
            throw new NoKeyException(where(column, row) + "its key is not among the keys");
        }
        try {
            byte[] both = decoded(text.substring(colon + 1));
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES), column, row, id);
            return new String(cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            throw changed(column, row);
        }
    }

    /** Base64 has several spellings of the same bytes; one of them is ours. */
    private static byte[] decoded(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length < NONCE_BYTES + TAG_BITS / 8
                || !Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("not ours");
        }
        return bytes;
    }

    private Cipher cipher(int mode, byte[] nonce, SealedColumn column, String row, String id)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce));
        String place = String.join("\n", column.table(), column.column(), row, id);
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static ChangedValueException changed(SealedColumn column, String row) {
        return new ChangedValueException(where(column, row) + "it was changed, or sealed for another place");
    }

    private static String where(SealedColumn column, String row) {
        return column.table() + "." + column.column() + " of " + row + " cannot be opened: ";
    }

    /** Of the keys only what they are called. */
    @Override
    public String toString() {
        return keys.size() + " keys, " + current + " seals";
    }
}
