package jp.sekisho.stack.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is fixed when a distribution is built: database, jars and further build options. Health and metrics are always
 * on, and {@link #FEATURES_OFF} off unless the options say otherwise.
 *
 * @param name names the builds that replace each other in the cache
 * @param providers jars for {@code providers/}
 * @param options further build options without the leading {@code --}
 */
public record BuildOptions(String name, Database database, List<Path> providers, Map<String, String> options) {

    /** What nobody needs and could end in a session: off in each server, the firms' own included. */
    public static final String FEATURES_OFF =
            "impersonation,token-exchange-standard,device-flow,ciba,jwt-authorization-grant";

    /** The databases of demo and tests. */
    public enum Database {
        /** A file below the server's data directory. */
        H2("dev-file"),
        POSTGRES("postgres");

        private final String option;

        Database(String option) {
            this.option = option;
        }
    }

    public BuildOptions {
        providers = providers.stream()
                .sorted(Comparator.comparing(jar -> jar.getFileName().toString()))
                .toList();
        options = Map.copyOf(options);
    }

    /** A build without own jars. */
    public static BuildOptions named(String name, Database database) {
        return new BuildOptions(name, database, List.of(), Map.of());
    }

    /** The same with all jars of a directory. */
    public BuildOptions withProvidersIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return withProviders(
                    files.filter(file -> file.toString().endsWith(".jar")).toList());
        }
    }

    public BuildOptions withProviders(List<Path> jars) {
        return new BuildOptions(name, database, jars, options);
    }

    public BuildOptions with(String option, String value) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(option, value);
        return new BuildOptions(name, database, providers, more);
    }

    List<String> arguments() {
        Map<String, String> all = new TreeMap<>(Map.of(
                "db",
                database.option,
                "health-enabled",
                "true",
                "metrics-enabled",
                "true",
                "features-disabled",
                FEATURES_OFF));
        all.putAll(options);
        return all.entrySet().stream()
                .map(option -> "--" + option.getKey() + "=" + option.getValue())
                .toList();
    }

    /** Equal for equal arguments and equal jars, by content. */
    String fingerprint(Path distribution) throws IOException {
        MessageDigest digest = sha256();
        update(digest, distribution.getFileName() + " " + Files.size(distribution));
        arguments().forEach(argument -> update(digest, argument));
        for (Path jar : providers) {
            update(digest, jar.getFileName().toString());
            try (InputStream content = new DigestInputStream(Files.newInputStream(jar), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
