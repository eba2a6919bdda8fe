package jp.sekisho.demo.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where the build put what the demo starts.
 *
 * @param keycloakZip the stock distribution
 * @param providers directory of the jars to install
 * @param tradingApp the executable jar
 * @param work directory of everything that the demo writes
 */
record BuildFiles(Path keycloakZip, Path providers, Path tradingApp, Path work) {

    static BuildFiles read() throws IOException {
        try (InputStream in = BuildFiles.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new BuildFiles(
                    Path.of(properties.getProperty("keycloak.zip")),
                    Path.of(properties.getProperty("providers")),
                    Path.of(properties.getProperty("trading-app")),
                    Path.of(properties.getProperty("work")));
        }
    }
}
