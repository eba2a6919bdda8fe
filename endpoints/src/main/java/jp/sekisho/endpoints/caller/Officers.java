package jp.sekisho.endpoints.caller;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.access.Administrators;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.proposal.Act;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Who may act as an officer, on whom, and the admin event of it. Every resource for officers goes through here. */
public final class Officers {

    /** Acts. */
    public static final String OFFICER = "sekisho-officer";

    /** Approves what one alone must not do. */
    public static final String APPROVER = "sekisho-approver";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminAuth auth;
    private final AdminEventBuilder adminEvent;

    public Officers(KeycloakSession session, RealmModel realm, AdminAuth auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    public KeycloakSession session() {
        return session;
    }

    public RealmModel realm() {
        return realm;
    }

    /** Id of the user who calls. */
    public String caller() {
        return auth.getUser().getId();
    }

    public UserModel callingUser() {
        return auth.getUser();
    }

    /** The client that the caller logged in to. */
    public ClientModel callingClient() {
        return auth.getClient();
    }

    /**
     * A customer on whom an officer acts.
     *
     * @param now the database's clock
     */
    public record Customer(UserModel user, String pseudonym, RealmPolicy policy, Instant now) {

        /** Whether another officer has to approve it. */
        // FFAJ-2.1-S3
        public boolean needsTwo(Act act) {
            return act.needsTwo(Administrators.has(user));
        }
    }

    /**
     * Only for who has the role {@link #OFFICER} and logged in with a passkey or certificate: 403 for others, 404 where the
     * realm has no policy, 401 without the certificate that the token is bound to.
     */
    public Response forRealm(Body.Work<RealmPolicy> work) {
        return forRealm(OFFICER, work);
    }

    /** The same for another role. */
    public Response forRealm(String role, Body.Work<RealmPolicy> work) {
        if (!LiveToken.holdsCertificate(session, auth.getToken())) {
            return Problem.unauthorized("The certificate that this token is bound to is required.");
        }
        if (!has(role)) {
            return Problem.forbidden("The role " + role + " of this realm is required.");
        }
        Optional<UserSessionModel> own = Optional.ofNullable(
                session.sessions().getUserSession(realm, auth.getToken().getSessionId()));
        // FFAJ-2.1-S1b: whatever the session was before its user had the role, and no client acts by itself.
        if (own.filter(StepUp::phishingResistant).isEmpty()) {
            return Problem.stepUpRequired(StepUp.PHISHING_RESISTANT);
        }
        if (held(own.get())) {
            return Problem.forbidden("This session is held: it decides nothing.");
        }
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return Problem.notFound("This realm has no checkpoint.");
        }
        if (barred(policy.get())) {
            return Problem.forbidden("This account is frozen or locked.");
        }
        return work.answer(policy.get());
    }

    /** The role of an approver where the caller has it, else that of an officer: for what either may see. */
    public String either() {
        return has(APPROVER) ? APPROVER : OFFICER;
    }

    /** By the rows themselves: the worker that disables who is frozen comes later. */
    // JP25-8
    private boolean barred(RealmPolicy policy) {
        String pseudonym = Customers.pseudonym(session, realm, callingUser());
        return CustomerFile.of(session, realm, pseudonym).latest().frozen(Operation.LOGIN)
                || Guard.of(session, realm, policy).counters(pseudonym).stream().anyMatch(Officers::locksLogin);
    }

    private static boolean locksLogin(Counter counter) {
        return counter.locked() && counter.key().equals(new Counter.Key(Operation.LOGIN.name(), Counter.Key.OPERATION));
    }

    /** As after a login with a passkey that is provisional: an officer's, too, may be a stranger's. */
    private boolean held(UserSessionModel own) {
        return Hold.of(session, own).isPresent();
    }

    /** Only for who has the role {@link #OFFICER}: 403 for others, 404 for who is no customer of a guarded realm. */
    public Response forCustomer(String userId, Body.Work<Customer> work) {
        return forCustomer(OFFICER, userId, work);
    }

    /** The same for another role. */
    public Response forCustomer(String role, String userId, Body.Work<Customer> work) {
        return forRealm(role, policy -> {
            Optional<UserModel> user = Optional.ofNullable(session.users().getUserById(realm, userId));
            if (user.isEmpty()) {
                return Problem.notFound("No such customer.");
            }
            String pseudonym = Customers.pseudonym(session, realm, user.get());
            Instant now = CustomerFile.of(session, realm, pseudonym).now();
            return work.on(new Customer(user.get(), pseudonym, policy, now));
        });
    }

    /** As {@link #forCustomer(String, Body.Work)}, and 403 for himself: nobody loosens anything upon himself. */
    // FFAJ-2.1-S3
    public Response forAnother(String userId, Body.Work<Customer> work) {
        return forAnother(OFFICER, userId, work);
    }

    /** The same for another role. */
    public Response forAnother(String role, String userId, Body.Work<Customer> work) {
        return forCustomer(
                role,
                userId,
                customer -> customer.user().getId().equals(caller())
                        ? Problem.forbidden("Nobody does this upon himself.")
                        : work.on(customer));
    }

    /** An administrator of the server is no officer: the firm decides who is, in this realm. */
    public boolean has(String name) {
        RoleModel role = realm.getRole(name);
        return role != null
                && auth.getRealm().equals(realm)
                && auth.hasRealmRole(name)
                && auth.getUser().hasRole(role);
    }

    /**
     * The admin event of what was done.
     *
     * @param resource such as {@code SEKISHO_LOCK}
     * @param path below {@code sekisho}
     */
    public void told(String resource, Map<String, ?> representation, String... path) {
        adminEvent
                .operation(OperationType.ACTION)
                .resource(resource)
                .resourcePath(
                        Stream.concat(Stream.of("sekisho"), Arrays.stream(path)).toArray(String[]::new))
                .representation(representation)
                .success();
    }
}
