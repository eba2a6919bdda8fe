package jp.sekisho.authenticators.password;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.checkpoint.file.UnusableFileException;

/**
 * Common and leaked passwords, in a Bloom filter: ten million take 29 MiB. In return one good password in a hundred
 * thousand is taken for a common one; its customer is asked for another, and nothing else happens.
 *
 * <p>A file is UTF-8 text, an entry a line: a password, of which case does not count, or the SHA-1 of one in hexadecimal
 * with a count behind a colon or without, as Have I Been Pwned publishes them.
 */
final class Blocklist {

    static final int MOST = 10_000_000;

    private static final double TAKEN_FOR_COMMON = 1e-5;
    private static final Pattern SHA1 = Pattern.compile("([0-9A-Fa-f]{40})(?::[0-9]{1,12})?");

    private final BloomFilter<byte[]> digests;
    private final long entries;

    private Blocklist(BloomFilter<byte[]> digests, long entries) {
        this.digests = digests;
        this.entries = entries;
    }

    static Blocklist of(Collection<String> passwords) {
        BloomFilter<byte[]> digests = sizedFor(passwords.size());
        passwords.forEach(password -> digests.put(digest(password)));
        return new Blocklist(digests, passwords.size());
    }

    /**
     * @throws IOException the file could not be read
     * @throws UnusableFileException it has no entry, or too many
     */
    static Blocklist read(Path file) throws IOException, UnusableFileException {
        long entries = 0;
        try (BufferedReader reader = reader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                entries += line.isBlank() ? 0 : 1;
            }
        }
        if (entries == 0 || entries > MOST) {
            throw new UnusableFileException("has " + entries + " entries, and not from 1 to " + MOST);
        }
        BloomFilter<byte[]> digests = sizedFor(entries);
        try (BufferedReader reader = reader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    digests.put(entry(line));
                }
            }
        }
        return new Blocklist(digests, entries);
    }

    boolean contains(String password) {
        return digests.mightContain(sha1(password)) || digests.mightContain(digest(password));
    }

    static BloomFilter<byte[]> sizedFor(long entries) {
        return BloomFilter.create(Funnels.byteArrayFunnel(), entries, TAKEN_FOR_COMMON);
    }

    @Override
    public String toString() {
        return "list of " + entries + " passwords";
    }

    private static byte[] entry(String line) {
        Matcher hash = SHA1.matcher(line);
        return hash.matches() ? HexFormat.of().parseHex(hash.group(1)) : digest(line);
    }

    private static byte[] digest(String password) {
        return sha1(password.toLowerCase(Locale.ROOT));
    }

    /** No secret is kept by it: what is listed is known to everybody. */
    private static byte[] sha1(String password) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Leaked lists are seldom clean: what is no UTF-8 is read as something else and harms nobody. */
    private static BufferedReader reader(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
