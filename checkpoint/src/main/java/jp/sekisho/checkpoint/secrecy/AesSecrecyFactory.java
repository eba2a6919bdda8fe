package jp.sekisho.checkpoint.secrecy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jp.sekisho.checkpoint.file.UnusableFileException;
import jp.sekisho.checkpoint.file.WatchedFile;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AES-256-GCM with the keys of a mounted file, watched and replaced without a restart. Options: {@link SecrecyOptions}. */
// FFAJ-2.2-S1
public final class AesSecrecyFactory implements SecrecyFactory {

    public static final String ID = "aes";

    private static final Logger LOG = LoggerFactory.getLogger(AesSecrecyFactory.class);

    private final AtomicLong failures = new AtomicLong();
    private SecrecyOptions options;
    private Optional<WatchedFile<KeyRing>> file = Optional.empty();
    private ScheduledExecutorService watcher;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Secrecy create(KeycloakSession session) {
        return new AesSecrecy(ring());
    }

    Optional<KeyRing> ring() {
        return file.flatMap(WatchedFile::inUse);
    }

    /** @throws IllegalArgumentException an option is absurd; stops the start */
    @Override
    public void init(Config.Scope config) {
        options = SecrecyOptions.from(config);
        file = options.keyFile().map(this::watched);
        if (file.isEmpty()) {
            LOG.warn(
                    "No key for personal values is configured (spi-{}--{}--{}): what needs one is refused",
                    SecrecySpi.NAME,
                    ID,
                    SecrecyOptions.KEY_FILE);
        }
    }

    private WatchedFile<KeyRing> watched(Path keys) {
        try {
            KeyRing.read(keys);
        } catch (UnusableFileException bad) {
            throw SecrecyOptions.absurd(SecrecyOptions.KEY_FILE, keys.toString(), bad.getMessage());
        } catch (IOException notThere) {
            throw SecrecyOptions.absurd(SecrecyOptions.KEY_FILE, keys.toString(), "cannot be read: " + notThere);
        }
        WatchedFile<KeyRing> watched =
                new WatchedFile<>(keys, (path, inUse) -> KeyRing.read(path).follows(inUse), new Teller(failures));
        watched.look();
        return watched;
    }

    /** One look at the file. */
    void look() {
        file.ifPresent(WatchedFile::look);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (file.isEmpty()) {
            return;
        }
        FunctionCounter.builder("sekisho.secrecy.swap.failures", failures, AtomicLong::get)
                .description("Versions of the key file that were refused")
                .register(Metrics.globalRegistry);
        watcher = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "sekisho-keys");
            thread.setDaemon(true);
            return thread;
        });
        long millis = options.refreshInterval().toMillis();
        watcher.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SecrecyOptions.KEY_FILE)
                .type(ProviderConfigProperty.FILE_TYPE)
                .helpText("JSON file with the keys for personal values at rest: {\"current\": id, \"keys\": {id: key}},"
                        + " each key 256 bits in Base64")
                .add()
                .property()
                .name(SecrecyOptions.REFRESH_INTERVAL)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("How often the file is looked at; ISO-8601 duration, PT1S to PT1H")
                .defaultValue("PT1M")
                .add()
                .build();
    }

    private record Teller(AtomicLong failures) implements WatchedFile.Observer<KeyRing> {

        @Override
        public void taken(Path file, KeyRing ring) {
            LOG.info("{} is in use: {}", file, ring);
        }

        @Override
        public void refused(Path file, Throwable cause, Optional<KeyRing> staysInUse) {
            failures.incrementAndGet();
            LOG.error(
                    "{} cannot be used: it {}; in use stays: {}",
                    file,
                    cause.getMessage(),
                    staysInUse.map(KeyRing::toString).orElse("nothing"));
        }
    }
}
