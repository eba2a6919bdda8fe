package jp.sekisho.storage.signal;

import jp.sekisho.policies.signal.SessionSignals;

/**
 * What one node heard of one session, in one row of its own.
 *
 * @param heard all of it: written again, it replaces what was written before
 */
public record SignalPart(String id, String realmId, String sessionId, SessionSignals heard) {

    public SignalPart with(SessionSignals more) {
        return new SignalPart(id, realmId, sessionId, more);
    }
}
