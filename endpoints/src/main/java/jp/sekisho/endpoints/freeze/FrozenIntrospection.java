package jp.sekisho.endpoints.freeze;

import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/** The stock introspection, to which a frozen customer's token is inactive at once, on every node. */
// JP25-8
public final class FrozenIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {

    private FrozenIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    protected boolean introspectionChecks(String token) {
        if (!super.introspectionChecks(token)) {
            return false;
        }
        boolean frozen = RealmPolicies.of(session, realm).isPresent()
                && CustomerFile.of(session, realm, Customers.pseudonym(session, realm, user))
                        .latest()
                        .frozen(Operation.LOGIN);
        if (frozen) {
            eventBuilder.error(Errors.USER_DISABLED);
        }
        return !frozen;
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends AccessTokenIntrospectionProviderFactory {

        @Override
        public TokenIntrospectionProvider create(KeycloakSession session) {
            return new FrozenIntrospection(session);
        }
    }
}
