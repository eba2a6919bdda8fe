package jp.sekisho.benchmarks.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jp.sekisho.policies.access.AccessRule;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.AccessRules;
import jp.sekisho.policies.access.IpAddress;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.access.Seen;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A million access rules, networks of every length, and an address of all over the world each time. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class RulesBenchmark {

    private static final int RULES = 1_000_000;
    private static final int ADDRESSES = 1 << 16;
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    private final List<Scope> scopes = List.of(Scope.REALM, Scope.client("trading-app"), Scope.customer("c0ffee"));
    private final Seen[] seen = new Seen[ADDRESSES];
    private AccessRules rules;
    private int next;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        List<AccessRule> made = new ArrayList<>(RULES);
        for (int i = 0; i < RULES; i++) {
            IpAddress address = address(random, i);
            int length = address.bits() == Integer.SIZE ? 12 + random.nextInt(21) : 28 + random.nextInt(101);
            made.add(new AccessRule(
                    Scope.REALM,
                    Effect.DENY,
                    new Match.Network(address, length),
                    false,
                    NOW.minusSeconds(1),
                    Optional.empty()));
        }
        rules = AccessRules.of(made);
        for (int i = 0; i < ADDRESSES; i++) {
            seen[i] = new Seen(Optional.of(address(random, i)), Optional.of(4713L), Optional.of("JP"), true);
        }
    }

    private static IpAddress address(Random random, int i) {
        byte[] octets = new byte[i % 4 == 0 ? 16 : 4];
        random.nextBytes(octets);
        return IpAddress.of(octets);
    }

    @Benchmark
    public Optional<Scope> look() {
        return rules.denying(scopes, seen[next++ & ADDRESSES - 1], NOW);
    }
}
