package jp.sekisho.checkpoint.identity;

import java.time.Instant;
import java.util.List;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** That customers' identities were verified, as the evidence log has it. */
// JP25-8
public final class IdentityRecords {

    private static final int NEWEST = 200;

    private final KeycloakSession session;
    private final RealmModel realm;

    private IdentityRecords(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    public static IdentityRecords of(KeycloakSession session, RealmModel realm) {
        return new IdentityRecords(session, realm);
    }

    public record Verified(String id, Instant verifiedAt) {}

    /** What was verified after an instant, newest first. */
    public List<Verified> since(String customer, Instant since) {
        return new EvidenceLog(session.getProvider(JpaConnectionProvider.class).getEntityManager())
                .ofCustomer(realm.getId(), customer, NEWEST).stream()
                        .filter(row -> row.kind() == EvidenceRow.Kind.IDENTITY)
                        .filter(row -> row.at().isAfter(since))
                        .map(row -> new Verified(row.id(), row.at()))
                        .toList();
    }
}
