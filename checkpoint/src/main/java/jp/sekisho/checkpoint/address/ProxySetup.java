package jp.sekisho.checkpoint.address;

import inet.ipaddr.IPAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.keycloak.Config;

/**
 * What Keycloak was told about the proxies in front of it, by its own options; the pack has none of its own.
 *
 * @param header which header the proxies write
 * @param trusted the proxies' addresses; blocks
 */
public record ProxySetup(Header header, List<IPAddress> trusted) {

    /** Keycloak's option: the kind of header that proxies write. */
    public static final String PROXY_HEADERS = "proxy-headers";

    /** Keycloak's option: the proxies' addresses, separated by commas. */
    public static final String PROXY_TRUSTED_ADDRESSES = "proxy-trusted-addresses";

    public enum Header {
        NONE,
        X_FORWARDED,
        FORWARDED
    }

    public ProxySetup {
        trusted = List.copyOf(trusted);
    }

    /**
     * @param proxyHeaders value of {@value #PROXY_HEADERS}, null or blank where not set
     * @param trustedAddresses value of {@value #PROXY_TRUSTED_ADDRESSES}, null or blank where not set
     * @throws IllegalArgumentException names the option whose value is not understood
     */
    public static ProxySetup of(String proxyHeaders, String trustedAddresses) {
        return new ProxySetup(header(proxyHeaders), trusted(trustedAddresses));
    }

    /**
     * @param scope any scope of the server's configuration
     * @throws IllegalArgumentException names the option whose value is not understood
     */
    public static ProxySetup of(Config.Scope scope) {
        Config.Scope server = scope.root();
        return of(server.get(PROXY_HEADERS), server.get(PROXY_TRUSTED_ADDRESSES));
    }

    /** Proxy headers are on, but from anybody: whoever the client is, it may have written the header itself. */
    public boolean believesAnybody() {
        return header != Header.NONE && trusted.isEmpty();
    }

    boolean trusts(IPAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
    }

    private static Header header(String value) {
        if (value == null || value.isBlank()) {
            return Header.NONE;
        }
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "xforwarded" -> Header.X_FORWARDED;
            case "forwarded" -> Header.FORWARDED;
            default -> throw new IllegalArgumentException(PROXY_HEADERS + ": not understood: " + value);
        };
    }

    private static List<IPAddress> trusted(String value) {
        if (value == null || value.isBlank()) {
            return List.of();
        }
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .map(ProxySetup::block)
                .toList();
    }

    private static IPAddress block(String text) {
        return AddressLiteral.block(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(PROXY_TRUSTED_ADDRESSES + ": not an address or CIDR: " + text));
    }
}
