package jp.sekisho.checkpoint.address;

import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Blocks that are not globally reachable after the IANA IPv4 and IPv6 Special-Purpose Address Registries, with
 * multicast: no customer comes from them on the internet.
 */
public final class SpecialPurpose {

    private static final List<IPAddress> BLOCKS = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/128",
                    "::1/128",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001:2::/48",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(block -> AddressLiteral.block(block).orElseThrow())
            .toList();

    private SpecialPurpose() {}

    public static boolean contains(IPAddress address) {
        return BLOCKS.stream().anyMatch(block -> block.contains(address));
    }
}
