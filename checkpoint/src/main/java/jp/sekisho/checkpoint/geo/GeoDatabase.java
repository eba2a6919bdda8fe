package jp.sekisho.checkpoint.geo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.Metadata;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import inet.ipaddr.IPAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.address.AddressLiteral;
import jp.sekisho.checkpoint.file.UnusableFileException;

/**
 * One MMDB file, read into memory as a whole and checked before use. Safe for many threads; the file may go.
 *
 * @param <V> what it knows of an address
 */
final class GeoDatabase<V> {

    /** How to ask; the reader of an unfit type of database refuses. */
    @FunctionalInterface
    interface Question<V> {
        Optional<V> ask(DatabaseReader reader, InetAddress address) throws IOException, GeoIp2Exception;
    }

    /** What databases of the world have: public resolvers and the registry of Japan. One must be found. */
    private static final List<InetAddress> KNOWN = Stream.of(
                    "8.8.8.8", "1.1.1.1", "202.12.30.144", "2001:4860:4860::8888")
            .map(address -> AddressLiteral.address(address).map(IPAddress::toInetAddress))
            .flatMap(Optional::stream)
            .toList();

    /** Addresses of which it is remembered what the file knows of them. */
    private static final int REMEMBERED = 20_000;

    /** Customers come back from where they were: an entry is decoded once. */
    private final Cache<InetAddress, Optional<V>> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    private final DatabaseReader reader;
    private final Question<V> question;
    private final String sha256;

    private GeoDatabase(DatabaseReader reader, Question<V> question, String sha256) {
        this.reader = reader;
        this.question = question;
        this.sha256 = sha256;
    }

    /**
     * Reads a file and checks it: size, format, type, known look-ups, not built before the one in use.
     *
     * @throws IOException the file could not be read
     * @throws UnusableFileException a check failed
     */
    static <V> GeoDatabase<V> open(Path file, Question<V> question, Optional<GeoDatabase<V>> inUse)
            throws IOException, UnusableFileException {
        if (Files.size(file) == 0) {
            throw new UnusableFileException("the file is empty");
        }
        MessageDigest digest = sha256();
        DatabaseReader reader;
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            reader = new DatabaseReader.Builder(in).withCache(new CHMCache()).build();
        } catch (InvalidDatabaseException noDatabase) {
            throw new UnusableFileException("no MaxMind database: " + noDatabase.getMessage(), noDatabase);
        }
        var database = new GeoDatabase<>(reader, question, HexFormat.of().formatHex(digest.digest()));
        database.checkKnownAddresses();
        if (inUse.isPresent() && database.builtAt().isBefore(inUse.get().builtAt())) {
            throw new UnusableFileException("built at " + database.builtAt() + ", before the one in use of "
                    + inUse.get().builtAt());
        }
        return database;
    }

    /**
     * What the database knows of an address; empty where it does not list it.
     *
     * @throws IOException the database is damaged
     */
    Optional<V> find(InetAddress address) throws IOException {
        Optional<V> before = remembered.getIfPresent(address);
        if (before != null) {
            return before;
        }
        Optional<V> found = ask(address);
        remembered.put(address, found);
        return found;
    }

    private Optional<V> ask(InetAddress address) throws IOException {
        try {
            return question.ask(reader, address);
        } catch (UnsupportedOperationException unfit) {
            throw unfit;
        } catch (GeoIp2Exception | RuntimeException damaged) {
            throw new IOException("damaged at " + address.getHostAddress(), damaged);
        }
    }

    Instant builtAt() {
        return metadata().buildTime();
    }

    @Override
    public String toString() {
        return metadata().databaseType() + " built at " + builtAt() + ", SHA-256 " + sha256;
    }

    private void checkKnownAddresses() throws UnusableFileException {
        try {
            for (InetAddress known : KNOWN) {
                if (find(known).isPresent()) {
                    return;
                }
            }
        } catch (UnsupportedOperationException unfit) {
            throw new UnusableFileException(
                    "not the type of database needed here: " + metadata().databaseType(), unfit);
        } catch (IOException damaged) {
            throw new UnusableFileException("damaged", damaged);
        }
        throw new UnusableFileException("does not list one of the addresses that any database lists");
    }

    private Metadata metadata() {
        return reader.metadata();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
