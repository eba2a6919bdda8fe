package jp.sekisho.authenticators.login;

import java.util.Optional;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.GuardTrace;
import jp.sekisho.checkpoint.lock.Permit;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * How a typed password did. A name that nobody has runs the same counters and takes the same time.
 *
 * @param right whether it was evaluated and right
 * @param refused why it was not evaluated
 * @param lock what began with it
 */
record PasswordCheck(boolean right, Optional<Refused> refused, Optional<Refusal> lock) {

    static PasswordCheck of(AuthenticationFlowContext context, RealmPolicy policy, Subject subject, String password) {
        KeycloakSession session = context.getSession();
        boolean right = subject.user()
                .map(user -> ofCustomer(context, user, password))
                .orElseGet(() -> ofNobody(context, policy, subject.customer()));
        GuardTrace trace = GuardTrace.of(session);
        return new PasswordCheck(right, trace.refused(), trace.began().filter(began -> began != Refusal.THROTTLE));
    }

    /** Who has a passkey only has nothing to hash, and takes as long as everybody. */
    private static boolean ofCustomer(AuthenticationFlowContext context, UserModel user, String password) {
        boolean right = user.credentialManager().isValid(UserCredentialModel.password(password));
        if (!right && !user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)) {
            AuthenticatorUtils.dummyHash(context);
        }
        return right;
    }

    private static boolean ofNobody(AuthenticationFlowContext context, RealmPolicy policy, String customer) {
        KeycloakSession session = context.getSession();
        Optional<String> device = DeviceTokens.of(session, context.getRealm(), policy)
                .presented(customer)
                .knownDevice();
        Guard guard = Guard.of(session, context.getRealm(), policy);
        Permit permit =
                guard.reserve(customer, new Attempt(PasswordCredentialModel.TYPE, Operation.LOGIN, device, false));
        AuthenticatorUtils.dummyHash(context);
        if (permit.granted()) {
            guard.failed(permit);
        }
        return false;
    }
}
