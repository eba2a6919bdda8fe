package jp.sekisho.authenticators.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.file.WatchedFile;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PasswordPolicyProviderFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our password rules as one entry of a realm's password policy. Options: see {@link BlocklistOptions}. */
public final class PasswordRulesProviderFactory implements PasswordPolicyProviderFactory {

    public static final String ID = "sekisho-passwords";

    private static final Logger LOG = LoggerFactory.getLogger(PasswordRulesProviderFactory.class);
    private static final String JAPANESE = "common-in-japan.txt";

    private BlocklistOptions options;
    private Optional<WatchedFile<Blocklist>> ownList;
    private Blocklist shipped;
    private Strength strength;
    private ScheduledExecutorService watcher;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public PasswordPolicyProvider create(KeycloakSession session) {
        return new PasswordRulesProvider(session, this::blocked, strength::ofGuesses);
    }

    private boolean blocked(String password) {
        return shipped.contains(password)
                || ownList.flatMap(WatchedFile::inUse)
                        .filter(list -> list.contains(password))
                        .isPresent();
    }

    /** @throws IllegalArgumentException an option is absurd; stops the start */
    @Override
    public void init(Config.Scope config) {
        options = BlocklistOptions.from(config);
        strength = new Strength();
        shipped = Blocklist.of(Stream.concat(Strength.commonPasswords().stream(), japanese().stream())
                .toList());
        ownList = options.file()
                .map(file -> new WatchedFile<>(file, (path, inUse) -> Blocklist.read(path), new LoggingObserver()));
        ownList.ifPresent(WatchedFile::look);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        ownList.ifPresent(list -> {
            watcher = Executors.newSingleThreadScheduledExecutor(work -> {
                var thread = new Thread(work, "sekisho-blocklist");
                thread.setDaemon(true);
                return thread;
            });
            long millis = options.refreshInterval().toMillis();
            watcher.scheduleWithFixedDelay(list::look, millis, millis, TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }

    private static List<String> japanese() {
        try (var reader = new BufferedReader(new InputStreamReader(
                PasswordRulesProviderFactory.class.getResourceAsStream(JAPANESE), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public String getDisplayName() {
        return "Sekisho: rules of the realm's profile";
    }

    @Override
    public String getConfigType() {
        return null;
    }

    @Override
    public String getDefaultConfigValue() {
        return null;
    }

    @Override
    public boolean isMultiplSupported() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(BlocklistOptions.FILE)
                .type(ProviderConfigProperty.FILE_TYPE)
                .helpText("Passwords that are refused, one a line, or their SHA-1; goes beside the shipped list")
                .add()
                .property()
                .name(BlocklistOptions.REFRESH_INTERVAL)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("How often the file is looked at; ISO-8601 duration, PT1S to P1D")
                .defaultValue("PT1M")
                .add()
                .build();
    }

    private static final class LoggingObserver implements WatchedFile.Observer<Blocklist> {

        @Override
        public void taken(Path file, Blocklist list) {
            LOG.info("{}: {} is in use: {}", BlocklistOptions.FILE, file, list);
        }

        @Override
        public void refused(Path file, Throwable cause, Optional<Blocklist> staysInUse) {
            LOG.error(
                    "{}: {} cannot be used; in use stays: {}",
                    BlocklistOptions.FILE,
                    file,
                    staysInUse.map(Object::toString).orElse("nothing"),
                    cause);
        }
    }
}
