package jp.sekisho.eventlisteners.hold;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Listens in every realm: only our own login steps hold a session. */
public final class HoldListenerFactory implements EventListenerProviderFactory {

    public static final String ID = "sekisho-hold";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new HoldListener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
