package jp.sekisho.endpoints.account;

import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.operation.Quota;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** {@code /realms/{realm}/sekisho}: what customers do for themselves. */
public final class AccountResourceProvider implements RealmResourceProvider {

    private final KeycloakSession session;
    private final ClientAddresses addresses;
    private final Quota quota;

    private AccountResourceProvider(KeycloakSession session, ClientAddresses addresses, Quota quota) {
        this.session = session;
        this.addresses = addresses;
        this.quota = quota;
    }

    @Override
    public Object getResource() {
        return new AccountResource(session, addresses, quota);
    }

    @Override
    public void close() {}

    public static final class Factory implements RealmResourceProviderFactory {

        private final Quota quota = new Quota(System::nanoTime);
        private ClientAddresses addresses;

        @Override
        public RealmResourceProvider create(KeycloakSession session) {
            return new AccountResourceProvider(session, addresses, quota);
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
