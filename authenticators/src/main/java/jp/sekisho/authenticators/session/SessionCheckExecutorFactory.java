package jp.sekisho.authenticators.session;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** For client profiles: judges sessions again when public clients refresh their tokens. */
public final class SessionCheckExecutorFactory implements ClientPolicyExecutorProviderFactory {

    public static final String ID = "sekisho-session-check";

    @Override
    public ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
        return new SessionCheckExecutor(session);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "Judges the session again when its tokens are refreshed: device, country and software that it began with.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
