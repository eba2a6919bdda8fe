package jp.sekisho.checkpoint.access;

import inet.ipaddr.IPAddress;
import java.util.Optional;
import jp.sekisho.checkpoint.address.AddressLiteral;
import jp.sekisho.checkpoint.geo.Whereabouts;
import jp.sekisho.policies.access.IpAddress;
import jp.sekisho.policies.access.Seen;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;

/** The evidence as access rules look at it. */
public final class Sights {

    private Sights() {}

    public static Seen of(Field<ClientAddress> address, Whereabouts whereabouts, boolean knownDevice) {
        return new Seen(
                address.present().map(ClientAddress::address).flatMap(Sights::number),
                whereabouts.network().present().map(Network::asn).filter(asn -> asn > 0),
                whereabouts.place().present().map(Place::country),
                knownDevice);
    }

    private static Optional<IpAddress> number(String address) {
        return AddressLiteral.address(address).map(IPAddress::getBytes).map(IpAddress::of);
    }
}
