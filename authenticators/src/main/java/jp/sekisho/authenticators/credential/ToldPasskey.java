package jp.sekisho.authenticators.credential;

import com.webauthn4j.converter.util.ObjectConverter;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.WebAuthnPasswordlessCredentialProvider;
import org.keycloak.credential.WebAuthnPasswordlessCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The stock passkey, which the customer is told of when it is bound. Nothing of it can be guessed, so nothing is counted. */
// JP25-9
public final class ToldPasskey extends WebAuthnPasswordlessCredentialProvider {

    private final Binding binding;

    private ToldPasskey(KeycloakSession session, WebAuthnMetadataService metadata, ObjectConverter converter) {
        super(session, metadata, converter);
        this.binding = new Binding(session, Notice.AUTHENTICATOR_CHANGED, "passkey");
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, WebAuthnCredentialModel credential) {
        return binding.bind(realm, user, () -> super.createCredential(realm, user, credential));
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends WebAuthnPasswordlessCredentialProviderFactory {

        @Override
        public ToldPasskey create(KeycloakSession session) {
            return new ToldPasskey(session, getMetadataService(), createOrGetObjectConverter());
        }
    }
}
