package jp.sekisho.checkpoint.interim;

import jakarta.persistence.EntityManager;
import java.util.Map;
import jp.sekisho.storage.interim.Exemptions;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * How many of a realm's customers do without a passkey by exemption.
 *
 * @param exempt whose exemption goes on
 * @param active users of the realm that are enabled, service accounts aside
 * @param proposed exemptions that wait for an approver
 */
// JP25-5
public record ExemptionRate(long exempt, long active, long proposed) {

    private static final Map<String, String> ACTIVE =
            Map.of(UserModel.ENABLED, "true", UserModel.INCLUDE_SERVICE_ACCOUNT, "false");

    /** Counts the realm's users as well. */
    public static ExemptionRate of(KeycloakSession session, RealmModel realm) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return of(em, realm.getId(), active(session, realm));
    }

    /** @param active as {@link #active} counted */
    public static ExemptionRate of(EntityManager em, String realmId, long active) {
        Exemptions exemptions = new Exemptions(em);
        return new ExemptionRate(exemptions.open(realmId, DatabaseClock.now(em)), active, exemptions.proposed(realmId));
    }

    /** Counts the realm's users: nothing for a request of a customer. */
    public static long active(KeycloakSession session, RealmModel realm) {
        return session.users().getUsersCount(realm, ACTIVE);
    }

    /** Of the active customers, between 0 and 1. */
    public double share() {
        return active == 0 ? 0 : (double) exempt / active;
    }
}
