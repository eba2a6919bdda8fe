package jp.sekisho.storage.session;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;

/** Which apps are still to be told of which session's end: written with the end, gone when they were told. */
// JP25-11
public final class Logouts {

    private static final String COLUMNS = "ID, REALM_ID, USER_ID, SESSION_ID, CLIENT_ID, ISSUER, ENDED_AT";

    private final EntityManager em;

    public Logouts(EntityManager em) {
        this.em = em;
    }

    /**
     * What an app is to be told.
     *
     * @param clientId Keycloak's own id of the app
     * @param issuer as the app knows the server; may be null
     */
    public record Logout(
            String id,
            String realmId,
            String userId,
            String sessionId,
            String clientId,
            String issuer,
            Instant endedAt) {

        static Logout read(Row row) throws SQLException {
            return new Logout(row.text(), row.text(), row.text(), row.text(), row.text(), row.text(), row.instant());
        }
    }

    public void put(String realmId, String userId, String sessionId, String clientId, String issuer, Instant now) {
        Statements.of(em)
                .update(
                        "insert into {h-schema}SEKISHO_LOGOUT (" + COLUMNS
                                + ", NEXT_AT) values (?, ?, ?, ?, ?, ?, ?, ?)",
                        values -> values.text(UUID.randomUUID().toString())
                                .text(realmId)
                                .text(userId)
                                .text(sessionId)
                                .text(clientId)
                                .text(issuer)
                                .instant(now)
                                .instant(now));
    }

    /** Takes what is due, longest due first; nobody else gets it for a time. */
    public List<Logout> take(Instant now, Duration hold, int limit) {
        return Statements.of(em)
                .select(
                        "select " + COLUMNS + " from {h-schema}SEKISHO_LOGOUT where NEXT_AT <= ? order by NEXT_AT, ID"
                                + " fetch first " + limit + " rows only",
                        values -> values.instant(now),
                        Logout::read)
                .stream()
                .filter(due -> taken(due.id(), now, now.plus(hold)))
                .toList();
    }

    private boolean taken(String id, Instant now, Instant until) {
        return Statements.of(em)
                        .update(
                                "update {h-schema}SEKISHO_LOGOUT set NEXT_AT = ? where ID = ? and NEXT_AT <= ?",
                                values -> values.instant(until).text(id).instant(now))
                == 1;
    }

    public void again(String id, Instant at) {
        Statements.of(em)
                .update(
                        "update {h-schema}SEKISHO_LOGOUT set NEXT_AT = ? where ID = ?",
                        values -> values.instant(at).text(id));
    }

    /** Nobody is left to be told. */
    public void done(String id) {
        Statements.of(em).update("delete from {h-schema}SEKISHO_LOGOUT where ID = ?", values -> values.text(id));
    }

    public void deleteRealm(String realmId) {
        Statements.of(em)
                .update("delete from {h-schema}SEKISHO_LOGOUT where REALM_ID = ?", values -> values.text(realmId));
    }
}
