package jp.sekisho.checkpoint.address;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one address as text. Strict: no names (so never a DNS look-up), no octal or short IPv4, no wildcards, ranges,
 * masks; a zone is accepted and dropped; IPv4-mapped IPv6 becomes IPv4.
 */
public final class AddressLiteral {

    /** The longest IPv6 text with a zone, brackets and port fits easily; what is longer is no address. */
    private static final int MAX_LENGTH = 96;

    /** The library trims blanks and control characters; here they make garbage. */
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

    /** RFC 7239, section 6: a node is an address with, perhaps, a port, and the port may be obfuscated. */
    private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?";

    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]+)]" + PORT);
    private static final Pattern IPV4_WITH_PORT = Pattern.compile("([0-9.]+)" + PORT);

    /** Customers come back from where they were. An entry takes a kilobyte or two. */
    private static final Cache<String, Optional<IPAddress>> KNOWN = remembering();

    private static final IPAddressStringParameters ONE_ADDRESS = parameters(false);
    private static final IPAddressStringParameters ADDRESS_OR_BLOCK = parameters(true);

    private AddressLiteral() {}

    /** Of addresses, for a while. */
    static <K, V> Cache<K, V> remembering() {
        return Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterAccess(Duration.ofHours(1))
                .executor(Runnable::run)
                .build();
    }

    /** An address, for example {@code 203.0.113.7} or {@code 2001:db8::1}; empty for everything else. */
    public static Optional<IPAddress> address(String text) {
        return tooLong(text)
                ? Optional.empty()
                : KNOWN.get(text, one -> parse(one, ONE_ADDRESS).map(AddressLiteral::canonical));
    }

    /** A block in CIDR notation or a single address; host bits are dropped. Empty for everything else. */
    public static Optional<IPAddress> block(String text) {
        return parse(text, ADDRESS_OR_BLOCK).map(IPAddress::toPrefixBlock);
    }

    /** An address as proxies write it: with or without brackets and port. Empty for {@code unknown} and the like. */
    static Optional<IPAddress> node(String text) {
        if (tooLong(text)) {
            return Optional.empty();
        }
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.matches()) {
            return bracketed.group(1).indexOf(':') < 0 ? Optional.empty() : address(bracketed.group(1));
        }
        Matcher ipv4 = IPV4_WITH_PORT.matcher(text);
        return address(ipv4.matches() ? ipv4.group(1) : text);
    }

    private static Optional<IPAddress> parse(String text, IPAddressStringParameters parameters) {
        if (tooLong(text) || !PRINTABLE.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(new IPAddressString(text, parameters).getAddress());
    }

    private static boolean tooLong(String text) {
        return text == null || text.length() > MAX_LENGTH;
    }

    private static IPAddress canonical(IPAddress address) {
        if (!address.isIPv6()) {
            return address;
        }
        var ipv6 = address.toIPv6().removeZone();
        return ipv6.isIPv4Mapped() ? ipv6.getEmbeddedIPv4Address() : ipv6;
    }

    private static IPAddressStringParameters parameters(boolean block) {
        var parameters = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowPrefix(block)
                .allowPrefixOnly(false)
                .allowMask(false)
                .allowWildcardedSeparator(false)
                .setRangeOptions(RangeParameters.NO_RANGE)
                .allow_inet_aton(false);
        parameters
                .getIPv4AddressParametersBuilder()
                .allowLeadingZeros(false)
                .allowBinary(false)
                .allowPrefixesBeyondAddressSize(false);
        parameters
                .getIPv6AddressParametersBuilder()
                .allowBase85(false)
                .allowBinary(false)
                .allowUnlimitedLeadingZeros(false)
                .allowMixed(true)
                .allowZone(!block)
                .allowEmptyZone(false)
                .allowPrefixesBeyondAddressSize(false);
        return parameters.toParams();
    }
}
