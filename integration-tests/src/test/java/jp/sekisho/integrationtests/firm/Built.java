package jp.sekisho.integrationtests.firm;

import java.io.IOException;
import java.nio.file.Path;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.StockDistribution;

/**
 * The distribution with our jars on PostgreSQL. A build takes longer than a start: what some tests need to be built in, and
 * the others do not use, is in one for all.
 */
public final class Built {

    private Built() {}

    public static BuiltDistribution onPostgres() throws IOException {
        return onPostgres("it", BuildOptions.FEATURES_OFF, "");
    }

    /** The same with other features off, and some on that are off unless somebody asks for them. */
    public static BuiltDistribution onPostgres(String name, String featuresOff, String featuresOn) throws IOException {
        BuildOptions options = BuildOptions.named(name, Database.POSTGRES)
                .with("features-disabled", featuresOff)
                .with("vault", "file")
                // The proxy in front would hand certificates of its TLS connections on.
                .with("spi-x509cert-lookup--provider", "nginx")
                .withProvidersIn(Path.of(System.getProperty("sekisho.providers")));
        return StockDistribution.fromSystemProperties()
                .build(featuresOn.isEmpty() ? options : options.with("features", featuresOn));
    }
}
