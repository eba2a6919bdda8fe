package jp.sekisho.checkpoint.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.file.WatchedFile;
import jp.sekisho.policies.evidence.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoFilesTest {

    @TempDir
    private Path folder;

    private final List<Throwable> refused = new ArrayList<>();

    @Test
    void aDatabaseFoundDamagedAtALookUpWithholdsAndIsToldOnce() throws IOException {
        Path file = GeoLite.copy(GeoLite.COUNTRY, folder.resolve("country"));
        var damaged = InetAddress.getByAddress(new byte[] {(byte) 133, (byte) 242, 0, 3});
        GeoDatabase.Question<String> question = (reader, address) -> {
            if (address.equals(damaged)) {
                throw new IOException("damaged");
            }
            return Optional.of("somewhere");
        };
        var watched = new WatchedFile<GeoDatabase<String>>(
                file, (path, inUse) -> GeoDatabase.open(path, question, inUse), new Observer());
        watched.look();
        var files = new GeoFiles<>(List.of(watched), "nowhere", any -> true);

        assertThat(files.find(damaged)).isEqualTo(Field.withheld());
        assertThat(files.find(damaged)).isEqualTo(Field.withheld());
        assertThat(refused).hasSize(1);
        assertThat(files.find(InetAddress.getLoopbackAddress())).isEqualTo(Field.of("somewhere"));
    }

    private final class Observer implements WatchedFile.Observer<GeoDatabase<String>> {

        @Override
        public void taken(Path file, GeoDatabase<String> value) {}

        @Override
        public void refused(Path file, Throwable cause, Optional<GeoDatabase<String>> staysInUse) {
            refused.add(cause);
        }
    }
}
