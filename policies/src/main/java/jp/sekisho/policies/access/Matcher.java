package jp.sekisho.policies.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All rules of one scope and effect, compiled: a look-up costs a halving for each length of prefix, whatever their number. */
final class Matcher {

    static final Matcher NONE = new Matcher(Map.of(), Map.of(), Map.of());

    private final Map<Integer, Spans> ipv4;
    private final Map<Integer, Spans> ipv6;
    private final Map<Object, List<Span>> others;

    private Matcher(Map<Integer, Spans> ipv4, Map<Integer, Spans> ipv6, Map<Object, List<Span>> others) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.others = others;
    }

    /** The same without any rule that looks for one of these, and with these rules. */
    Matcher with(Collection<Match> gone, Collection<AccessRule> come) {
        if (this == NONE && come.isEmpty()) {
            return NONE;
        }
        Map<Integer, Change> ofIpv4 = new HashMap<>();
        Map<Integer, Change> ofIpv6 = new HashMap<>();
        Map<Object, List<Span>> next = new HashMap<>(others);
        Map<Object, List<Span>> coming = new HashMap<>();
        for (Match match : gone) {
            if (match instanceof Match.Network network) {
                change(ofIpv4, ofIpv6, network).gone().add(network.address());
            } else {
                next.remove(key(match));
            }
        }
        for (AccessRule rule : come) {
            if (rule.match() instanceof Match.Network network) {
                change(ofIpv4, ofIpv6, network).come().add(new Spans.Entry(network.address(), Span.of(rule)));
            } else {
                coming.computeIfAbsent(key(rule.match()), match -> new ArrayList<>())
                        .add(Span.of(rule));
            }
        }
        coming.forEach((match, spans) -> next.merge(match, spans, Matcher::both));
        Matcher changed = new Matcher(with(ipv4, ofIpv4), with(ipv6, ofIpv6), Map.copyOf(next));
        return changed.isEmpty() ? NONE : changed;
    }

    private record Change(List<IpAddress> gone, List<Spans.Entry> come) {}

    private static Change change(Map<Integer, Change> ofIpv4, Map<Integer, Change> ofIpv6, Match.Network network) {
        return (network.address().bits() == Integer.SIZE ? ofIpv4 : ofIpv6)
                .computeIfAbsent(network.length(), length -> new Change(new ArrayList<>(), new ArrayList<>()));
    }

    private static Map<Integer, Spans> with(Map<Integer, Spans> networks, Map<Integer, Change> changes) {
        if (changes.isEmpty()) {
            return networks;
        }
        Map<Integer, Spans> next = new TreeMap<>(networks);
        changes.forEach((length, change) ->
                next.put(length, next.getOrDefault(length, Spans.NONE).with(change.gone(), change.come())));
        next.values().removeIf(Spans::isEmpty);
        return next;
    }

    private static List<Span> both(List<Span> one, List<Span> other) {
        List<Span> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    boolean isEmpty() {
        return ipv4.isEmpty() && ipv6.isEmpty() && others.isEmpty();
    }

    /** When any rule counts: a rule that does not yet, or no longer, is as if it were not there. */
    List<Span> times() {
        Span.Union times = new Span.Union();
        ipv4.values().forEach(spans -> spans.addTo(times));
        ipv6.values().forEach(spans -> spans.addTo(times));
        others.values().forEach(spans -> spans.forEach(span -> times.add(span.from(), span.until())));
        return times.spans();
    }

    boolean matches(Seen seen, long now) {
        return seen.address().filter(address -> matches(address, now)).isPresent()
                || seen.asn().filter(asn -> has(asn, now)).isPresent()
                || seen.country().filter(country -> has(country, now)).isPresent()
                || seen.country().filter(Match.Abroad::is).isPresent() && has(Match.Abroad.class, now)
                || seen.knownDevice() && has(Match.KnownDevice.class, now);
    }

    /** What a login is looked up by: whatever a database says of it, it makes no rule. */
    private static Object key(Match match) {
        if (match instanceof Match.AutonomousSystem system) {
            return system.asn();
        }
        return match instanceof Match.Country country ? country.code() : match.getClass();
    }

    private boolean matches(IpAddress address, long now) {
        for (Map.Entry<Integer, Spans> ofLength : (address.bits() == Integer.SIZE ? ipv4 : ipv6).entrySet()) {
            if (ofLength.getValue().has(address.masked(ofLength.getKey()), now)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(Object key, long now) {
        return Span.anyHas(others.getOrDefault(key, List.of()), now);
    }
}
