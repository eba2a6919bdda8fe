package jp.sekisho.benchmarks.geo;

import jp.sekisho.checkpoint.geo.GeoProvider;
import jp.sekisho.checkpoint.geo.MmdbGeoProviderFactory;
import jp.sekisho.stack.geo.GeoLite2;
import org.keycloak.Config;

/** The product's look-up on files, without a server. */
public final class Geo implements AutoCloseable {

    private static final String OPTIONS = "sekisho.benchmark.geo.";

    private final MmdbGeoProviderFactory factory = new MmdbGeoProviderFactory();

    public Geo(GeoLite2 files) {
        System.setProperty(OPTIONS + "city-file", files.city().toString());
        System.setProperty(OPTIONS + "asn-file", files.asn().toString());
        System.setProperty(OPTIONS + "exempt-from-age", "true");
        factory.init(new Config.SystemPropertiesScope(OPTIONS));
    }

    public GeoProvider provider() {
        return factory.create(null);
    }

    @Override
    public void close() {
        factory.close();
    }
}
