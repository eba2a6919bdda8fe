package jp.sekisho.benchmarks.geo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jp.sekisho.checkpoint.geo.GeoProvider;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.stack.geo.GeoLite2;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** City and ASN of addresses from all over IPv4, a different one each time; the percentiles are of single calls. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LookupBenchmark {

    /** System property: where the databases are unpacked. */
    public static final String FILES = "sekisho.benchmark.geolite2";

    private static final int ADDRESSES = 1 << 16;

    private final ClientAddress[] addresses = new ClientAddress[ADDRESSES];
    private Geo geo;
    private GeoProvider provider;
    private int next;

    @Setup
    public void setUp() throws IOException {
        geo = new Geo(GeoLite2.unpackTo(Path.of(System.getProperty(FILES))));
        provider = geo.provider();
        Random random = new Random(1);
        for (int i = 0; i < ADDRESSES; i++) {
            String net = 1 + random.nextInt(223) + "." + random.nextInt(256) + "." + random.nextInt(256);
            String address = net + "." + random.nextInt(256);
            addresses[i] = new ClientAddress(address, net + ".0/24", address, true);
        }
    }

    @TearDown
    public void tearDown() {
        geo.close();
    }

    @Benchmark
    public void cityAndAsn(Blackhole hole) {
        Field<ClientAddress> address = Field.of(addresses[next++ & ADDRESSES - 1]);
        hole.consume(provider.look(address));
    }
}
