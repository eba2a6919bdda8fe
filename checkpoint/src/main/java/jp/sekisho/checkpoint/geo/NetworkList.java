package jp.sekisho.checkpoint.geo;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import inet.ipaddr.ipv6.IPv6AddressAssociativeTrie;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.checkpoint.address.AddressLiteral;
import jp.sekisho.checkpoint.file.UnusableFileException;
import jp.sekisho.policies.evidence.Network;

/**
 * What kind of network an address or an autonomous system is, from a local list.
 *
 * <p>UTF-8 text, one entry a line: a CIDR block, an address or {@code AS} and a number; then {@code hosting},
 * {@code anonymiser}, {@code shared} or {@code ordinary}; what follows {@code #} is a comment. The longest block counts,
 * a block before a number; {@code ordinary} takes back what a wider entry or the shipped list says.
 */
final class NetworkList {

    private static final Pattern LINE = Pattern.compile("\\s*+(?:([^\\s#]++)\\s++([^\\s#]++)\\s*+)?+(?:#.*+)?+");
    private static final Pattern ASN = Pattern.compile("AS([0-9]{1,10})", Pattern.CASE_INSENSITIVE);
    private static final String SHIPPED = "networks.txt";

    private final Map<Long, Network.Kind> systems = new HashMap<>();
    private final IPv4AddressAssociativeTrie<Network.Kind> ipv4 = new IPv4AddressAssociativeTrie<>();
    private final IPv6AddressAssociativeTrie<Network.Kind> ipv6 = new IPv6AddressAssociativeTrie<>();

    private NetworkList() {}

    /** The list in the jar: well-known hosting companies and mobile carriers. */
    static NetworkList shipped() {
        try (InputStream in = NetworkList.class.getResourceAsStream(SHIPPED);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return read(reader);
        } catch (IOException | UnusableFileException broken) {
            throw new IllegalStateException(SHIPPED, broken);
        }
    }

    /**
     * @throws IOException the file could not be read
     * @throws UnusableFileException names the first line that is not understood
     */
    static NetworkList read(Path file) throws IOException, UnusableFileException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return read(reader);
        }
    }

    Optional<Network.Kind> of(IPAddress address, long asn) {
        return of(address).or(() -> of(asn));
    }

    private Optional<Network.Kind> of(IPAddress address) {
        var node = address.isIPv4()
                ? ipv4.longestPrefixMatchNode(address.toIPv4())
                : ipv6.longestPrefixMatchNode(address.toIPv6());
        return Optional.ofNullable(node).map(found -> found.getValue());
    }

    private Optional<Network.Kind> of(long asn) {
        return Optional.ofNullable(systems.get(asn));
    }

    @Override
    public String toString() {
        return "list of " + systems.size() + " systems and " + (ipv4.size() + ipv6.size()) + " blocks";
    }

    private static NetworkList read(BufferedReader reader) throws IOException, UnusableFileException {
        var list = new NetworkList();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            Matcher entry = LINE.matcher(line);
            if (!entry.matches() || entry.group(1) != null && !list.add(entry.group(1), entry.group(2))) {
                throw new UnusableFileException("line " + number + " is not understood");
            }
        }
        return list;
    }

    private boolean add(String network, String word) {
        return kind(word).filter(kind -> add(network, kind)).isPresent();
    }

    private boolean add(String network, Network.Kind kind) {
        Matcher asn = ASN.matcher(network);
        if (asn.matches()) {
            systems.put(Long.valueOf(asn.group(1)), kind);
            return true;
        }
        Optional<IPAddress> block = AddressLiteral.block(network);
        block.ifPresent(found -> {
            if (found.isIPv4()) {
                ipv4.put(found.toIPv4(), kind);
            } else {
                ipv6.put(found.toIPv6(), kind);
            }
        });
        return block.isPresent();
    }

    private static Optional<Network.Kind> kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "hosting" -> Optional.of(Network.Kind.HOSTING);
            case "anonymiser" -> Optional.of(Network.Kind.ANONYMISER);
            case "shared" -> Optional.of(Network.Kind.SHARED);
            case "ordinary" -> Optional.of(Network.Kind.ORDINARY);
            default -> Optional.empty();
        };
    }
}
