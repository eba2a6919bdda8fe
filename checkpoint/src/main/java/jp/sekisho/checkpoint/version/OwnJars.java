package jp.sekisho.checkpoint.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** Sekisho's jars in the server. They share one class loader, and only jars of one version fit together. */
public final class OwnJars {

    /** In each of our jars, written by the build. */
    static final String MARKER = "META-INF/sekisho/jar.properties";

    private record Jar(String module, String version) {

        static Jar read(URL marker) throws IOException {
            Properties properties = new Properties();
            try (InputStream content = marker.openStream();
                    Reader text = new InputStreamReader(content, StandardCharsets.UTF_8)) {
                properties.load(text);
            }
            return new Jar(properties.getProperty("module"), properties.getProperty("version"));
        }

        @Override
        public String toString() {
            return module + " " + version;
        }
    }

    private OwnJars() {}

    /**
     * Stops the start of a server whose providers folder is a mixture, as half an update leaves it.
     *
     * @param loader sees all jars of the server
     * @throws IllegalStateException names the jars with their versions
     */
    public static void requireOneVersion(ClassLoader loader) {
        List<Jar> jars = find(loader);
        if (jars.stream().map(Jar::version).distinct().count() > 1) {
            throw new IllegalStateException(jars.stream()
                    .map(Jar::toString)
                    .sorted()
                    .collect(Collectors.joining(
                            ", ",
                            "The server has jars of Sekisho of different versions: ",
                            ". Remove all of them from providers/, put in those of one version, run kc.sh build.")));
        }
    }

    private static List<Jar> find(ClassLoader loader) {
        try {
            List<Jar> jars = new ArrayList<>();
            for (URL marker : Collections.list(loader.getResources(MARKER))) {
                jars.add(Jar.read(marker));
            }
            return jars;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
