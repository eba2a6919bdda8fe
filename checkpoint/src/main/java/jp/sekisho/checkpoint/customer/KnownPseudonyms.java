package jp.sekisho.checkpoint.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import jp.sekisho.checkpoint.secrecy.NoKeyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Realms' pseudonyms as this node knows them: a login opens no key.
 *
 * <p>Where another node sealed a realm's key by one that this node does not have yet, it goes on with what it knew, for as
 * long as a restart of all nodes may take. One that never knew it refuses.
 */
final class KnownPseudonyms {

    /** Short enough that a realm that was removed and imported again is soon known by its new key on every node. */
    static final Duration FRESH = Duration.ofMinutes(10);

    static final Duration AT_MOST = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(KnownPseudonyms.class);

    private final Cache<String, Pseudonyms> fresh;
    private final Cache<String, Pseudonyms> before;

    KnownPseudonyms(Ticker ticker) {
        this.fresh = cache(ticker, FRESH);
        this.before = cache(ticker, AT_MOST);
    }

    private static Cache<String, Pseudonyms> cache(Ticker ticker, Duration kept) {
        return Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(kept)
                .maximumSize(1000)
                .build();
    }

    /**
     * The realm's.
     *
     * @param reading the realm's key; may throw {@link NoKeyException}
     * @return empty where the realm has none
     * @throws NoKeyException where it cannot be opened, and was not known lately
     */
    Optional<Pseudonyms> of(String realmId, Supplier<Optional<Pseudonyms>> reading) {
        Pseudonyms known = fresh.getIfPresent(realmId);
        return known == null ? read(realmId, reading) : Optional.of(known);
    }

    private Optional<Pseudonyms> read(String realmId, Supplier<Optional<Pseudonyms>> reading) {
        try {
            Optional<Pseudonyms> read = reading.get();
            read.ifPresent(pseudonyms -> {
                fresh.put(realmId, pseudonyms);
                before.put(realmId, pseudonyms);
            });
            return read;
        } catch (NoKeyException closed) {
            Pseudonyms knew = before.getIfPresent(realmId);
            if (knew == null) {
                throw closed;
            }
            LOG.error("{}; this node goes on with what it knew, and refuses after {}", closed.getMessage(), AT_MOST);
            fresh.put(realmId, knew);
            return Optional.of(knew);
        }
    }

    void forget(String realmId) {
        fresh.invalidate(realmId);
        before.invalidate(realmId);
    }
}
