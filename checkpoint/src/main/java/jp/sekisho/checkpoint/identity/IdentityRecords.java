package jp.sekisho.checkpoint.identity;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.Seal;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.policies.identity.OneTimeCode;
import jp.sekisho.storage.identity.Identities;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** That and how customers' identities were verified: state that goes with the customer, and a row of the evidence log that stays. */
// FFAJ-1.1-S1, FFAJ-1.1-B2
public final class IdentityRecords {

    private final KeycloakSession session;
    private final RealmModel realm;

    private IdentityRecords(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    public static IdentityRecords of(KeycloakSession session, RealmModel realm) {
        return new IdentityRecords(session, realm);
    }

    /** What was verified after an instant, newest first. One that became known later, but was made before, is not among them. */
    // JP25-8
    public List<IdentityRow> since(String customer, Instant since) {
        return all(customer).stream()
                .filter(row -> row.verifiedAt().isAfter(since))
                .toList();
    }

    /** By which the firm identified, after a request for a new passkey began, who told it the number of just that request. */
    // JP25-3
    public List<IdentityRow> verifiedFor(String customer, RecoveryRequest request) {
        String number = hash(request.number());
        return since(customer, request.at()).stream()
                .filter(row -> row.recovery().filter(number::equals).isPresent())
                .toList();
    }

    /** Newest verification first. */
    public List<IdentityRow> all(String customer) {
        return new Identities(em()).of(customer);
    }

    /**
     * Under what the evidence of a record is found.
     *
     * @throws jp.sekisho.checkpoint.secrecy.NoKeyException where it cannot be opened
     */
    public Optional<String> reference(IdentityRow row) {
        return row.sealedReference().map(text -> seal().open(SealedColumn.IDENTITY_REFERENCE, row.id(), text));
    }

    /**
     * Records a verification, in the request's transaction.
     *
     * @param now the database's clock
     * @throws jp.sekisho.checkpoint.secrecy.NoKeyException where the reference cannot be sealed: it is not kept in clear
     */
    public IdentityRow record(String customer, Verification verification, Instant now) {
        String id = UUID.randomUUID().toString();
        IdentityRow row = new IdentityRow(
                id,
                verification.method(),
                Optional.of(seal().seal(SealedColumn.IDENTITY_REFERENCE, id, verification.reference())),
                Optional.of(verification.evidenceHash()),
                verification.officer(),
                verification.provider(),
                verification.recovery().map(this::hash),
                verification.verifiedAt().isAfter(now) ? now : verification.verifiedAt(),
                now);
        record(em(), realm.getId(), policyVersion(), customer, row);
        return row;
    }

    /** The same, unless the same evidence was recorded before: an identity provider repeats it at each login. */
    public Optional<IdentityRow> recordOnce(String customer, Verification verification, Instant now) {
        boolean known = all(customer).stream()
                .anyMatch(row -> row.provider().equals(verification.provider())
                        && row.evidenceHash().equals(Optional.of(verification.evidenceHash())));
        return known ? Optional.empty() : Optional.of(record(customer, verification, now));
    }

    /** State and evidence, both or neither (decision 9). */
    static void record(EntityManager em, String realmId, String policyVersion, String customer, IdentityRow row) {
        new Identities(em).add(realmId, customer, row);
        new IdentityFacts(em, realmId, policyVersion).verified(customer, row);
    }

    private String hash(OneTimeCode recovery) {
        return Customers.hashOfCode(session, realm, "recovery " + recovery.text());
    }

    private String policyVersion() {
        return RealmPolicies.of(session, realm)
                .map(RealmPolicy::version)
                .orElseThrow(() -> new IllegalStateException("realm " + realm.getName() + " has no policy"));
    }

    private Seal seal() {
        return Secrecy.of(session, realm);
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
