package jp.sekisho.checkpoint.access;

import static org.assertj.core.api.Assertions.assertThat;

import jp.sekisho.policies.access.IpAddress;
import jp.sekisho.policies.access.Match;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchesTest {

    @ParameterizedTest
    @CsvSource({
        "NETWORK,      203.0.113.77/24,     203.0.113.0/24",
        "NETWORK,      203.0.113.77,        203.0.113.77/32",
        "NETWORK,      0.0.0.0/0,           0.0.0.0/0",
        "NETWORK,      2001:DB8::1/32,      2001:db8::/32",
        "NETWORK,      2001:db8::1,         2001:db8::1/128",
        "NETWORK,      ::ffff:203.0.113.7,  ",
        "NETWORK,      203.0.113.0/33,      ",
        "NETWORK,      203.0.113,           ",
        "NETWORK,      example.org,         ",
        "NETWORK,      '',                  ",
        "ASN,          AS64500,             64500",
        "ASN,          064500,              64500",
        "ASN,          4294967295,          4294967295",
        "ASN,          4294967296,          ",
        "ASN,          0,                   ",
        "ASN,          NTT,                 ",
        "COUNTRY,      jp,                  JP",
        "COUNTRY,      Japan,               ",
        "KNOWN_DEVICE, '',                  ''",
        "KNOWN_DEVICE, x,                   "
    })
    void whatIsWrittenIsKeptInOneSpellingOrRefused(Match.Kind kind, String text, String kept) {
        assertThat(Matches.canonical(kind, text).orElse(null)).isEqualTo(kept);
    }

    @Property
    void aNetworkIsTheSameAfterItWasKept(
            @ForAll @Size(4) byte[] four, @ForAll @Size(8) byte[] eight, @ForAll @IntRange(max = 64) int length) {
        byte[] sixteen = new byte[16];
        sixteen[0] = 0x20;
        System.arraycopy(eight, 0, sixteen, 1, 8);
        for (byte[] octets : new byte[][] {four, sixteen}) {
            int bits = Math.min(length, octets.length * 8);
            Match.Network network = new Match.Network(IpAddress.of(octets), bits);
            String text = text(octets) + '/' + bits;

            String kept = Matches.canonical(Match.Kind.NETWORK, text).orElseThrow();

            assertThat(Matches.of(Match.Kind.NETWORK, kept)).isEqualTo(network);
            assertThat(Matches.canonical(Match.Kind.NETWORK, kept)).contains(kept);
        }
    }

    private static String text(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length; i += octets.length == 4 ? 1 : 2) {
            if (octets.length == 4) {
                text.append(i == 0 ? "" : ".").append(octets[i] & 0xff);
            } else {
                text.append(i == 0 ? "" : ":")
                        .append(Integer.toHexString((octets[i] & 0xff) << 8 | octets[i + 1] & 0xff));
            }
        }
        return text.toString();
    }
}
