package jp.sekisho.authenticators.credential;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.GuardTrace;
import jp.sekisho.checkpoint.lock.Permit;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.credential.CredentialInput;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Reserve, evaluate, conclude: around the stock check of a login credential, wherever it is asked. */
// FFAJ-1.2-S3, JP25-7
final class GuardedCheck {

    private final KeycloakSession session;
    private final String credential;

    /** @param credential the type that is counted */
    GuardedCheck(KeycloakSession session, String credential) {
        this.session = session;
        this.credential = credential;
    }

    /**
     * @param address where the secret came from; a hostile source is refused there
     * @param stock evaluates the secret
     * @param instead spends the time of an evaluation that is refused
     */
    boolean password(
            RealmModel realm,
            UserModel user,
            CredentialInput input,
            Field<ClientAddress> address,
            BooleanSupplier stock,
            Runnable instead) {
        return check(realm, user, input, false, address, stock, instead);
    }

    /** A one-time code: its evaluation takes no time that could be told from none. */
    boolean code(RealmModel realm, UserModel user, CredentialInput input, BooleanSupplier stock) {
        return check(realm, user, input, true, Field.notCollected(), stock, () -> {});
    }

    /** The credential was bound anew, once its transaction is committed. */
    void rebound(RealmModel realm, UserModel user) {
        RealmPolicies.of(session, realm)
                .ifPresent(policy -> session.getTransactionManager()
                        .enlistAfterCompletion(new AbstractKeycloakTransaction() {
                            @Override
                            protected void commitImpl() {
                                Guard.of(session, realm, policy)
                                        .rebound(Customers.pseudonym(session, realm, user), credential);
                            }

                            @Override
                            protected void rollbackImpl() {}
                        }));
    }

    private boolean check(
            RealmModel realm,
            UserModel user,
            CredentialInput input,
            boolean second,
            Field<ClientAddress> address,
            BooleanSupplier stock,
            Runnable instead) {
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return stock.getAsBoolean();
        }
        String secret = input.getChallengeResponse();
        if (secret == null || secret.isEmpty()) {
            return false;
        }
        String customer = Customers.pseudonym(session, realm, user);
        Optional<String> device = DeviceTokens.of(session, realm, policy.get())
                .presented(customer)
                .knownDevice();
        Attempt attempt = new Attempt(credential, Operation.LOGIN, device, second && firstFactorShown(customer));
        Guard guard = Guard.of(session, realm, policy.get());
        Permit permit = guard.reserve(customer, attempt, address);
        if (!permit.granted()) {
            instead.run();
            return false;
        }
        boolean right = stock.getAsBoolean();
        if (right) {
            guard.verified(permit);
            Optional.ofNullable(session.getContext().getAuthenticationSession())
                    .ifPresent(login -> ShownFactors.add(login, user, credential));
        } else {
            guard.failed(permit)
                    .filter(began -> began != Refusal.THROTTLE)
                    .ifPresent(lock -> tell(realm, policy.get(), user, lock));
        }
        return right;
    }

    /** On every path; where the flow tells as well, the two are one notice. */
    private void tell(RealmModel realm, RealmPolicy policy, UserModel user, Refusal lock) {
        Notice notice = lock == Refusal.LOCK ? Notice.LOCK : Notice.STRANGER_LOCK;
        Notices.of(session, realm, policy)
                .tellNow(user, notice, session.getProvider(Checkpoint.class).noticeValues(user));
    }

    private boolean firstFactorShown(String customer) {
        AuthenticationSessionModel authentication = session.getContext().getAuthenticationSession();
        return GuardTrace.of(session).verified(customer)
                || authentication != null
                        && (AuthenticatorUtil.isPasswordValidated(authentication)
                                || AuthenticatorUtil.isSSOAuthentication(authentication));
    }
}
