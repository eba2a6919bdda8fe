package jp.sekisho.endpoints.account;

import jp.sekisho.checkpoint.address.ClientAddresses;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** {@code /realms/{realm}/sekisho}: what customers do for themselves. */
public final class AccountResourceProvider implements RealmResourceProvider {

    private final KeycloakSession session;
    private final ClientAddresses addresses;

    private AccountResourceProvider(KeycloakSession session, ClientAddresses addresses) {
        this.session = session;
        this.addresses = addresses;
    }

    @Override
    public Object getResource() {
        return new AccountResource(session, addresses);
    }

    @Override
    public void close() {}

    public static final class Factory implements RealmResourceProviderFactory {

        private ClientAddresses addresses;

        @Override
        public RealmResourceProvider create(KeycloakSession session) {
            return new AccountResourceProvider(session, addresses);
        }

        @Override
        public void init(Config.Scope config) {
            addresses = ClientAddresses.configured(config);
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {}

        @Override
        public void close() {}

        @Override
        public String getId() {
            return "sekisho";
        }
    }
}
