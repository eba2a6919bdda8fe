package jp.sekisho.stack.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildOptionsTest {

    @TempDir
    Path directory;

    private Path zip;
    private Path jar;
    private BuildOptions options;

    @BeforeEach
    void files() throws Exception {
        zip = Files.writeString(directory.resolve("keycloak.zip"), "distribution");
        jar = Files.writeString(directory.resolve("a.jar"), "one");
        Files.writeString(directory.resolve("readme.txt"), "not a jar");
        options = BuildOptions.named("test", Database.H2).withProvidersIn(directory);
    }

    @Test
    void onlyJarsAreProviders() {
        assertThat(options.providers()).containsExactly(jar);
    }

    @Test
    void sameJarsAndOptionsAreTheSameBuild() throws Exception {
        BuildOptions again = BuildOptions.named("test", Database.H2).withProvidersIn(directory);

        assertThat(again.fingerprint(zip)).isEqualTo(options.fingerprint(zip));
    }

    @Test
    void eachChangeIsAnotherBuild() throws Exception {
        String before = options.fingerprint(zip);

        assertThat(options.with("features", "preview").fingerprint(zip)).isNotEqualTo(before);
        assertThat(BuildOptions.named("test", Database.POSTGRES)
                        .withProvidersIn(directory)
                        .fingerprint(zip))
                .isNotEqualTo(before);
        Files.writeString(jar, "two");
        assertThat(options.fingerprint(zip)).isNotEqualTo(before);
    }
}
