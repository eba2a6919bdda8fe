package jp.sekisho.integrationtests.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.nio.file.Path;
import jp.sekisho.stack.io.Zip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The image of the distribution: built, started, looked into. */
class ImageIT {

    @TempDir
    private Path unpacked;

    @Test
    void startsOptimisedWithOurJarsAndNotAsRoot() throws Exception {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "No container engine runs here: the image is neither built nor checked");
        Zip.unpackBelowTop(Path.of(System.getProperty("sekisho.distribution")), unpacked);
        String image = new ImageFromDockerfile()
                .withFileFromPath(".", unpacked)
                .withBuildArg("DB", "dev-file")
                .get();
        try (KeycloakContainer keycloak = new KeycloakContainer(image)
                .withProductionMode()
                .withOptimizedFlag()
                .withEnv("KC_HTTP_ENABLED", "true")
                .withEnv("KC_HOSTNAME_STRICT", "false")) {
            keycloak.start();

            assertThat(keycloak.execInContainer("id", "-u").getStdout().strip()).isEqualTo("1000");
            assertThat(keycloak.execInContainer("ls", "/opt/keycloak/providers").getStdout())
                    .contains("sekisho-checkpoint-");
            assertThat(keycloak.getLogs())
                    .as("built into the image, not at the start")
                    .doesNotContain("Updating the configuration and installing your custom providers");
        }
    }
}
