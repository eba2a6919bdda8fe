package jp.sekisho.stack.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.Reader;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import jp.sekisho.stack.geo.GeoLite2;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each place that the page offers is where GeoLite2 of 2019 says it is. */
class OriginTest {

    @TempDir
    static Path directory;

    private static GeoLite2 geo;

    @BeforeAll
    static void unpack() throws Exception {
        geo = GeoLite2.unpackTo(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "114.164.71.119, JP, Tokyo, 4713",
        "126.4.206.67, JP, Osaka, 17676",
        "104.131.100.214, US, Clifton, 14061",
        "91.17.126.188, DE, Frankfurt am Main, 3320",
        "177.140.244.153, BR, São Paulo, 28573",
        "105.112.42.180, NG, Lagos, 36873",
    })
    void presetIsWhereItSays(String address, String country, String city, long asn) throws Exception {
        InetAddress ip = InetAddress.getByName(address);
        assertThat(Origin.PRESETS).extracting(Origin::address).contains(address);
        assertThat(look(geo.country(), ip, "country", "iso_code")).isEqualTo(country);
        assertThat(look(geo.city(), ip, "city", "names", "en")).isEqualTo(city);
        assertThat(look(geo.asn(), ip, "autonomous_system_number")).isEqualTo(asn);
    }

    private static Object look(Path database, InetAddress ip, String... path) throws Exception {
        try (Reader reader = new Reader(database.toFile())) {
            Object found = reader.get(ip, Map.class);
            for (String step : path) {
                found = ((Map<?, ?>) found).get(step);
            }
            return found;
        }
    }

    @Test
    void eachPresetIsChecked() {
        assertThat(Origin.PRESETS).hasSize(6).doesNotHaveDuplicates().contains(Origin.TOKYO_HOME);
    }
}
