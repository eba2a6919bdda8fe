package jp.sekisho.policies.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All rules of one scope and effect, compiled: a look-up costs a halving for each length of prefix, whatever their number. */
final class Matcher {

    private record Span(long from, long until) {

        boolean has(long now) {
            return now >= from && now < until;
        }
    }

    private final Map<Integer, Spans> ipv4 = new TreeMap<>();
    private final Map<Integer, Spans> ipv6 = new TreeMap<>();
    private final Map<Object, List<Span>> others = new HashMap<>();
    /** When any rule counts: a rule that does not yet, or no longer, is as if it were not there. */
    private final List<Span> any;

    Matcher(List<AccessRule> rules) {
        Map<Integer, Spans.Builder> ofIpv4 = new HashMap<>();
        Map<Integer, Spans.Builder> ofIpv6 = new HashMap<>();
        List<Span> spans = new ArrayList<>();
        for (AccessRule rule : rules) {
            Span span = new Span(Spans.from(rule), Spans.until(rule));
            if (spans.isEmpty() || !spans.get(spans.size() - 1).equals(span)) {
                spans.add(span);
            }
            if (rule.match() instanceof Match.Network network) {
                (network.address().bits() == Integer.SIZE ? ofIpv4 : ofIpv6)
                        .computeIfAbsent(network.length(), length -> new Spans.Builder())
                        .add(network.address(), rule);
            } else {
                others.computeIfAbsent(key(rule.match()), match -> new ArrayList<>())
                        .add(span);
            }
        }
        ofIpv4.forEach((length, builder) -> ipv4.put(length, builder.build()));
        ofIpv6.forEach((length, builder) -> ipv6.put(length, builder.build()));
        any = spans.stream().distinct().toList();
    }

    boolean inForce(long now) {
        return any.stream().anyMatch(span -> span.has(now));
    }

    boolean matches(Seen seen, long now) {
        return seen.address().filter(address -> matches(address, now)).isPresent()
                || seen.asn().filter(asn -> has(asn, now)).isPresent()
                || seen.country().filter(country -> has(country, now)).isPresent()
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
        return others.getOrDefault(key, List.of()).stream().anyMatch(span -> span.has(now));
    }
}
