package jp.sekisho.checkpoint.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import jp.sekisho.checkpoint.OptionScope;
import jp.sekisho.checkpoint.secrecy.AesSecrecyFactory;
import jp.sekisho.checkpoint.secrecy.NoKeyException;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.junit.jupiter.api.Test;

class KnownPseudonymsTest {

    private static final Pseudonyms PSEUDONYMS = new Pseudonyms(new byte[32]);
    private static final Supplier<Optional<Pseudonyms>> OPENED = () -> Optional.of(PSEUDONYMS);

    private final AtomicLong nanos = new AtomicLong();
    private final KnownPseudonyms known = new KnownPseudonyms(nanos::get);

    /** As on a node that has no key. */
    private static Optional<Pseudonyms> sealed() {
        AesSecrecyFactory secrecy = new AesSecrecyFactory();
        secrecy.init(new OptionScope(Map.of()));
        secrecy.create(null).of("r").open(SealedColumn.REALM_KEY, "r", "key:AAAA");
        return Optional.empty();
    }

    @Test
    void aLoginReadsNothing() {
        AtomicInteger readings = new AtomicInteger();
        for (int login = 0; login < 3; login++) {
            known.of("r", () -> {
                readings.incrementAndGet();
                return OPENED.get();
            });
        }
        assertThat(readings).hasValue(1);
    }

    @Test
    void whoKnewGoesOnWhileNodesAreRestartedAndThenRefuses() {
        known.of("r", OPENED);
        pass(Duration.ofMinutes(55));
        assertThat(known.of("r", KnownPseudonymsTest::sealed)).contains(PSEUDONYMS);
        pass(KnownPseudonyms.FRESH);
        assertThatThrownBy(() -> known.of("r", KnownPseudonymsTest::sealed)).isInstanceOf(NoKeyException.class);
    }

    @Test
    void whoNeverKnewRefuses() {
        known.of("other", OPENED);
        assertThatThrownBy(() -> known.of("r", KnownPseudonymsTest::sealed)).isInstanceOf(NoKeyException.class);
    }

    @Test
    void aRemovedRealmIsForgotten() {
        known.of("r", OPENED);
        known.forget("r");
        assertThatThrownBy(() -> known.of("r", KnownPseudonymsTest::sealed)).isInstanceOf(NoKeyException.class);
    }

    @Test
    void aRealmWithoutAKeyIsAskedForAgain() {
        assertThat(known.of("r", Optional::empty)).isEmpty();
        assertThat(known.of("r", OPENED)).contains(PSEUDONYMS);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
