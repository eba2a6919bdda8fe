package jp.sekisho.checkpoint.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClientAddressPropertyTest {

    private static final int LONGEST_HEADER = 64 * 1024;

    /** What else the machine does is no time of ours. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static final ClientAddressResolver X_FORWARDED =
            new ClientAddressResolver(ProxySetup.of("xforwarded", "10.0.0.0/8"));
    private static final ClientAddressResolver FORWARDED =
            new ClientAddressResolver(ProxySetup.of("forwarded", "10.0.0.0/8"));

    @Property
    void whatStandsToTheLeftOfXForwardedForChangesNothing(
            @ForAll("forged") List<String> forged,
            @ForAll("clients") String client,
            @ForAll("trustedHops") List<String> hops) {
        List<String> honest = withHops(client, hops, "");
        Field<ClientAddress> alone = xForwardedFor(List.of(String.join(", ", honest)));

        List<String> separate = new ArrayList<>(forged);
        separate.addAll(honest);
        List<String> all = List.of(String.join(",", separate));

        assertThat(alone.present()).isPresent();
        assertThat(xForwardedFor(separate)).isEqualTo(alone);
        assertThat(xForwardedFor(all)).isEqualTo(alone);
    }

    @Property
    void whatStandsToTheLeftOfForwardedChangesNothing(
            @ForAll("forged") List<String> forged,
            @ForAll("clients") String client,
            @ForAll("trustedHops") List<String> hops) {
        List<String> honest = withHops("\"" + client + "\"", hops, "for=");
        Field<ClientAddress> alone = forwarded(List.of(String.join(", ", honest)));

        List<String> separate = new ArrayList<>(forged);
        separate.addAll(honest);
        List<String> all = List.of(String.join(",", separate));

        assertThat(alone.present()).isPresent();
        assertThat(forwarded(separate)).isEqualTo(alone);
        assertThat(forwarded(all)).isEqualTo(alone);
    }

    @Property
    void noHeaderThrows(@ForAll List<String> headers, @ForAll String peer, @ForAll boolean byTrustedProxy) {
        var arrival = new Arrival(peer, byTrustedProxy, headers, headers);

        assertThat(X_FORWARDED.resolve(arrival)).isNotNull();
        assertThat(FORWARDED.resolve(arrival)).isNotNull();
    }

    @Property(tries = 100)
    void aLongHeaderTakesLittleTime(@ForAll("longHeaders") String header) {
        var arrival = new Arrival("x", true, List.of(header), List.of(header));

        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            long before = CPU.getCurrentThreadCpuTime();
            assertThat(X_FORWARDED.resolve(arrival)).isNotNull();
            assertThat(FORWARDED.resolve(arrival)).isNotNull();
            assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(1));
        });
    }

    @Provide
    Arbitrary<List<String>> forged() {
        Arbitrary<String> plausible = Arbitraries.of(
                "8.8.8.8",
                "10.0.0.1",
                "for=8.8.8.8",
                "for=10.0.0.1",
                "for=\"8.8.8.8",
                "for=\"\\",
                "\"",
                "\\\"",
                "unknown",
                "_hidden",
                "[",
                "[::1]:80",
                "",
                ";",
                "for=\"[2001:db8::1]\"");
        return Arbitraries.oneOf(plausible, Arbitraries.strings().ofMaxLength(40))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> clients() {
        Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
        Arbitrary<String> ipv4 = Combinators.combine(Arbitraries.integers().between(11, 223), octet, octet, octet)
                .as((a, b, c, d) -> a + "." + b + "." + c + "." + d);
        Arbitrary<String> ipv6 = Arbitraries.integers()
                .between(0, 0xffff)
                .map(Integer::toHexString)
                .list()
                .ofSize(7)
                .map(groups -> "2001:" + String.join(":", groups));
        Arbitrary<String> port = Arbitraries.integers().between(1, 65535).map(number -> ":" + number);
        return Arbitraries.oneOf(
                ipv4,
                Combinators.combine(ipv4, port).as(String::concat),
                ipv4.map(address -> "[::ffff:" + address + "]"),
                ipv6,
                ipv6.map(address -> "[" + address + "]"),
                Combinators.combine(ipv6, port).as((address, number) -> "[" + address + "]" + number));
    }

    @Provide
    Arbitrary<List<String>> trustedHops() {
        return Arbitraries.integers()
                .between(0, 255)
                .map(last -> "10.1.2." + last)
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> longHeaders() {
        Arbitrary<String> unit = Arbitraries.oneOf(
                Arbitraries.of(
                        "10.0.0.1,", "for=10.0.0.1,", "\"", "\\", "\\\"", ",", " ", ";", "a", "[", ":", "1.", "for=\""),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(10));
        return unit.map(text -> IntStream.range(0, LONGEST_HEADER / text.length())
                .mapToObj(i -> text)
                .collect(Collectors.joining()));
    }

    private static List<String> withHops(String client, List<String> hops, String before) {
        List<String> honest = new ArrayList<>();
        honest.add(before + client);
        hops.forEach(hop -> honest.add(before + hop));
        return honest;
    }

    private static Field<ClientAddress> xForwardedFor(List<String> instances) {
        return X_FORWARDED.resolve(new Arrival("x", true, instances, List.of()));
    }

    private static Field<ClientAddress> forwarded(List<String> instances) {
        return FORWARDED.resolve(new Arrival("x", true, List.of(), instances));
    }
}
