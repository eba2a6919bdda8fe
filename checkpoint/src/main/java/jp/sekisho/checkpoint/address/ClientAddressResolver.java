package jp.sekisho.checkpoint.address;

import com.github.benmanes.caffeine.cache.Cache;
import inet.ipaddr.IPAddress;
import java.util.Optional;
import java.util.function.Function;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;

/**
 * The client's address: from the right past trusted hops, so that nothing a client writes to the left counts.
 *
 * <p>Withheld where the way here does not tell: anybody's header would be believed, a trusted proxy names nobody
 * ({@code unknown}, {@code _hidden}, no header at all), or what it names is no address.
 */
// FFAJ-3-S1
public final class ClientAddressResolver {

    /** Chains of trusted proxies are short; what is longer is not followed. */
    private static final int MAX_TRUSTED_HOPS = 32;

    private static final Cache<IPAddress, ClientAddress> DESCRIBED = AddressLiteral.remembering();

    private final ProxySetup setup;

    public ClientAddressResolver(ProxySetup setup) {
        this.setup = setup;
    }

    public Field<ClientAddress> resolve(Arrival arrival) {
        if (setup.believesAnybody()) {
            return Field.withheld();
        }
        Optional<IPAddress> address = setup.header() != ProxySetup.Header.NONE && arrival.byTrustedProxy()
                ? behindProxies(arrival)
                : AddressLiteral.node(arrival.peer());
        return address.map(ClientAddressResolver::describe).map(Field::of).orElseGet(Field::withheld);
    }

    private Optional<IPAddress> behindProxies(Arrival arrival) {
        return switch (setup.header()) {
            case X_FORWARDED ->
                firstBeyondTrusted(
                        new ElementsFromRight(arrival.xForwardedFor(), false), element -> AddressLiteral.node(element));
            case FORWARDED ->
                firstBeyondTrusted(
                        new ElementsFromRight(arrival.forwarded(), true),
                        element -> ForwardedElement.node(element).flatMap(AddressLiteral::node));
            case NONE -> Optional.empty();
        };
    }

    /** The first address that is no trusted hop; where all are trusted, the one furthest away: a client inside. */
    private Optional<IPAddress> firstBeyondTrusted(
            ElementsFromRight elements, Function<String, Optional<IPAddress>> read) {
        Optional<IPAddress> hop = Optional.empty();
        for (int hops = 0; elements.hasNext(); hops++) {
            hop = hops < MAX_TRUSTED_HOPS ? read.apply(elements.next()) : Optional.empty();
            if (hop.isEmpty() || !setup.trusts(hop.get())) {
                return hop;
            }
        }
        return hop;
    }

    static ClientAddress describe(IPAddress address) {
        return DESCRIBED.get(address, ClientAddressResolver::description);
    }

    private static ClientAddress description(IPAddress address) {
        String text = address.toCanonicalString();
        return new ClientAddress(
                text,
                block(address, address.isIPv4() ? 24 : 48),
                address.isIPv4() ? text : block(address, 64),
                !SpecialPurpose.contains(address));
    }

    private static String block(IPAddress address, int bits) {
        return address.toPrefixBlock(bits).toCanonicalString();
    }
}
