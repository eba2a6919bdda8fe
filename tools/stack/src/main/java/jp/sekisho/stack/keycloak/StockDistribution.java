package jp.sekisho.stack.keycloak;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import jp.sekisho.stack.io.Trees;
import jp.sekisho.stack.io.Zip;
import jp.sekisho.stack.process.LoggedProcess;
import jp.sekisho.stack.process.ProcessFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stock Keycloak distribution as it is on Maven Central, unpacked and built with our jars once for each combination of jars and build
 * options.
 *
 * <p>Every change is a fresh unpack: a distribution from which a jar was taken away may hang for good. A build is made beside its place and
 * moved there when it is complete, so that an interrupted one is never used.
 */
public final class StockDistribution {

    /** System property: path of the zip. */
    public static final String ZIP = "sekisho.keycloak.zip";

    /** System property: directory of the builds. */
    public static final String CACHE = "sekisho.keycloak.cache";

    private static final Logger log = LoggerFactory.getLogger(StockDistribution.class);
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(5);
    private static final String PARTIAL = ".partial";

    /** Builds of one name that stay: the newest, and the one before it, on which a server may still run. */
    private static final int KEPT = 2;

    private final Path zip;
    private final Path cache;

    public StockDistribution(Path zip, Path cache) {
        this.zip = zip;
        this.cache = cache.toAbsolutePath().normalize();
    }

    /** The distribution named by the system properties {@link #ZIP} and {@link #CACHE}, which the build sets for tests. */
    public static StockDistribution fromSystemProperties() {
        return new StockDistribution(Path.of(required(ZIP)), Path.of(required(CACHE)));
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("System property " + property + " is missing");
        }
        return value;
    }

    /** Whether {@link #build} would have nothing to do. */
    public boolean isBuilt(BuildOptions options) throws IOException {
        return Files.isDirectory(place(options));
    }

    /**
     * The distribution built with these options; built now if it is not in the cache. Other processes that ask for the same cache wait.
     *
     * @throws ProcessFailed if {@code kc.sh build} fails
     */
    public BuiltDistribution build(BuildOptions options) throws IOException {
        // File locks are the process's: threads of one process need their own.
        synchronized (StockDistribution.class) {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(
                            cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                log.debug("Locked {}", lock);
                Path place = place(options);
                if (!Files.isDirectory(place)) {
                    build(options, place);
                }
                Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
                dropOld(place.getParent());
                return new BuiltDistribution(place, options);
            }
        }
    }

    private Path place(BuildOptions options) throws IOException {
        return cache.resolve(options.name()).resolve(options.fingerprint(zip));
    }

    private void build(BuildOptions options, Path place) throws IOException {
        Path partial = place.resolveSibling(place.getFileName() + PARTIAL);
        Trees.delete(partial);
        log.info("Unpacking {}", zip.getFileName());
        Zip.unpackBelowTop(zip, partial);
        for (Path jar : options.providers()) {
            Files.copy(jar, partial.resolve("providers").resolve(jar.getFileName()));
        }
        Path script = partial.resolve("bin/kc.sh");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + script + " executable");
        }
        log.info(
                "Building Keycloak with {} jars: {}",
                options.providers().size(),
                String.join(" ", options.arguments()));
        LoggedProcess build = LoggedProcess.start(
                new KeycloakCommand(script, "build").with(options.arguments()).builder(), partial.resolve("build.log"));
        int exit = build.waitFor(BUILD_TIMEOUT);
        if (exit != 0) {
            throw new ProcessFailed("kc.sh build failed (exit " + exit + ")", build);
        }
        Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void dropOld(Path builds) throws IOException {
        List<Path> newestFirst;
        try (var all = Files.list(builds)) {
            newestFirst = all.sorted(
                            Comparator.comparing(StockDistribution::lastUsed).reversed())
                    .toList();
        }
        for (Path old : newestFirst.stream().skip(KEPT).toList()) {
            Trees.delete(old);
        }
    }

    private static FileTime lastUsed(Path build) {
        try {
            return Files.getLastModifiedTime(build);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
