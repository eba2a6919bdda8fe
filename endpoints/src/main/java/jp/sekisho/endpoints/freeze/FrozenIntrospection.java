package jp.sekisho.endpoints.freeze;

import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.session.SessionWatch;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * The stock introspection, to which a frozen customer's token is inactive at once, on every node, and so is one of a session
 * that the profile lets live no longer.
 */
// JP25-8, JP25-11
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
            return false;
        }
        boolean outlived = SessionWatch.outlived(session, realm, userSession);
        if (outlived) {
            eventBuilder.error(Errors.SESSION_EXPIRED);
        }
        return !outlived;
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends AccessTokenIntrospectionProviderFactory {

        @Override
        public TokenIntrospectionProvider create(KeycloakSession session) {
            return new FrozenIntrospection(session);
        }
    }
}
