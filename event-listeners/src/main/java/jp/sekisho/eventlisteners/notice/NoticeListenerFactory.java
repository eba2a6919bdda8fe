package jp.sekisho.eventlisteners.notice;

import jp.sekisho.checkpoint.notice.NoticeWritten;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/** Listens in every realm, and owns the worker that empties the outbox. */
public final class NoticeListenerFactory implements EventListenerProviderFactory {

    public static final String ID = "sekisho";

    private volatile OutboxWorker worker;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new NoticeListener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> onEvent(factory, event));
    }

    private void onEvent(KeycloakSessionFactory factory, ProviderEvent event) {
        if (event instanceof PostMigrationEvent) {
            restart(factory);
        } else if (event instanceof NoticeWritten written && worker != null) {
            worker.wake(written.channels());
        }
    }

    private synchronized void restart(KeycloakSessionFactory factory) {
        close();
        worker = OutboxWorker.start(factory);
    }

    @Override
    public synchronized void close() {
        if (worker != null) {
            worker.stop();
            worker = null;
        }
    }

    @Override
    public String getId() {
        return ID;
    }
}
