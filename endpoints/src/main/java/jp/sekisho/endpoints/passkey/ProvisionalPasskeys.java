package jp.sekisho.endpoints.passkey;

import jakarta.ws.rs.core.Response;
import java.util.Map;
import jp.sekisho.checkpoint.notice.CredentialChange;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.session.SessionEnd;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Officers.Customer;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.notice.Notice;

/** A customer calls: the passkey that he was told of is not his. */
// JP25-1
public final class ProvisionalPasskeys {

    private final Officers officers;

    public ProvisionalPasskeys(Officers officers) {
        this.officers = officers;
    }

    /**
     * Ends the customer's provisional passkeys, and all his sessions.
     *
     * @param body {@link Reason}
     * @return 204; 400 without a reason, 403 for anybody but an officer of this very realm, 404 for who is no customer of
     *     a guarded realm, 409 where he has none
     */
    public Response stop(String userId, String body) {
        return officers.forCustomer(userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            int ended = Passkeys.of(officers.session(), officers.realm())
                    .endProvisional(
                            customer.pseudonym(), Map.of("officer", officers.caller(), "reason", reason.reason()));
            if (ended == 0) {
                return Problem.conflict("not-provisional", "No passkey of this customer is provisional.");
            }
            // Whoever enrolled them may have come in by them, or by what let him enrol them.
            SessionEnd.ofAll(officers.session(), officers.realm(), customer.user());
            told(customer, reason.reason());
            return Response.noContent().build();
        });
    }

    private void told(Customer customer, String reason) {
        Notices.of(officers.session(), officers.realm(), customer.policy())
                .tell(
                        customer.user(),
                        Notice.AUTHENTICATOR_CHANGED,
                        NoticeValues.at(customer.now())
                                .about(CredentialChange.subject(
                                        officers.session(), customer.user().getId(), "passkey"))
                                .with("passkey")
                                .and("by", "staff"));
        officers.told(
                "SEKISHO_PASSKEY",
                Map.of("reason", reason),
                "customers",
                customer.user().getId(),
                "passkeys",
                "stop");
    }
}
