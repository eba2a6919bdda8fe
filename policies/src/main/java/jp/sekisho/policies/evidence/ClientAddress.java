package jp.sekisho.policies.evidence;

/**
 * Where the request came from, canonical (IPv4-mapped IPv6 is IPv4, IPv6 by RFC 5952).
 *
 * @param address the address, for example {@code 203.0.113.7}
 * @param prefix its /24 or /48, for example {@code 203.0.113.0/24}: the third level of PLACE
 * @param source what counters of sources are kept on: the IPv4 address or the IPv6 /64
 * @param routable false for loopback, private, link-local and other addresses no customer comes from on the internet
 */
public record ClientAddress(String address, String prefix, String source, boolean routable) {}
