package jp.sekisho.authenticators.credential;

import java.util.UUID;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.tradingpassword.TradingPasswords;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.Config;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.credential.PasswordCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.policy.PasswordPolicyManagerProvider;

/** The stock password, counted before it is verified: forms, direct grant and account all come through here. */
// FFAJ-1.2-S3
public final class GuardedPassword extends PasswordCredentialProvider {

    private final KeycloakSession session;
    private final PasswordCredentialProvider stock;
    private final ClientAddresses addresses;
    private final GuardedCheck guarded;
    private final Binding binding;

    private GuardedPassword(KeycloakSession session, PasswordCredentialProvider stock, ClientAddresses addresses) {
        super(session, null, false, false, false, false, false);
        this.session = session;
        this.stock = stock;
        this.addresses = addresses;
        this.guarded = new GuardedCheck(session, PasswordCredentialModel.TYPE);
        this.binding = new Binding(session, Notice.PASSWORD_CHANGED, "password");
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return guarded.password(
                realm,
                user,
                input,
                addresses.of(session),
                () -> stock.isValid(realm, user, input),
                () -> stock.isValid(
                        realm,
                        user,
                        UserCredentialModel.password(UUID.randomUUID().toString())));
    }

    // FFAJ-1.4-S1
    @Override
    public boolean updateCredential(RealmModel realm, UserModel user, CredentialInput input) {
        if (isTradingPassword(realm, user, input.getChallengeResponse())) {
            throw new ModelException("sekisho-password-like-another");
        }
        return super.updateCredential(realm, user, input);
    }

    /** Asked of good ones only: each is counted as a guess. */
    private boolean isTradingPassword(RealmModel realm, UserModel user, String password) {
        return TradingPasswords.has(user)
                && session.getProvider(PasswordPolicyManagerProvider.class).validate(realm, user, password) == null
                && RealmPolicies.of(session, realm)
                        .filter(policy ->
                                TradingPasswords.of(session, realm, policy).isAlso(user, password))
                        .isPresent();
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, PasswordCredentialModel credential) {
        CredentialModel created =
                binding.bind(realm, user, credential, () -> super.createCredential(realm, user, credential));
        guarded.rebound(realm, user);
        if (RealmPolicies.of(session, realm).isPresent()) {
            OtherSessions.end(session, realm, user);
        }
        return created;
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends PasswordCredentialProviderFactory {

        private ClientAddresses addresses;

        @Override
        public void init(Config.Scope config) {
            super.init(config);
            addresses = ClientAddresses.configured(config);
        }

        @Override
        public PasswordCredentialProvider create(KeycloakSession session) {
            return new GuardedPassword(session, super.create(session), addresses);
        }
    }
}
