package jp.sekisho.checkpoint.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.LoggedLines;
import jp.sekisho.checkpoint.OptionScope;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MmdbGeoProviderFactoryTest {

    private static final Instant BUILT = Instant.parse("2019-11-19T00:00:00Z");
    private static final Field<ClientAddress> SAKURA = address("133.242.0.3");
    private static final Field<ClientAddress> WIDE = address("2001:200::1");
    private static final Field<ClientAddress> PRIVATE = address("192.168.1.2");
    private static final Place NOWHERE = new Place("ZZ", Optional.empty(), Optional.empty());
    private static final Place JAPAN = new Place("JP", Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final MmdbGeoProviderFactory factory =
            new MmdbGeoProviderFactory(metrics, Clock.fixed(BUILT.plus(Duration.ofDays(30)), ZoneOffset.UTC));

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void knowsPlaceAndNetwork() throws IOException {
        Path city = GeoLite.copy(GeoLite.CITY, file("city"));
        Path asn = GeoLite.copy(GeoLite.ASN, file("asn"));

        GeoProvider geo = start(Map.of("city-file", city.toString(), "asn-file", asn.toString()));

        assertThat(geo.look(WIDE).place())
                .isEqualTo(Field.of(new Place(
                        "JP", Optional.of("Yokohama"), Optional.of(new Place.Position(35.5569, 139.6444, 20)))));
        assertThat(geo.look(WIDE).network())
                .isEqualTo(Field.of(new Network(2500, "WIDE Project", Network.Kind.ORDINARY)));
        assertThat(geo.look(PRIVATE).place()).isEqualTo(Field.of(NOWHERE));
        assertThat(geo.look(PRIVATE).network()).isEqualTo(Field.of(new Network(0, "", Network.Kind.ORDINARY)));
    }

    @Test
    void shippedListKnowsHostingAndCarriers() throws IOException {
        Path asn = GeoLite.copy(GeoLite.ASN, file("asn"));

        GeoProvider geo = start(Map.of("asn-file", asn.toString()));

        assertThat(geo.look(SAKURA).network())
                .isEqualTo(Field.of(new Network(7684, "SAKURA Internet Inc.", Network.Kind.HOSTING)));
        assertThat(geo.look(address("1.72.0.1")).network())
                .isEqualTo(Field.of(new Network(9605, "NTT DOCOMO, INC.", Network.Kind.SHARED)));
    }

    @Test
    void theFirmsListGoesBeforeTheShippedOneAndIsSwapped() throws IOException {
        Path asn = GeoLite.copy(GeoLite.ASN, file("asn"));
        Path list = Files.writeString(file("list"), """
                # our own
                AS7684 ordinary
                133.242.0.0/16 shared   # a customer's office
                133.242.0.3 anonymiser
                2001:200::/32 hosting
                """);

        GeoProvider geo = start(Map.of("asn-file", asn.toString(), "network-list-file", list.toString()));

        assertThat(kind(geo, "133.242.0.3")).isEqualTo(Network.Kind.ANONYMISER);
        assertThat(kind(geo, "133.242.0.4")).isEqualTo(Network.Kind.SHARED);
        assertThat(kind(geo, "2001:200::9")).isEqualTo(Network.Kind.HOSTING);
        assertThat(kind(geo, "8.8.8.8")).isEqualTo(Network.Kind.HOSTING);

        Files.writeString(list, "AS7684 ordinary\n");
        factory.look();
        assertThat(kind(geo, "133.242.0.3")).isEqualTo(Network.Kind.ORDINARY);

        Files.writeString(list, "AS7684 ordinary\n133.242.0.0/33 shared\n");
        factory.look();
        assertThat(kind(geo, "133.242.0.3")).isEqualTo(Network.Kind.ORDINARY);
        assertThat(failures("network-list-file")).isEqualTo(1);
    }

    @Test
    void aListedBlockIsKnownWithoutADatabase() throws IOException {
        Path list = Files.writeString(file("list"), "133.242.0.0/16 hosting\n");

        GeoProvider geo = start(Map.of("network-list-file", list.toString()));

        assertThat(geo.look(SAKURA).network()).isEqualTo(Field.of(new Network(0, "", Network.Kind.HOSTING)));
        assertThat(geo.look(WIDE).network()).isEqualTo(Field.notCollected());
    }

    @Test
    void nothingConfiguredIsNotCollected() {
        GeoProvider geo = start(Map.of());

        assertThat(geo.look(SAKURA).place()).isEqualTo(Field.notCollected());
        assertThat(geo.look(SAKURA).network()).isEqualTo(Field.notCollected());
        assertThat(geo.stale()).isFalse();
    }

    @Test
    void anAddressWithheldHasItsPlaceWithheld() throws IOException {
        Path country = GeoLite.copy(GeoLite.COUNTRY, file("country"));

        GeoProvider geo = start(Map.of("city-file", country.toString()));

        assertThat(geo.look(Field.withheld()).place()).isEqualTo(Field.withheld());
        assertThat(geo.look(Field.notCollected()).place()).isEqualTo(Field.notCollected());
    }

    @Test
    void aMissingFileWithholdsUntilItComes() throws IOException {
        GeoProvider geo = start(Map.of(
                "city-file", file("city").toString(), "asn-file", file("asn").toString()));

        assertThat(geo.look(SAKURA).place()).isEqualTo(Field.withheld());
        assertThat(geo.look(SAKURA).network()).isEqualTo(Field.withheld());
        assertThat(metrics.get("sekisho.geo.age")
                        .tag("file", "city-file")
                        .timeGauge()
                        .value())
                .isNaN();
        factory.look();
        assertThat(failures("city-file")).isEqualTo(1);

        GeoLite.copy(GeoLite.COUNTRY, file("city"));
        factory.look();
        assertThat(geo.look(SAKURA).place()).isEqualTo(Field.of(JAPAN));
        assertThat(metrics.get("sekisho.geo.age")
                        .tag("file", "city-file")
                        .timeGauge()
                        .value())
                .isGreaterThan(30 * 86400d);
    }

    /** As Keycloak starts: providers first, then the registry that is asked for metrics. */
    @Test
    void aFileMissingAtTheStartIsCountedThoughTheRegistryComesLater() {
        CompositeMeterRegistry global = new CompositeMeterRegistry();
        MmdbGeoProviderFactory early = new MmdbGeoProviderFactory(global, Clock.systemUTC());
        early.init(new OptionScope(Map.of("city-file", file("city").toString())));
        global.add(metrics);

        assertThat(failures("city-file")).isEqualTo(1);
        early.close();
    }

    @Test
    void theCountryFileStandsIn() throws IOException {
        Path country = GeoLite.copy(GeoLite.COUNTRY, file("country"));

        GeoProvider geo = start(Map.of("city-file", file("missing").toString(), "country-file", country.toString()));

        assertThat(geo.look(SAKURA).place()).isEqualTo(Field.of(JAPAN));
    }

    @Test
    void aBrokenFileKeepsTheOldOneAndIsToldOnceAVersion() throws IOException {
        Path city = GeoLite.copy(GeoLite.COUNTRY, file("city"));
        GeoProvider geo = start(Map.of("city-file", city.toString()));
        byte[] whole = Files.readAllBytes(city);

        Files.writeString(city, "this is no database");
        factory.look();
        factory.look();
        assertThat(failures("city-file")).isEqualTo(1);

        Files.write(city, new byte[0]);
        factory.look();
        factory.look();
        assertThat(failures("city-file")).isEqualTo(2);

        Files.write(city, Arrays.copyOf(whole, whole.length / 2));
        factory.look();
        assertThat(failures("city-file")).isEqualTo(3);

        Files.delete(city);
        factory.look();
        factory.look();
        assertThat(failures("city-file")).isEqualTo(4);
        assertThat(geo.look(SAKURA).place()).isEqualTo(Field.of(JAPAN));

        Files.write(city, whole);
        factory.look();
        assertThat(failures("city-file")).isEqualTo(4);
        assertThat(geo.look(SAKURA).place()).isEqualTo(Field.of(JAPAN));
    }

    /** What becomes of a copy that ran out of space: a file that is cut off, here in the middle of its search tree. */
    @Test
    void aCopyOntoAFullDiskKeepsTheOldFileAndIsToldOnce() throws IOException {
        Path city = GeoLite.copy(GeoLite.CITY, file("city"));
        GeoProvider geo = start(Map.of("city-file", city.toString()));
        Field<Place> before = geo.look(SAKURA).place();
        byte[] whole = Files.readAllBytes(city);

        try (LoggedLines log = new LoggedLines(MmdbGeoProviderFactory.class)) {
            Files.write(city, Arrays.copyOf(whole, 4096 * 100));
            factory.look();
            factory.look();
            assertThat(log.errors()).singleElement().asString().contains("cannot be used; in use stays: GeoLite2-City");
        }
        assertThat(failures("city-file")).isEqualTo(1);
        assertThat(geo.look(SAKURA).place()).isEqualTo(before);

        Files.write(city, whole);
        factory.look();
        assertThat(failures("city-file")).isEqualTo(1);
    }

    @Test
    void theWrongTypeOfDatabaseIsRefused() throws IOException {
        Path asn = GeoLite.copy(GeoLite.ASN, file("asn"));
        Path country = GeoLite.copy(GeoLite.COUNTRY, file("country"));

        GeoProvider geo = start(Map.of("city-file", asn.toString(), "asn-file", country.toString()));

        assertThat(geo.look(SAKURA).place()).isEqualTo(Field.withheld());
        assertThat(geo.look(SAKURA).network()).isEqualTo(Field.withheld());
        assertThat(failures("city-file")).isEqualTo(1);
        assertThat(failures("asn-file")).isEqualTo(1);
    }

    @Test
    void anOlderFileIsRefusedAndANewerOneTaken() throws IOException {
        Path city = file("city");
        Files.write(city, GeoLite.builtAt(GeoLite.COUNTRY, BUILT));
        start(Map.of("city-file", city.toString()));

        Files.write(city, GeoLite.builtAt(GeoLite.COUNTRY, BUILT.minusSeconds(86400)));
        factory.look();
        assertThat(failures("city-file")).isEqualTo(1);
        assertThat(ageInDays()).isEqualTo(30);

        Files.write(city, GeoLite.builtAt(GeoLite.COUNTRY, BUILT.plusSeconds(86400)));
        factory.look();
        assertThat(failures("city-file")).isEqualTo(1);
        assertThat(ageInDays()).isEqualTo(29);
    }

    @Test
    void aFileRenamedOverTheOldOneIsTaken() throws IOException {
        Path city = file("city");
        Files.write(city, GeoLite.builtAt(GeoLite.COUNTRY, BUILT));
        start(Map.of("city-file", city.toString()));

        Path next = Files.write(file("next"), GeoLite.builtAt(GeoLite.COUNTRY, BUILT.plusSeconds(5 * 86400)));
        Files.move(next, city, StandardCopyOption.ATOMIC_MOVE);
        factory.look();

        assertThat(ageInDays()).isEqualTo(25);
    }

    /** As Kubernetes does it: the file is a link through a linked folder, which is replaced. */
    @Test
    void aSwappedSymbolicLinkIsTaken() throws IOException {
        Path first = Files.createDirectory(file("..first"));
        Path second = Files.createDirectory(file("..second"));
        Files.write(first.resolve("geo.mmdb"), GeoLite.builtAt(GeoLite.COUNTRY, BUILT));
        Files.write(second.resolve("geo.mmdb"), GeoLite.builtAt(GeoLite.COUNTRY, BUILT.plusSeconds(5 * 86400)));
        Path data = Files.createSymbolicLink(file("..data"), first);
        Path city = Files.createSymbolicLink(file("geo.mmdb"), data.resolve("geo.mmdb"));
        start(Map.of("city-file", city.toString()));

        Path next = Files.createSymbolicLink(file("..data_tmp"), second);
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        factory.look();

        assertThat(ageInDays()).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource({"P29D, false, true", "P31D, false, false", "P29D, true, false"})
    void anOldDatabaseIsStale(String maxAge, String exempt, boolean stale) throws IOException {
        Path country = file("country");
        Files.write(country, GeoLite.builtAt(GeoLite.COUNTRY, BUILT));

        GeoProvider geo = start(Map.of("city-file", country.toString(), "max-age", maxAge, "exempt-from-age", exempt));

        assertThat(geo.stale()).isEqualTo(stale);
    }

    @Test
    void theWatcherLooksByItself() throws IOException {
        GeoProvider geo = start(Map.of("city-file", file("city").toString(), "refresh-interval", "PT1S"));
        factory.postInit(null);
        Path next = GeoLite.copy(GeoLite.COUNTRY, file("next"));
        Files.move(next, file("city"), StandardCopyOption.ATOMIC_MOVE);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (geo.look(SAKURA).place().present().isEmpty()) {
                Thread.onSpinWait();
            }
        });
        assertThat(geo.look(SAKURA).place()).isEqualTo(Field.of(JAPAN));
    }

    @ParameterizedTest
    @CsvSource({
        "refresh-interval, -PT1M",
        "refresh-interval, PT0S",
        "refresh-interval, P2D",
        "refresh-interval, 60",
        "max-age, P61D",
        "max-age, PT1H",
        "max-age, two months",
        "exempt-from-age, perhaps",
        "city-file, /",
        "asn-file, /",
        "country-file, /",
        "network-list-file, /",
    })
    void absurdOptionsStopTheStartAndAreNamed(String key, String value) {
        assertThatThrownBy(() -> start(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spi-sekisho-geo--mmdb--" + key + ": '" + value + "'");
    }

    private GeoProvider start(Map<String, String> options) {
        factory.init(new OptionScope(options));
        return factory.create(null);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private double failures(String file) {
        return metrics.get("sekisho.geo.swap.failures")
                .tag("file", file)
                .functionCounter()
                .count();
    }

    private long ageInDays() {
        return (long) metrics.get("sekisho.geo.age").timeGauge().value() / 86400;
    }

    private static Network.Kind kind(GeoProvider geo, String address) {
        return geo.look(address(address)).network().present().orElseThrow().kind();
    }

    private static Field<ClientAddress> address(String text) {
        return Field.of(new ClientAddress(text, "", text, true));
    }
}
