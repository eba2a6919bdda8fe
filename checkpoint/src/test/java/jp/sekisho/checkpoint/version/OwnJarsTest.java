package jp.sekisho.checkpoint.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnJarsTest {

    @TempDir
    private Path jars;

    @Test
    void jarsOfOneVersionStart() throws IOException {
        try (URLClassLoader server = server(jar("sekisho-policies", "0.2.0"), jar("sekisho-storage", "0.2.0"))) {
            assertThatCode(() -> OwnJars.requireOneVersion(server)).doesNotThrowAnyException();
        }
    }

    @Test
    void aMixtureIsNamed() throws IOException {
        try (URLClassLoader server = server(jar("sekisho-policies", "0.2.0"), jar("sekisho-storage", "0.1.0"))) {
            assertThatThrownBy(() -> OwnJars.requireOneVersion(server))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("sekisho-policies 0.2.0, sekisho-storage 0.1.0");
        }
    }

    @Test
    void theOldJarLeftBesideTheNewOneIsNamed() throws IOException {
        try (URLClassLoader server = server(jar("sekisho-policies", "0.2.0"), jar("sekisho-policies", "0.1.0"))) {
            assertThatThrownBy(() -> OwnJars.requireOneVersion(server))
                    .hasMessageContaining("sekisho-policies 0.1.0, sekisho-policies 0.2.0");
        }
    }

    @Test
    void theBuildMarksOurModules() throws IOException {
        assertThat(Collections.list(OwnJars.class.getClassLoader().getResources(OwnJars.MARKER)))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThatCode(() -> OwnJars.requireOneVersion(OwnJars.class.getClassLoader()))
                .doesNotThrowAnyException();
    }

    private URL jar(String module, String version) throws IOException {
        Path jar = Files.createDirectory(jars.resolve(module + "-" + version));
        Path marker = jar.resolve(OwnJars.MARKER);
        Files.createDirectories(marker.getParent());
        Files.writeString(marker, "module=" + module + "\nversion=" + version + "\n");
        return jar.toUri().toURL();
    }

    private static URLClassLoader server(URL... jars) {
        return new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
    }
}
