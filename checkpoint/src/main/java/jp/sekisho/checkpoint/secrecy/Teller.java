package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator what became of keys. */
final class Teller {

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final AtomicLong refused = new AtomicLong();

    void taken(String source, KeyRing ring) {
        LOG.info("{} is in use: {}", source, ring);
    }

    void refused(String source, String why, Optional<KeyRing> staysInUse) {
        refused.incrementAndGet();
        LOG.error(
                "{} cannot be used: it {}; in use stays: {}",
                source,
                why,
                staysInUse.map(KeyRing::toString).orElse("nothing"));
    }

    long refused() {
        return refused.get();
    }
}
