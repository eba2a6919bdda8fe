package jp.sekisho.checkpoint.lock;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.schema.RowId;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Locks that began and were lifted, in the evidence log. Written in a transaction of its own, before the response. */
// FFAJ-3-S3, JP25-12
public final class LockRecords {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    public LockRecords(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    void began(Permit permit, Refusal lock) {
        Attempt attempt = permit.attempt();
        TreeMap<String, String> details = new TreeMap<>();
        details.put("credential", attempt.credential());
        details.put("secondFactor", Boolean.toString(attempt.secondFactor()));
        attempt.with().ifPresent(second -> details.put("with", second));
        write(
                EvidenceRow.Kind.LOCK,
                permit.customer(),
                Optional.of(attempt.operation()),
                attempt.knownDevice(),
                lock.name(),
                details);
    }

    /**
     * An officer lifted the locks.
     *
     * @param officer the user id: who did it is never a pseudonym
     * @param reason as the officer gave it
     */
    public void lifted(String customer, String officer, String reason) {
        write(
                EvidenceRow.Kind.UNLOCK,
                customer,
                Optional.empty(),
                Optional.empty(),
                "LIFTED",
                Map.of("officer", officer, "reason", reason));
    }

    private void write(
            EvidenceRow.Kind kind,
            String customer,
            Optional<Operation> operation,
            Optional<String> device,
            String result,
            Map<String, String> details) {
        Optional<String> client =
                Optional.ofNullable(session.getContext().getClient()).map(ClientModel::getClientId);
        OwnTransaction.run(session, em -> {
            Instant now = DatabaseClock.now(em);
            String id = RowId.next();
            TreeMap<String, String> content = new TreeMap<>(details);
            content.put("id", id);
            content.put("realm", realm.getId());
            content.put("at", now.toString());
            content.put("customer", customer);
            content.put("kind", kind.name());
            content.put("policyVersion", policy.version());
            content.put("result", result);
            client.ifPresent(name -> content.put("client", name));
            operation.ifPresent(what -> content.put("operation", what.name()));
            device.ifPresent(family -> content.put("device", family));
            new EvidenceLog(em)
                    .append(new EvidenceRow(
                            id,
                            realm.getId(),
                            kind,
                            Optional.empty(),
                            now,
                            new EvidenceRow.Index(
                                    Optional.of(customer),
                                    client,
                                    Optional.empty(),
                                    operation.map(Operation::name),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    device,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(result),
                                    Optional.of(policy.version())),
                            RecordJson.write(content)));
        });
    }
}
