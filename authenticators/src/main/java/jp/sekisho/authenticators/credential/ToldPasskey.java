package jp.sekisho.authenticators.credential;

import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.OriginVerifierImpl;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.authenticators.passkey.PasskeyReader;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.passkey.ShownPasskeys;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.passkey.PasskeyFacts;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.WebAuthnCredentialModelInput;
import org.keycloak.credential.WebAuthnCredentialModelInput.KeycloakWebAuthnAuthenticationParameters;
import org.keycloak.credential.WebAuthnPasswordlessCredentialProvider;
import org.keycloak.credential.WebAuthnPasswordlessCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.credential.dto.WebAuthnCredentialData;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The stock passkey, which the customer is told of when it is bound. Nothing of it can be guessed, so nothing is counted. */
// JP25-9
public final class ToldPasskey extends WebAuthnPasswordlessCredentialProvider {

    private final KeycloakSession session;
    private final Binding binding;
    private final ObjectConverter converter;
    private final PasskeyReader reader;

    private ToldPasskey(KeycloakSession session, WebAuthnMetadataService metadata, ObjectConverter converter) {
        super(session, metadata, converter);
        this.session = session;
        this.converter = converter;
        this.reader = new PasskeyReader(converter);
        this.binding = new Binding(session, Notice.AUTHENTICATOR_CHANGED, "passkey");
    }

    /** Its class is fixed: whatever the realm asks of browsers, a user must have been verified. What was verified goes into the record of the login. */
    // JP25-3
    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        if (!RealmPolicies.in(realm) || !(input instanceof WebAuthnCredentialModelInput shown)) {
            return super.isValid(realm, user, input);
        }
        shown.setAuthenticationParameters(new KeycloakWebAuthnAuthenticationParameters(
                shown.getAuthenticationParameters().getServerProperty(), true));
        boolean right = super.isValid(realm, user, shown);
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (right && login != null) {
            ShownFactors.add(login, user, getType());
            ShownPasskeys.add(login, user, facts(user, shown.getAuthenticationRequest()));
        }
        return right;
    }

    /**
     * The stock one parses with a converter of its own each time, which learns anew how to read what a browser sends. This one
     * verifies the same: the origins that the server has, and those that the realm's policy adds.
     */
    @Override
    protected WebAuthnAuthenticationManager getWebAuthnAuthenticationManager() {
        if (!RealmPolicies.in(session.getContext().getRealm())) {
            // decision 12
            return super.getWebAuthnAuthenticationManager();
        }
        WebAuthnAuthenticationManager shared = new WebAuthnAuthenticationManager(List.of(), converter);
        shared.getAuthenticationDataVerifier()
                .setOriginVerifier(new Origins(getWebAuthnPolicy().getExtraOrigins()));
        return shared;
    }

    private static final class Origins extends OriginVerifierImpl {

        private final Set<Origin> extra;

        Origins(List<String> extra) {
            this.extra = extra.stream().map(Origin::new).collect(Collectors.toSet());
        }

        @Override
        protected void verify(CollectedClientData shown, ServerProperty server) {
            if (!extra.contains(shown.getOrigin())) {
                super.verify(shown, server);
            }
        }
    }

    private PasskeyFacts facts(UserModel user, AuthenticationRequest request) {
        String aaguid = user.credentialManager()
                .getStoredCredentialsByTypeStream(getType())
                .map(model -> getCredentialFromModel(model).getWebAuthnCredentialData())
                .filter(data -> Arrays.equals(
                        Base64.getMimeDecoder().decode(data.getCredentialId()), request.getCredentialId()))
                .map(WebAuthnCredentialData::getAaguid)
                .findFirst()
                .orElseThrow();
        return reader.shown(
                request.getCredentialId(), aaguid, request.getAuthenticatorData(), request.getClientDataJSON());
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, WebAuthnCredentialModel credential) {
        return binding.bind(realm, user, credential, () -> super.createCredential(realm, user, credential));
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends WebAuthnPasswordlessCredentialProviderFactory {

        @Override
        public ToldPasskey create(KeycloakSession session) {
            return new ToldPasskey(session, getMetadataService(), createOrGetObjectConverter());
        }
    }
}
