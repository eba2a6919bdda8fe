package jp.sekisho.eventlisteners.freeze;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Listens in every realm; one without a policy has nobody frozen. */
public final class FreezeListenerFactory implements EventListenerProviderFactory {

    public static final String ID = "sekisho-freeze";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new FreezeListener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new Overwritten());
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
