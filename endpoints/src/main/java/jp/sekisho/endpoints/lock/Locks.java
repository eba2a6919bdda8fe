package jp.sekisho.endpoints.lock;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.LockRecords;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Officers.Customer;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.notice.Notice;

/** Customers' locks: what they are, and an officer's lifting them. Errors are problem documents (RFC 9457). */
// FFAJ-1.2-S3, JP25-7
public final class Locks {

    private final Officers officers;

    public Locks(Officers officers) {
        this.officers = officers;
    }

    /** Whether anything is locked, and all that is counted: {@link LockView}. */
    public Response locks(String userId) {
        return officers.forCustomer(
                userId,
                customer -> Response.ok(view(customer), MediaType.APPLICATION_JSON_TYPE)
                        .build());
    }

    /**
     * Lifts every lock of the customer; what was guessed so far is not forgotten.
     *
     * @param body {@link Reason}
     * @return 204; 400 without a reason, 403 for anybody but an officer of this very realm and for himself, 404 for who is no customer of
     *     a guarded realm, 409 where nothing is locked
     */
    public Response unlock(String userId, String body) {
        return officers.forAnother(userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            if (!view(customer).locked()) {
                return Problem.conflict("not-locked", "Nothing of this customer is locked.");
            }
            unlock(customer, reason.reason());
            return Response.noContent().build();
        });
    }

    private void unlock(Customer customer, String reason) {
        // Nothing is lifted without its record (decision 9).
        new LockRecords(officers.session(), officers.realm(), customer.policy())
                .lifted(customer.pseudonym(), officers.caller(), reason);
        guard(customer).unlocked(customer.pseudonym());
        Notices.of(officers.session(), officers.realm(), customer.policy())
                .tell(
                        customer.user(),
                        Notice.UNLOCK,
                        NoticeValues.at(customer.now()).apart());
        officers.told(
                "SEKISHO_LOCK",
                Map.of("reason", reason),
                "customers",
                customer.user().getId(),
                "unlock");
    }

    private LockView view(Customer customer) {
        return LockView.of(guard(customer).counters(customer.pseudonym()));
    }

    private Guard guard(Customer customer) {
        return Guard.of(officers.session(), officers.realm(), customer.policy());
    }
}
