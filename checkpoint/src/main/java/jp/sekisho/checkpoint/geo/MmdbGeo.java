package jp.sekisho.checkpoint.geo;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.address.AddressLiteral;
import jp.sekisho.checkpoint.file.WatchedFile;
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
    public Whereabouts look(Field<ClientAddress> address) {
        Field<IPAddress> parsed = address.flatMap(client ->
                AddressLiteral.address(client.address()).map(Field::of).orElseGet(Field::withheld));
        Field<InetAddress> asked = parsed.map(IPAddress::toInetAddress);
        return new Whereabouts(
                asked.flatMap(places::find), parsed.flatMap(ip -> network(ip, asked.flatMap(operators::find))));
    }

    private Field<Network> network(IPAddress address, Field<Operator> found) {
        Optional<Network.Kind> listed =
                listed(address, found.present().orElse(NOBODY).asn());
        // A listed block is what it is, whether or not a database says whose it is.
        Field<Operator> operator = found.present().isEmpty() && listed.isPresent() ? Field.of(NOBODY) : found;
        return operator.map(of -> new Network(of.asn(), of.organisation(), listed.orElse(Network.Kind.ORDINARY)));
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
        return ownList.flatMap(WatchedFile::inUse)
                .flatMap(list -> list.of(address, asn))
                .or(() -> shippedList.of(address, asn));
    }
}
