package jp.sekisho.authenticators.credential;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.tradingpassword.TradingPasswordTyped;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The password of operations: a credential of its own, hashed as the realm hashes passwords. It opens no login. What was not
 * counted before is not looked at, so that nobody guesses here past the counters.
 */
// FFAJ-1.3-B1, FFAJ-1.4-S1
public final class TradingPassword implements CredentialProvider<CredentialModel>, CredentialInputValidator {

    /** Also of the required action that sets it. */
    public static final String ID = "sekisho-trading-password";

    private final KeycloakSession session;
    private final GuardedCheck guarded;
    private final Binding binding;

    private TradingPassword(KeycloakSession session) {
        this.session = session;
        this.guarded = new GuardedCheck(session, Attempt.TRADING_PASSWORD);
        this.binding = new Binding(session, Notice.AUTHENTICATOR_CHANGED, Attempt.TRADING_PASSWORD);
    }

    public static TradingPassword of(KeycloakSession session) {
        return (TradingPassword) session.getProvider(CredentialProvider.class, ID);
    }

    /** A new one, or another one in place of it. That it may be set, and is good, is the caller's business. */
    public void set(RealmModel realm, UserModel user, String password) {
        createCredential(realm, user, hashed(session, realm, password));
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        CredentialModel created = binding.bind(realm, user, credential, () -> replace(user, credential));
        guarded.rebound(realm, user);
        return created;
    }

    private CredentialModel replace(UserModel user, CredentialModel credential) {
        if (credential.getCreatedDate() == null) {
            credential.setCreatedDate(now());
        }
        List<CredentialModel> before = user.credentialManager()
                .getStoredCredentialsByTypeStream(getType())
                .toList();
        if (before.isEmpty()) {
            return user.credentialManager().createStoredCredential(credential);
        }
        credential.setId(before.get(0).getId());
        user.credentialManager().updateStoredCredential(credential);
        before.stream().skip(1).forEach(other -> deleteCredential(null, user, other.getId()));
        return credential;
    }

    private long now() {
        return DatabaseClock.now(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager())
                .toEpochMilli();
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        if (!(input instanceof TradingPasswordTyped typed)) {
            return false;
        }
        Optional<PasswordCredentialModel> stored = stored(user);
        boolean right = stored.filter(known -> hash(known).verify(typed.getChallengeResponse(), known))
                .isPresent();
        if (right && !current(realm, stored.get())) {
            rehash(realm, user, stored.get(), typed.getChallengeResponse());
        }
        return right;
    }

    private PasswordHashProvider hash(PasswordCredentialModel stored) {
        String algorithm = stored.getPasswordCredentialData().getAlgorithm();
        PasswordHashProvider hash = session.getProvider(PasswordHashProvider.class, algorithm);
        if (hash == null) {
            throw new IllegalStateException("nothing hashes by " + algorithm);
        }
        return hash;
    }

    private boolean current(RealmModel realm, PasswordCredentialModel stored) {
        return hash(session, realm.getPasswordPolicy()).policyCheck(realm.getPasswordPolicy(), stored);
    }

    /** Once all else is committed, as Keycloak does it with its own: a hash that is not renewed stops nobody. */
    private void rehash(RealmModel realm, UserModel user, PasswordCredentialModel stored, String password) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                KeycloakModelUtils.runJobInTransaction(
                        session.getKeycloakSessionFactory(),
                        session.getContext(),
                        later -> renew(later, realm.getId(), user.getId(), stored, password));
            }

            @Override
            protected void rollbackImpl() {}
        });
    }

    private static void renew(
            KeycloakSession later, String realmId, String userId, PasswordCredentialModel stored, String password) {
        RealmModel realm = later.realms().getRealm(realmId);
        UserModel user = later.users().getUserById(realm, userId);
        Optional<CredentialModel> same = Optional.ofNullable(user)
                .map(known -> known.credentialManager().getStoredCredentialById(stored.getId()))
                .filter(known -> known.getSecretData().equals(stored.getSecretData()));
        if (same.isPresent()) {
            CredentialModel renewed = hashed(later, realm, password);
            renewed.setId(stored.getId());
            renewed.setCreatedDate(stored.getCreatedDate());
            renewed.setUserLabel(stored.getUserLabel());
            user.credentialManager().updateStoredCredential(renewed);
        }
    }

    private static CredentialModel hashed(KeycloakSession session, RealmModel realm, String password) {
        PasswordPolicy policy = realm.getPasswordPolicy();
        PasswordCredentialModel hashed =
                hash(session, policy).encodedCredential(password, policy == null ? -1 : policy.getHashIterations());
        CredentialModel own = new CredentialModel();
        own.setType(Attempt.TRADING_PASSWORD);
        own.setCredentialData(hashed.getCredentialData());
        own.setSecretData(hashed.getSecretData());
        return own;
    }

    private static PasswordHashProvider hash(KeycloakSession session, PasswordPolicy policy) {
        return Optional.ofNullable(policy)
                .map(PasswordPolicy::getHashAlgorithm)
                .map(algorithm -> session.getProvider(PasswordHashProvider.class, algorithm))
                .orElseGet(() -> session.getProvider(PasswordHashProvider.class));
    }

    private Optional<PasswordCredentialModel> stored(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(getType())
                .max(Comparator.comparing(
                        CredentialModel::getCreatedDate, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(PasswordCredentialModel::createFromCredentialModel);
    }

    @Override
    public boolean isConfiguredFor(RealmModel realm, UserModel user, String credentialType) {
        return supportsCredentialType(credentialType) && stored(user).isPresent();
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    @Override
    public String getType() {
        return Attempt.TRADING_PASSWORD;
    }

    @Override
    public boolean supportsCredentialType(String credentialType) {
        return getType().equals(credentialType);
    }

    /** In Keycloak's account console. */
    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        CredentialTypeMetadata.CredentialTypeMetadataBuilder metadata = CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.BASIC_AUTHENTICATION)
                .displayName("sekisho-trading-password-display-name")
                .helpText("sekisho-trading-password-help-text")
                .iconCssClass("kcAuthenticatorPasswordClass")
                .removeable(false);
        boolean has = context.getUser() != null
                && context.getUser().credentialManager().isConfiguredFor(getType());
        return (has ? metadata.updateAction(ID) : metadata.createAction(ID)).build(session);
    }

    /** Thin edge to Keycloak. */
    public static final class Factory implements CredentialProviderFactory<TradingPassword> {

        @Override
        public TradingPassword create(KeycloakSession session) {
            return new TradingPassword(session);
        }

        @Override
        public String getId() {
            return ID;
        }
    }
}
