package jp.sekisho.checkpoint.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressResolverTest {

    private static final String TRUSTED = "10.0.0.0/8,127.0.0.1,fd00::/8";
    private static final ClientAddressResolver X_FORWARDED =
            new ClientAddressResolver(ProxySetup.of("xforwarded", TRUSTED));
    private static final ClientAddressResolver FORWARDED =
            new ClientAddressResolver(ProxySetup.of("forwarded", TRUSTED));

    @Test
    void withoutProxyTheOtherEndOfTheConnectionIsTheClient() {
        var resolver = new ClientAddressResolver(ProxySetup.of(null, null));

        Field<ClientAddress> address =
                resolver.resolve(new Arrival("133.242.0.3", true, List.of("8.8.8.8"), List.of("for=8.8.8.8")));

        assertThat(address)
                .isEqualTo(Field.of(new ClientAddress("133.242.0.3", "133.242.0.0/24", "133.242.0.3", true)));
    }

    @Test
    void aStrangerBesideTheProxyIsTheClientWhateverItClaims() {
        assertThat(text(X_FORWARDED.resolve(
                        new Arrival("133.242.0.3", false, List.of("8.8.8.8"), List.of("for=8.8.8.8")))))
                .isEqualTo("133.242.0.3");
    }

    @Test
    void proxyHeadersFromAnybodyTellNothing() {
        var anybody = new ClientAddressResolver(ProxySetup.of("xforwarded", " "));

        assertThat(anybody.resolve(new Arrival("133.242.0.3", true, List.of("8.8.8.8"), List.of())))
                .isEqualTo(Field.withheld());
        assertThat(anybody.resolve(new Arrival("133.242.0.3", false, List.of(), List.of())))
                .isEqualTo(Field.withheld());
    }

    @Test
    void allInstancesOfTheHeaderAreOneList() {
        assertThat(text(X_FORWARDED.resolve(new Arrival(
                        "1.1.1.1", true, List.of("1.1.1.1", "133.242.0.3, 10.0.0.2", "10.0.0.3"), List.of()))))
                .isEqualTo("133.242.0.3");
    }

    @Test
    void onlyTheConfiguredKindOfHeaderCounts() {
        var both = new Arrival("x", true, List.of("133.242.0.3"), List.of("for=8.8.8.8"));

        assertThat(text(X_FORWARDED.resolve(both))).isEqualTo("133.242.0.3");
        assertThat(text(FORWARDED.resolve(both))).isEqualTo("8.8.8.8");
    }

    @Test
    void aTrustedProxyThatNamesNobodyWithholds() {
        assertThat(X_FORWARDED.resolve(new Arrival("10.0.0.1", true, List.of(), List.of("for=8.8.8.8"))))
                .isEqualTo(Field.withheld());
    }

    @Test
    void aClientInsideTheTrustedNetworkIsTheFurthestHop() {
        assertThat(X_FORWARDED.resolve(new Arrival("10.0.0.1", true, List.of("10.9.9.9, 10.0.0.2"), List.of())))
                .isEqualTo(Field.of(new ClientAddress("10.9.9.9", "10.9.9.0/24", "10.9.9.9", false)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "133.242.0.3 | 133.242.0.3",
                "133.242.0.3:50123 | 133.242.0.3",
                "133.242.0.3:_port | 133.242.0.3",
                "2001:200::1 | 2001:200::1",
                "2001:0200:0:0:0:0:0:0001 | 2001:200::1",
                "2001:DB8:0:1:1:1:1:1 | 2001:db8:0:1:1:1:1:1",
                "[2001:200::1] | 2001:200::1",
                "[2001:200::1]:443 | 2001:200::1",
                "::ffff:133.242.0.3 | 133.242.0.3",
                "[::FFFF:85f2:3]:443 | 133.242.0.3",
                "fe80::1%eth0 | fe80::1",
                "8.8.8.8, ::ffff:133.242.0.3, ::ffff:10.0.0.1 | 133.242.0.3",
                "8.8.8.8, 2001:200::1, [fd00::1]:99 | 2001:200::1",
            })
    void readsAddressesAsProxiesWriteThem(String header, String address) {
        assertThat(text(X_FORWARDED.resolve(new Arrival("x", true, List.of(header), List.of()))))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "8.8.8.8,",
                "8.8.8.8, unknown",
                "8.8.8.8, _hidden",
                "8.8.8.8, unknown, 10.0.0.1",
                "localhost",
                "example.com",
                "1.2.3",
                "1.2.3.4.5",
                "16909060",
                "0x7f.0.0.1",
                "010.0.0.1",
                "1.2.3.0/24",
                "1.2.3.*",
                "1.2.3.1-9",
                "*",
                "1.2.3.4:",
                "1.2.3.4:123456",
                "[1.2.3.4]",
                "[2001:200::1",
                "2001:200::1]",
                "2001:200::1::2",
                "[2001:200::1]x",
                "fe80::1%",
                "\"133.242.0.3\"",
                "133.242.0.3 8.8.8.8",
                "133.242.0.3;8.8.8.8",
                "133.242.0.3\u0000",
                "１３３.242.0.3",
            })
    void whatIsNoAddressWithholds(String header) {
        assertThat(X_FORWARDED.resolve(new Arrival("8.8.8.8", true, List.of(header), List.of())))
                .isEqualTo(Field.withheld());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=133.242.0.3 | 133.242.0.3",
                "For=133.242.0.3;proto=https;by=10.0.0.1 | 133.242.0.3",
                "proto=https; for=\"133.242.0.3:8080\" ; host=\"a,b;c\" | 133.242.0.3",
                "for=\"[2001:200::1]:4711\" | 2001:200::1",
                "for=[2001:200::1] | 2001:200::1",
                "for=\"[2001:200::\\1]\" | 2001:200::1",
                "for=\"8.8.8.8, for=133.242.0.3 | 133.242.0.3",
                "for=\"\\\", for=133.242.0.3;host=\"a\\\",\\\"b\", for=10.0.0.1 | 133.242.0.3",
                "for=8.8.8.8, for=133.242.0.3, for=\"[fd00::1]\" | 133.242.0.3",
            })
    void readsForwardedByRfc7239(String header, String address) {
        assertThat(text(FORWARDED.resolve(new Arrival("x", true, List.of(), List.of(header)))))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "133.242.0.3",
                "for=",
                "for=unknown",
                "for=_hidden",
                "for=\"_hidden:_port\"",
                "for=8.8.8.8, proto=https",
                "for=8.8.8.8;for=133.242.0.3",
                "for=\"133.242.0.3",
                "for=133.242.0.3\"",
                "for = 133.242.0.3",
                "for=133.242.0.3 proto=https",
                "for=\"133.242.0.3\"8",
            })
    void aForwardedElementThatTellsNoAddressWithholds(String header) {
        assertThat(FORWARDED.resolve(new Arrival("8.8.8.8", true, List.of(), List.of(header))))
                .isEqualTo(Field.withheld());
    }

    @ParameterizedTest
    @CsvSource({
        "133.242.0.3, 133.242.0.0/24, 133.242.0.3, true",
        "2001:200:1:2:3:4:5:6, 2001:200:1::/48, 2001:200:1:2::/64, true",
        "127.0.0.1, 127.0.0.0/24, 127.0.0.1, false",
        "192.168.1.2, 192.168.1.0/24, 192.168.1.2, false",
        "100.64.3.4, 100.64.3.0/24, 100.64.3.4, false",
        "172.32.0.1, 172.32.0.0/24, 172.32.0.1, true",
        "::1, ::/48, ::/64, false",
        "fe80::1, fe80::/48, fe80::/64, false",
        "fc00::1, fc00::/48, fc00::/64, false",
    })
    void givesPrefixAndSource(String address, String prefix, String source, boolean routable) {
        var direct = new ClientAddressResolver(ProxySetup.of(null, null));

        assertThat(direct.resolve(new Arrival(address, false, List.of(), List.of())))
                .isEqualTo(Field.of(new ClientAddress(address, prefix, source, routable)));
    }

    @Test
    void optionsThatAreNotUnderstoodAreNamed() {
        assertThatThrownBy(() -> ProxySetup.of("leftmost", null)).hasMessageContaining("proxy-headers");
        assertThatThrownBy(() -> ProxySetup.of("xforwarded", "10.0.0.0/8,proxy.example"))
                .hasMessageContaining("proxy-trusted-addresses")
                .hasMessageContaining("proxy.example");
    }

    private static String text(Field<ClientAddress> address) {
        return address.present().map(ClientAddress::address).orElse("none");
    }
}
