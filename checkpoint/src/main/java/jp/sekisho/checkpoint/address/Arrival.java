package jp.sekisho.checkpoint.address;

import java.util.List;

/**
 * What is seen of a request's way here.
 *
 * @param peer the other end of the connection; only read where no proxy stands between, for stock Keycloak has already
 *     overwritten it with the leftmost element of the header where one does
 * @param byTrustedProxy the other end of the connection is one of the trusted proxies
 * @param xForwardedFor all instances of the header, in the order received
 * @param forwarded all instances of the header, in the order received
 */
public record Arrival(String peer, boolean byTrustedProxy, List<String> xForwardedFor, List<String> forwarded) {

    public Arrival {
        xForwardedFor = List.copyOf(xForwardedFor);
        forwarded = List.copyOf(forwarded);
    }
}
