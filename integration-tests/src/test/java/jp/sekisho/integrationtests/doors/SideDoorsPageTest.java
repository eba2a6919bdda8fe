package jp.sekisho.integrationtests.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.sekisho.integrationtests.doors.SideDoors.Door;
import jp.sekisho.integrationtests.doors.SideDoors.Kind;
import jp.sekisho.integrationtests.doors.SideDoors.State;
import jp.sekisho.stack.keycloak.BuildOptions;
import org.junit.jupiter.api.Test;

class SideDoorsPageTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void thePageIsTheTable() throws IOException {
        String page = SideDoorsPage.of(SideDoors.read());
        Path fresh = Files.writeString(Path.of("target/SIDE-DOORS.md"), page);
        assertThat(Files.readString(ROOT.resolve("SIDE-DOORS.md")))
                .as("SIDE-DOORS.md is not the table; as it should be: " + fresh.toAbsolutePath())
                .isEqualTo(page);
    }

    @Test
    void everyDoorIsCompleteAndStandsOnce() throws IOException {
        SideDoors table = SideDoors.read();
        assertThat(table.doors()).allSatisfy(door -> {
            assertThat(door.ids()).isNotEmpty();
            assertThat(door.how()).isNotBlank();
            assertThat(door.locked()).isNotBlank();
            assertThat(door.in() != null).isEqualTo(door.kind() == Kind.ENDPOINT);
            if (door.state() == State.CHECKPOINT) {
                assertThat(door.gets()).as(door.toString()).isNotEmpty();
            }
            assertThat(door.knocks().isEmpty()).as(door.toString()).isEqualTo(door.state() != State.CLOSED);
        });
        for (Kind kind : Kind.values()) {
            List<String> ids = table.doors().stream()
                    .filter(door -> door.kind() == kind)
                    .flatMap(door -> door.ids().stream().map(id -> door.in() + "#" + id))
                    .toList();
            assertThat(ids).as(kind.name()).isNotEmpty().doesNotHaveDuplicates();
        }
        assertThat(table.doors()).extracting(Door::state).contains(State.values());
    }

    /** What is off is off wherever a server is built: tests, demo, image, and what a firm is told. */
    @Test
    void theSameFeaturesAreOffEverywhere() throws IOException {
        String option = "--features-disabled=" + BuildOptions.FEATURES_OFF;
        assertThat(Files.readString(ROOT.resolve("docker/Dockerfile"))).contains(option);
        assertThat(Files.readString(ROOT.resolve("distribution/src/zip/INSTALL.md")))
                .contains(option);
        assertThat(BuildOptions.FEATURES_OFF.split(",")).contains("impersonation");
    }
}
