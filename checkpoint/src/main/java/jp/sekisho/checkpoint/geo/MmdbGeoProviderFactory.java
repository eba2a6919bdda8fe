package jp.sekisho.checkpoint.geo;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.TimeGauge;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import jp.sekisho.checkpoint.file.WatchedFile;
import jp.sekisho.checkpoint.geo.GeoQuestions.Operator;
import jp.sekisho.policies.evidence.Place;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Geo look-up from MMDB files, watched and replaced without a restart.
 *
 * <p>Options: see {@link GeoOptions}. Metrics: {@code sekisho_geo_age_seconds} and
 * {@code sekisho_geo_swap_failures_total}, each with the option's name as label {@code file}.
 */
public final class MmdbGeoProviderFactory implements GeoProviderFactory {

    public static final String ID = "mmdb";

    private static final Logger LOG = LoggerFactory.getLogger(MmdbGeoProviderFactory.class);
    private static final String AGE = "sekisho.geo.age";
    private static final String SWAP_FAILURES = "sekisho.geo.swap.failures";
    private static final String FILE = "file";

    private final MeterRegistry metrics;
    private final Clock clock;
    private final List<WatchedFile<?>> files = new ArrayList<>();
    private final List<Meter> meters = new ArrayList<>();

    private GeoOptions options;
    private MmdbGeo geo;
    private ScheduledExecutorService watcher;
    private boolean toldStale;

    public MmdbGeoProviderFactory() {
        this(Metrics.globalRegistry, Clock.systemUTC());
    }

    MmdbGeoProviderFactory(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public GeoProvider create(KeycloakSession session) {
        return geo;
    }

    /** @throws IllegalArgumentException an option is absurd; stops the start */
    @Override
    public void init(Config.Scope config) {
        options = GeoOptions.from(config);
        var places = new ArrayList<WatchedFile<GeoDatabase<Place>>>();
        options.cityFile().ifPresent(file -> places.add(database(GeoOptions.CITY_FILE, file, GeoQuestions::place)));
        options.countryFile()
                .ifPresent(file -> places.add(database(GeoOptions.COUNTRY_FILE, file, GeoQuestions::place)));
        var operators = new ArrayList<WatchedFile<GeoDatabase<Operator>>>();
        options.asnFile().ifPresent(file -> operators.add(database(GeoOptions.ASN_FILE, file, GeoQuestions::operator)));
        Optional<WatchedFile<NetworkList>> ownList = options.networkListFile()
                .map(file -> watch(GeoOptions.NETWORK_LIST_FILE, file, (path, inUse) -> NetworkList.read(path)));
        Optional<Duration> maxAge = options.exemptFromAge() ? Optional.empty() : Optional.of(options.maxAge());
        geo = new MmdbGeo(places, operators, ownList, maxAge, clock);
        if (places.isEmpty()) {
            LOG.warn("No GeoIP database is configured ({}): place is not collected", GeoOptions.CITY_FILE);
        }
        if (operators.isEmpty()) {
            LOG.warn("No ASN database is configured ({}): network is not collected", GeoOptions.ASN_FILE);
        }
        look();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        watcher = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "sekisho-geo");
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
        meters.forEach(metrics::remove);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(GeoOptions.CITY_FILE)
                .type(ProviderConfigProperty.FILE_TYPE)
                .helpText("MMDB file of type City or Country")
                .add()
                .property()
                .name(GeoOptions.COUNTRY_FILE)
                .type(ProviderConfigProperty.FILE_TYPE)
                .helpText("MMDB file of type Country, asked where city-file does not know")
                .add()
                .property()
                .name(GeoOptions.ASN_FILE)
                .type(ProviderConfigProperty.FILE_TYPE)
                .helpText("MMDB file of type ASN")
                .add()
                .property()
                .name(GeoOptions.NETWORK_LIST_FILE)
                .type(ProviderConfigProperty.FILE_TYPE)
                .helpText("List of hosting, anonymiser and shared networks; goes before the shipped one")
                .add()
                .property()
                .name(GeoOptions.REFRESH_INTERVAL)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("How often the files are looked at; ISO-8601 duration, PT1S to P1D")
                .defaultValue("PT1M")
                .add()
                .property()
                .name(GeoOptions.MAX_AGE)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("From which age on a database must not lower the risk; ISO-8601 duration, P1D to P60D")
                .defaultValue("P60D")
                .add()
                .property()
                .name(GeoOptions.EXEMPT_FROM_AGE)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .helpText("No database is too old; for demo and tests only")
                .defaultValue(false)
                .add()
                .build();
    }

    /** One look at all files. */
    void look() {
        files.forEach(WatchedFile::look);
        boolean stale = geo.stale();
        if (stale && !toldStale) {
            LOG.warn(
                    "A GeoIP database is older than {} days: familiar places do not lower the risk",
                    options.maxAge().toDays());
        }
        toldStale = stale;
    }

    private <V> WatchedFile<GeoDatabase<V>> database(String key, Path file, GeoDatabase.Question<V> question) {
        WatchedFile<GeoDatabase<V>> watched =
                watch(key, file, (path, inUse) -> GeoDatabase.open(path, question, inUse));
        Supplier<Number> age = () -> watched.inUse()
                .<Number>map(database ->
                        Duration.between(database.builtAt(), clock.instant()).toSeconds())
                .orElse(Double.NaN);
        meters.add(TimeGauge.builder(AGE, age, TimeUnit.SECONDS)
                .description("Age of the database in use")
                .tag(FILE, key)
                .strongReference(true)
                .register(metrics));
        return watched;
    }

    private <T> WatchedFile<T> watch(String key, Path file, WatchedFile.Loader<T> loader) {
        // Counted by ourselves: the first look comes before the server's registry, and a counter would forget it.
        AtomicLong failures = new AtomicLong();
        meters.add(FunctionCounter.builder(SWAP_FAILURES, failures, AtomicLong::get)
                .description("Versions of the file that were refused")
                .tag(FILE, key)
                .register(metrics));
        var watched = new WatchedFile<>(file, loader, new LoggingObserver<T>(key, failures));
        files.add(watched);
        return watched;
    }

    private record LoggingObserver<T>(String key, AtomicLong failures) implements WatchedFile.Observer<T> {

        @Override
        public void taken(Path file, T value) {
            LOG.info("{}: {} is in use: {}", key, file, value);
        }

        @Override
        public void refused(Path file, Throwable cause, Optional<T> staysInUse) {
            failures.incrementAndGet();
            LOG.error(
                    "{}: {} cannot be used; in use stays: {}",
                    key,
                    file,
                    staysInUse.map(Object::toString).orElse("nothing"),
                    cause);
        }
    }
}
