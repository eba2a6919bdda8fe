package jp.sekisho.checkpoint.session;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.device.SessionDevice;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.device.Remembered;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.schema.RowId;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** The devices that a customer is remembered on, in his own hands. */
// FFAJ-1.2-B2
public final class CustomersDevices {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final UserModel user;
    private final String customer;
    private final Instant now;

    /**
     * @param customer his pseudonym
     * @param now the database's clock
     */
    public CustomersDevices(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            UserModel user,
            String customer,
            Instant now) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.user = user;
        this.customer = customer;
        this.now = now;
    }

    public List<Remembered> remembered() {
        return devices().remembered(customer, now);
    }

    /** @return whether he is remembered there */
    public boolean rename(String deviceId, String name) {
        return devices().rename(deviceId, customer, name);
    }

    /**
     * He is remembered there no more: his next login on it is one on an unknown device, and his sessions on it end.
     *
     * @param but the session in which he says so goes on
     * @return whether he was remembered there
     */
    public boolean forget(String deviceId, UserSessionModel but) {
        if (!devices().forget(deviceId, customer)) {
            return false;
        }
        record(deviceId, but.getId());
        endSessions(deviceId, but);
        return true;
    }

    private void endSessions(String deviceId, UserSessionModel but) {
        Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .filter(other -> !other.getId().equals(but.getId()))
                .filter(other -> SessionDevice.of(other).equals(Optional.of(deviceId)))
                .toList()
                .forEach(other -> SessionEnd.of(session, realm, other));
    }

    /** Nothing is decided without its record (decision 9). */
    private void record(String deviceId, String sessionId) {
        String id = RowId.next();
        Map<String, Object> content = new TreeMap<>();
        content.put("id", id);
        content.put("at", now.toString());
        content.put("realm", realm.getId());
        content.put("kind", Kind.DEVICE_REMOVED.name());
        content.put("customer", customer);
        content.put("device", deviceId);
        content.put("session", sessionId);
        content.put("policyVersion", policy.version());
        new EvidenceLog(em())
                .append(new EvidenceRow(
                        id,
                        realm.getId(),
                        Kind.DEVICE_REMOVED,
                        Optional.empty(),
                        now,
                        new EvidenceRow.Index(
                                Optional.of(customer),
                                Optional.empty(),
                                Optional.of(sessionId),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(deviceId),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(policy.version())),
                        RecordJson.write(content)));
    }

    private Devices devices() {
        return new Devices(em());
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
