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
import jp.sekisho.checkpoint.file.UnusableFileException;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.vault.VaultProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AES-256-GCM with the keys of a mounted file or of Keycloak's vault, watched and replaced without a restart. Options:
 * {@link SecrecyOptions}.
 */
// FFAJ-2.2-S1
public final class AesSecrecyFactory implements SecrecyFactory {

    public static final String ID = "aes";

    private static final Logger LOG = LoggerFactory.getLogger(AesSecrecyFactory.class);
    private static final String OPTIONS = "spi-" + SecrecySpi.NAME + "--" + ID + "--";

    private final Teller teller = new Teller();
    private SecrecyOptions options;
    private Optional<KeySource> source = Optional.empty();
    private ScheduledExecutorService watcher;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Secrecy create(KeycloakSession session) {
        return realmId -> new AesSeal(source.flatMap(keys -> keys.of(realmId)), named());
    }

    private String named() {
        return options.vaultEntry()
                .map(entry -> "the realm's entry " + entry + ".<realm> of the vault (" + OPTIONS
                        + SecrecyOptions.VAULT_ENTRY + ')')
                .orElse(OPTIONS + SecrecyOptions.KEY_FILE);
    }

    /** @throws IllegalArgumentException an option is absurd; stops the start */
    @Override
    public void init(Config.Scope config) {
        options = SecrecyOptions.from(config);
        source = options.keyFile().map(this::watched);
        if (source.isEmpty() && options.vaultEntry().isEmpty()) {
            LOG.warn(
                    "No key for personal values is configured ({}{} or {}): what needs one is refused",
                    OPTIONS,
                    SecrecyOptions.KEY_FILE,
                    SecrecyOptions.VAULT_ENTRY);
        }
    }

    private KeySource watched(Path keys) {
        try {
            return FileKeys.at(keys, teller);
        } catch (UnusableFileException bad) {
            throw SecrecyOptions.absurd(SecrecyOptions.KEY_FILE, keys.toString(), bad.getMessage());
        } catch (IOException notThere) {
            throw SecrecyOptions.absurd(SecrecyOptions.KEY_FILE, keys.toString(), "cannot be read: " + notThere);
        }
    }

    /** One look at the keys. */
    void look() {
        try {
            source.ifPresent(KeySource::look);
        } catch (RuntimeException notNow) {
            // An exception would be the last look.
            LOG.error("Keys for personal values were not looked at", notNow);
        }
    }

    /** @throws IllegalArgumentException where keys are to come from a vault and there is none; stops the start */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        options.vaultEntry().ifPresent(entry -> source = Optional.of(vault(factory, entry)));
        if (source.isEmpty()) {
            return;
        }
        FunctionCounter.builder("sekisho.secrecy.swap.failures", teller, Teller::refused)
                .description("Versions of the keys that were refused")
                .register(Metrics.globalRegistry);
        watcher = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "sekisho-keys");
            thread.setDaemon(true);
            return thread;
        });
        long millis = options.refreshInterval().toMillis();
        watcher.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    private KeySource vault(KeycloakSessionFactory factory, String entry) {
        ProviderFactory<VaultProvider> vault = factory.getProviderFactory(VaultProvider.class);
        if (vault == null) {
            throw SecrecyOptions.absurd(SecrecyOptions.VAULT_ENTRY, entry, "needs a vault, and the server has none");
        }
        String resolvers = Config.scope("vault", vault.getId()).get(VaultKind.RESOLVERS);
        new VaultKind(vault.getId(), Optional.ofNullable(resolvers)).unfit().ifPresent(why -> {
            throw SecrecyOptions.absurd(SecrecyOptions.VAULT_ENTRY, entry, why);
        });
        return new VaultKeys(new RealmVault(factory, entry), teller);
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
                .name(SecrecyOptions.VAULT_ENTRY)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText(
                        "The same from Keycloak's vault instead: what the entries of the server's own realm are called,"
                                + " a dot and the name of a realm after it")
                .add()
                .property()
                .name(SecrecyOptions.REFRESH_INTERVAL)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("How often the keys are looked at; ISO-8601 duration, PT1S to PT1H")
                .defaultValue("PT1M")
                .add()
                .build();
    }
}
