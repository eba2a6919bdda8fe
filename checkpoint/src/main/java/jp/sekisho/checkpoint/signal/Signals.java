package jp.sekisho.checkpoint.signal;

import java.util.Optional;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalBatch;
import jp.sekisho.policies.signal.SignalPolicy;
import jp.sekisho.storage.signal.SignalPart;
import org.keycloak.provider.Provider;

/** What apps' pages noticed of sessions, on all nodes. */
// FFAJ-3-B
public interface Signals extends Provider {

    /**
     * Takes a batch into memory; other nodes know of it within {@link SignalStore#PAUSE} and what a write takes.
     *
     * @return how many events were left out, since too many came
     */
    int add(String realmId, String sessionId, SignalBatch batch, SignalPolicy policy);

    /** What this node heard of a session, which may be more than what it wrote. No statement. */
    Optional<SignalPart> here(String sessionId);

    /** What all nodes heard of a session. One statement. */
    SessionSignals of(String sessionId);

    @Override
    default void close() {}
}
