package jp.sekisho.authenticators.credential;

import com.webauthn4j.converter.util.ObjectConverter;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.WebAuthnCredentialProvider;
import org.keycloak.credential.WebAuthnCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The stock second factor of the same kind as a passkey, in flows of an operator's own. */
// JP25-9
public final class ToldSecurityKey extends WebAuthnCredentialProvider {

    private final Binding binding;

    private ToldSecurityKey(KeycloakSession session, WebAuthnMetadataService metadata, ObjectConverter converter) {
        super(session, metadata, converter);
        this.binding = new Binding(session, Notice.AUTHENTICATOR_CHANGED, "passkey");
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, WebAuthnCredentialModel credential) {
        return binding.bind(realm, user, credential, () -> super.createCredential(realm, user, credential));
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends WebAuthnCredentialProviderFactory {

        @Override
        public ToldSecurityKey create(KeycloakSession session) {
            return new ToldSecurityKey(session, getMetadataService(), createOrGetObjectConverter());
        }
    }
}
