package jp.sekisho.authenticators.interim;

import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes {@link EnrolPasskey}. */
public final class EnrolPasskeyFactory implements RequiredActionFactory {

    /** In realms for ever. */
    public static final String ID = "sekisho-enrol-passkey";

    private static final EnrolPasskey ACTION = new EnrolPasskey();

    @Override
    public String getDisplayText() {
        return "Sekisho: ask for a passkey";
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
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
