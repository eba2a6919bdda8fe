package jp.sekisho.integrationtests.firm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.StockDistribution;

/**
 * The distribution with our jars on PostgreSQL. A build takes longer than a start: what some tests need to be built in, and
 * the others do not use, is in one for all.
 */
public final class Built {

    private static final Path PREVIOUS = Path.of("src/test/previous");

    private Built() {}

    public static BuiltDistribution onPostgres() throws IOException {
        return onPostgres("it", BuildOptions.FEATURES_OFF, "");
    }

    /** The same with other features off, and some on that are off unless somebody asks for them. */
    public static BuiltDistribution onPostgres(String name, String featuresOff, String featuresOn) throws IOException {
        return built(name, featuresOff, featuresOn, jars(jar -> true));
    }

    /** The jars of the build before this one, as a firm has them that updates; those of others are this build's. */
    public static BuiltDistribution previous() throws IOException {
        List<Path> jars = new ArrayList<>(jars(jar -> !jar.startsWith("sekisho-")));
        try (Stream<Path> files = Files.list(PREVIOUS)) {
            files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
        }
        return built("it-previous", BuildOptions.FEATURES_OFF, "", jars);
    }

    /** The realm that was shipped with it. */
    public static ObjectNode previousRealm() throws IOException {
        return (ObjectNode) new ObjectMapper()
                .readTree(PREVIOUS.resolve("broker-realm.json").toFile());
    }

    private static List<Path> jars(Predicate<String> named) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("sekisho.providers")))) {
            return files.filter(file -> file.toString().endsWith(".jar")
                            && named.test(file.getFileName().toString()))
                    .toList();
        }
    }

    private static BuiltDistribution built(String name, String featuresOff, String featuresOn, List<Path> jars)
            throws IOException {
        BuildOptions options = BuildOptions.named(name, Database.POSTGRES)
                .with("features-disabled", featuresOff)
                .with("vault", "file")
                // The proxy in front would hand certificates of its TLS connections on.
                .with("spi-x509cert-lookup--provider", "nginx")
                .withProviders(jars);
        return StockDistribution.fromSystemProperties()
                .build(featuresOn.isEmpty() ? options : options.with("features", featuresOn));
    }
}
