package jp.sekisho.checkpoint.notice;

import org.keycloak.provider.Provider;

/** A way to a customer: mail, a webhook, or a firm's own. Called by the outbox's worker only, never in a login. */
public interface NoticeChannel extends Provider {

    /**
     * Sends; returns when the receiver has accepted. The context's realm is the notice's. Takes at most half a minute, and
     * touches no database, so that no connection waits for a slow receiver.
     *
     * @throws UndeliverableException if it failed
     */
    void send(OutgoingNotice notice) throws UndeliverableException;

    @Override
    default void close() {}
}
