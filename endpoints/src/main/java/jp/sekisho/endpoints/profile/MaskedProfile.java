package jp.sekisho.endpoints.profile;

import java.time.Instant;
import java.util.Map;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.stepup.StepUp;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.DeclarativeUserProfileProvider;
import org.keycloak.userprofile.DeclarativeUserProfileProviderFactory;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileMetadata;

/**
 * Keycloak's user profile, which shows a customer in the account console and at its REST interface no more of himself than
 * our pages do. What administrators see is not its business; what anybody types is {@link CheckedAttributes checked}.
 */
// FFAJ-1.5-S1
public final class MaskedProfile extends DeclarativeUserProfileProvider {

    private final KeycloakSession session;

    private MaskedProfile(KeycloakSession session, DeclarativeUserProfileProviderFactory factory) {
        super(session, factory);
        this.session = session;
    }

    @Override
    protected Attributes createAttributes(
            UserProfileContext context, Map<String, ?> values, UserModel user, UserProfileMetadata metadata) {
        // Nobody types what a client's own user has.
        boolean ofClient = user != null && user.getServiceAccountClientLink() != null;
        if (ofClient || !RealmPolicies.in(session.getContext().getRealm())) {
            return super.createAttributes(context, values, user, metadata);
        }
        return context == UserProfileContext.ACCOUNT && user != null && !fresh()
                ? new MaskedAttributes(values, user, metadata, session)
                : new CheckedAttributes(context, values, user, metadata, session);
    }

    private boolean fresh() {
        UserSessionModel userSession = session.getContext().getUserSession();
        return userSession != null
                && session.getContext().getBearerToken() instanceof AccessToken token
                && Hold.of(session, userSession).isEmpty()
                && StepUp.USUAL
                        .freshUntil(userSession, token.getAcr(), now(userSession.getUser()))
                        .isPresent();
    }

    private Instant now(UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        return CustomerFile.of(session, realm, Customers.pseudonym(session, realm, user))
                .now();
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends DeclarativeUserProfileProviderFactory {

        @Override
        public DeclarativeUserProfileProvider create(KeycloakSession session) {
            return new MaskedProfile(session, this);
        }
    }
}
