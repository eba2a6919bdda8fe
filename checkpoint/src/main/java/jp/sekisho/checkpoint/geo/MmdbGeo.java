package jp.sekisho.checkpoint.geo;

import inet.ipaddr.IPAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.address.AddressLiteral;
import jp.sekisho.checkpoint.geo.GeoQuestions.Operator;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;

/** {@link GeoProvider} from MMDB files and lists of networks; one for all sessions. */
final class MmdbGeo implements GeoProvider {

    private static final Place NOWHERE = new Place(Place.UNKNOWN_COUNTRY, Optional.empty(), Optional.empty());
    private static final Operator NOBODY = new Operator(0, "");

    private final GeoFiles<Place> places;
    private final GeoFiles<Operator> operators;
    private final Optional<WatchedFile<NetworkList>> ownList;
    private final NetworkList shippedList = NetworkList.shipped();
    private final Optional<Duration> maxAge;
    private final Clock clock;

    /**
     * @param places asked in this order until one knows
     * @param operators asked in this order until one knows
     * @param ownList the firm's own list; goes before the shipped one
     * @param maxAge from which age on a database is stale; empty for never
     */
    MmdbGeo(
            List<WatchedFile<GeoDatabase<Place>>> places,
            List<WatchedFile<GeoDatabase<Operator>>> operators,
            Optional<WatchedFile<NetworkList>> ownList,
            Optional<Duration> maxAge,
            Clock clock) {
        this.places = new GeoFiles<>(places, NOWHERE, place -> !place.country().equals(Place.UNKNOWN_COUNTRY));
        this.operators = new GeoFiles<>(operators, NOBODY, operator -> operator.asn() != NOBODY.asn());
        this.ownList = ownList;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    @Override
    public Field<Place> place(Field<ClientAddress> address) {
        return at(address, ip -> places.find(ip.toInetAddress()));
    }

    @Override
    public Field<Network> network(Field<ClientAddress> address) {
        return at(address, ip -> {
            Field<Operator> operator = operators.find(ip.toInetAddress());
            Optional<Network.Kind> listed =
                    listed(ip, operator.present().orElse(NOBODY).asn());
            if (operator.present().isEmpty() && listed.isPresent()) {
                // A listed block is what it is, whether or not a database says whose it is.
                operator = Field.of(NOBODY);
            }
            return operator.map(of -> new Network(of.asn(), of.organisation(), listed.orElse(Network.Kind.ORDINARY)));
        });
    }

    @Override
    public boolean stale() {
        return maxAge.isPresent() && anyBuiltBefore(clock.instant().minus(maxAge.get()));
    }

    @Override
    public void close() {
        // shared by all sessions; the factory ends it
    }

    private boolean anyBuiltBefore(Instant oldest) {
        return Stream.concat(places.builtAt(), operators.builtAt()).anyMatch(builtAt -> builtAt.isBefore(oldest));
    }

    private Optional<Network.Kind> listed(IPAddress address, long asn) {
        return Stream.concat(ownList.flatMap(WatchedFile::inUse).stream(), Stream.of(shippedList))
                .flatMap(list -> Stream.of(list.of(address), list.of(asn)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static <V> Field<V> at(Field<ClientAddress> address, Function<IPAddress, Field<V>> look) {
        return address.flatMap(
                client -> AddressLiteral.address(client.address()).map(look).orElseGet(Field::withheld));
    }
}
