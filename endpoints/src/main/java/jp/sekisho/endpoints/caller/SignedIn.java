package jp.sekisho.endpoints.caller;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** The customer who calls for himself, with his live access token for the audience {@code sekisho}. */
public final class SignedIn {

    private final KeycloakSession session;

    public SignedIn(KeycloakSession session) {
        this.session = session;
    }

    public KeycloakSession session() {
        return session;
    }

    /**
     * Who calls.
     *
     * @param now the database's clock
     * @param heldUntil until when his session changes nothing; empty where it is not held
     * @param freshUntil until when he need not show himself again; empty where he must, and in a session that is held
     */
    public record Customer(
            RealmModel realm,
            RealmPolicy policy,
            UserModel user,
            String pseudonym,
            UserSessionModel userSession,
            AccessToken token,
            Instant now,
            Optional<Instant> heldUntil,
            Optional<Instant> freshUntil) {

        /** Whether more than a password was shown within minutes: personal values are masked otherwise. */
        // FFAJ-1.5-S1
        public boolean fresh() {
            return freshUntil.isPresent();
        }
    }

    /** 401 for whom no customer's token vouches, 403 without TLS, 404 where the realm has no policy. */
    public Response forCustomer(Body.Work<Customer> work) {
        RealmModel realm = session.getContext().getRealm();
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return Problem.notFound("This realm has no checkpoint.");
        }
        // Keycloak asks realm extensions for nothing, not even for TLS.
        if (realm.getSslRequired().isRequired(session.getContext().getConnection())) {
            return Problem.forbidden("HTTPS is required.");
        }
        AuthResult token = LiveToken.of(session).orElse(null);
        // A client acting for itself is no customer.
        if (token == null || token.session().getPersistenceState() == SessionPersistenceState.TRANSIENT) {
            return Problem.unauthorized(
                    "A customer's access token for the audience " + LiveToken.AUDIENCE + " is required.");
        }
        String pseudonym = Customers.pseudonym(session, realm, token.user());
        if (CustomerFile.of(session, realm, pseudonym).latest().frozen(Operation.LOGIN)) {
            return Problem.forbidden("The account is frozen.");
        }
        Instant now = CustomerFile.of(session, realm, pseudonym).now();
        Optional<Instant> heldUntil = Hold.of(session, token.session());
        return work.answer(new Customer(
                realm,
                policy.get(),
                token.user(),
                pseudonym,
                token.session(),
                token.token(),
                now,
                heldUntil,
                StepUp.USUAL
                        .freshUntil(token.session(), token.token().getAcr(), now)
                        .filter(until -> heldUntil.isEmpty())));
    }

    /** The same, and 403 in a session that is held: it changes nothing. */
    public Response forChange(Body.Work<Customer> work) {
        return forCustomer(customer -> change(customer, work));
    }

    private static Response change(Customer customer, Body.Work<Customer> work) {
        return customer.heldUntil().isPresent()
                ? Problem.forbidden("This session is held: it changes nothing.")
                : work.answer(customer);
    }

    /** The same for what he has set for himself: 403 where changes of his profile are frozen. */
    // JP25-8
    public Response forSettings(Body.Work<Customer> work) {
        return forCustomer(customer -> settings(customer, work));
    }

    /** The same of who is known already: a proof of possession is taken once. */
    public Response settings(Customer customer, Body.Work<Customer> work) {
        return change(
                customer,
                known -> CustomerFile.of(session, known.realm(), known.pseudonym())
                                .latest()
                                .frozen(Operation.PROFILE_CHANGE)
                        ? Problem.forbidden("Changes of profile and settings are frozen.")
                        : work.answer(known));
    }

    /** The same for what is personal: 403 also where the customer must show himself again. */
    public Response forProfileChange(Body.Work<Customer> work) {
        return forSettings(
                customer -> customer.fresh() ? work.on(customer) : Problem.stepUpRequired(StepUp.USUAL.acr()));
    }
}
