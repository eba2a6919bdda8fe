package jp.sekisho.checkpoint.alert;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A realm's alerts as the evidence log has them, whether or not a webhook told the desk. */
public final class RaisedAlerts {

    private final EntityManager em;
    private final String realmId;

    public RaisedAlerts(KeycloakSession session, RealmModel realm) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realm.getId();
    }

    /** By the clock that the records go by. */
    public Instant now() {
        return DatabaseClock.now(em);
    }

    /** Before a position, newest first. Two statements, however long the log is. */
    public List<Alert> before(Position before, int limit) {
        List<EvidenceRow> rows = new EvidenceLog(em).factsBefore(realmId, Kind.ALERT, before, limit);
        Map<String, String> users = new Freezes(em)
                .users(rows.stream()
                        .flatMap(row -> row.index().customer().stream())
                        .distinct()
                        .toList());
        return rows.stream().map(row -> Alert.of(row, users)).toList();
    }
}
