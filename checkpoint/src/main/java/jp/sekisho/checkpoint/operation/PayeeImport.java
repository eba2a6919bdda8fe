package jp.sekisho.checkpoint.operation;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Bank accounts that a firm knew before it asked the checkpoint. Each waits from when the firm knew it, so that for most the wait
 * is over; what the checkpoint knows already it leaves as it is.
 */
// FFAJ-1.4-S3
public final class PayeeImport {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final Instant now;

    private PayeeImport(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.now = DatabaseClock.now(em());
    }

    public static PayeeImport of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new PayeeImport(session, realm, policy);
    }

    /** The database's clock. */
    public Instant now() {
        return now;
    }

    /**
     * One that the firm knew.
     *
     * @param since when it came to know it
     */
    public record Known(UserModel user, Payee payee, Instant since) {}

    /** @param left those that the checkpoint knew */
    public record Imported(String id, int added, int left) {}

    /** @throws UnreadableDetails where it is no bank account, naming what is wrong with it */
    public static Payee read(JsonNode account) {
        return DetailsJson.payee(account);
    }

    /** With the request's transaction. */
    public Imported bring(List<Known> known, String officer, String reason) {
        String id = UUID.randomUUID().toString();
        int added = Math.toIntExact(known.stream().filter(one -> add(one, id)).count());
        Imported imported = new Imported(id, added, known.size() - added);
        new EvidenceLog(em())
                .append(Facts.row(
                        realm.getId(),
                        Kind.PAYEES_IMPORTED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(policy.version()),
                        now,
                        Map.of(
                                "import", id,
                                "by", officer,
                                "reason", reason,
                                "added", added,
                                "left", imported.left())));
        return imported;
    }

    private boolean add(Known known, String importId) {
        String id = UUID.randomUUID().toString();
        Duration wait = policy.profile().operations().payeeWait();
        return new Payees(em())
                .add(
                        realm.getId(),
                        new StoredPayee(
                                id,
                                Customers.pseudonym(session, realm, known.user()),
                                known.user().getId(),
                                Customers.hashOfPayee(session, realm, known.payee()),
                                Secrecy.of(session, realm).seal(SealedColumn.PAYEE, id, PayeeJson.write(known.payee())),
                                StoredPayee.State.KNOWN,
                                importId,
                                known.since(),
                                known.since().plus(wait)));
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
