package jp.sekisho.endpoints.operation;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.operation.PayeeImport;
import jp.sekisho.checkpoint.operation.UnreadableDetails;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.caller.Sealed;
import jp.sekisho.endpoints.problem.Problem;
import org.keycloak.models.UserModel;

/**
 * The firm brings the bank accounts that it paid before it asked the checkpoint. It is open until a day that the policy names: two
 * officers opened it, since a later day is a lower policy.
 */
// FFAJ-1.4-S3, FFAJ-2.1-S3
public final class PayeesOfFirm {

    private static final String RESOURCE = "SEKISHO_PAYEES";
    private static final int MOST = 300;

    private final Officers officers;

    public PayeesOfFirm(Officers officers) {
        this.officers = officers;
    }

    /**
     * @param user the customer's id
     * @param account as an app names one
     * @param since when the firm came to know it
     */
    public record Entry(String user, JsonNode account, Instant since) {}

    public record Batch(String reason, List<Entry> payees) {

        /** @throws IllegalArgumentException for what is no batch; its message may be shown */
        public Batch {
            reason = Reason.checked(reason);
            if (payees == null || payees.isEmpty() || payees.size() > MOST || payees.contains(null)) {
                throw new IllegalArgumentException("payees: 1 to " + MOST + " are required.");
            }
        }
    }

    /** @param left those that were known, which stay as they are */
    record View(String id, int added, int left) {}

    /** @param body {@link Batch} @return 200 with a {@link View}; 403 where it is not open; 422 for what cannot be meant, of which nothing is brought */
    public Response bring(String body) {
        return officers.forRealm(policy -> {
            PayeeImport imports = PayeeImport.of(officers.session(), officers.realm(), policy);
            Instant now = imports.now();
            if (!open(policy, now)) {
                return Problem.forbidden("The policy's operations.payee-imports-until has passed.");
            }
            Batch batch = Body.read(body, Batch.class);
            List<PayeeImport.Known> known = new ArrayList<>();
            for (Entry entry : batch.payees()) {
                String at = "/payees/" + known.size();
                try {
                    Optional<UserModel> user = user(entry);
                    if (user.isEmpty() || entry.since() == null || entry.since().isAfter(now)) {
                        return Problem.unprocessable(
                                "payees", at, "A customer's id, and a time that has passed, are required.");
                    }
                    known.add(new PayeeImport.Known(user.get(), PayeeImport.read(entry.account()), entry.since()));
                } catch (UnreadableDetails wrong) {
                    return Problem.unprocessable("payees", at + "/account" + wrong.pointer(), wrong.getMessage());
                }
            }
            return Sealed.withKey(() -> bring(imports, known, batch.reason()));
        });
    }

    private Response bring(PayeeImport imports, List<PayeeImport.Known> known, String reason) {
        PayeeImport.Imported imported = imports.bring(known, officers.caller(), reason);
        officers.told(
                RESOURCE,
                Map.of("reason", reason, "added", imported.added(), "left", imported.left()),
                "payees",
                imported.id());
        return Response.ok(new View(imported.id(), imported.added(), imported.left()), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private Optional<UserModel> user(Entry entry) {
        return Optional.ofNullable(entry.user())
                .map(id -> officers.session().users().getUserById(officers.realm(), id))
                // Nobody vouches for himself.
                .filter(user -> !user.getId().equals(officers.caller()));
    }

    private static boolean open(RealmPolicy policy, Instant now) {
        LocalDate today = now.atZone(policy.profile().risk().zone()).toLocalDate();
        return !today.isAfter(policy.profile().operations().payeeImportsUntil());
    }
}
