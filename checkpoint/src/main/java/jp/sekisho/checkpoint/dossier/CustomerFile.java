package jp.sekisho.checkpoint.dossier;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.interim.OnFile;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.storage.baseline.Baselines;
import jp.sekisho.storage.dossier.Dossier;
import jp.sekisho.storage.dossier.Dossiers;
import jp.sekisho.storage.dossier.Dossiers.WithUsual;
import jp.sekisho.storage.interim.OnFiles;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A customer's dossier, read once a request and kept up with what the request itself writes. What another request wrote
 * meanwhile is found by the conditional statements, which then read again.
 */
public final class CustomerFile {

    private final String realmId;
    private final String customer;
    private final Optional<DeviceToken> token;
    private final Dossier onArrival;
    private Dossier latest;
    private Optional<List<Statistic>> usual;
    private Optional<OnFile> interim = Optional.empty();

    private CustomerFile(KeycloakSession session, RealmModel realm, String customer, boolean withUsual) {
        this.realmId = realm.getId();
        this.customer = customer;
        this.token = token(session, realm);
        Dossiers dossiers = new Dossiers(entityManager(session));
        Optional<String> deviceId = token.map(DeviceToken::family);
        if (withUsual) {
            WithUsual both = dossiers.findWithUsual(realmId, customer, deviceId);
            this.onArrival = both.dossier();
            this.usual = Optional.of(both.usual());
        } else {
            this.onArrival = dossiers.find(realmId, customer, deviceId);
            this.usual = Optional.empty();
        }
        this.latest = onArrival;
    }

    public static CustomerFile of(KeycloakSession session, RealmModel realm, String customer) {
        return open(session, realm, customer, false);
    }

    /** The same for who asks for what is usual, too: where nothing was read yet, one trip to the database reads both. */
    public static CustomerFile withUsual(KeycloakSession session, RealmModel realm, String customer) {
        return open(session, realm, customer, true);
    }

    private static CustomerFile open(KeycloakSession session, RealmModel realm, String customer, boolean withUsual) {
        String attribute = CustomerFile.class.getName() + ':' + realm.getId() + ':' + customer;
        CustomerFile known = session.getAttribute(attribute, CustomerFile.class);
        if (known != null) {
            return known;
        }
        CustomerFile opened = new CustomerFile(session, realm, customer, withUsual);
        session.setAttribute(attribute, opened);
        return opened;
    }

    /** The well-formed token of the request, whether anybody knows it or not. */
    public Optional<DeviceToken> token() {
        return token;
    }

    /** As the request found it. */
    public Dossier onArrival() {
        return onArrival;
    }

    /** The database's time at which the request began for this customer: the time of all that it writes (decision 14). */
    public Instant now() {
        return onArrival.now();
    }

    /** What is usual for the customer, learned from his logins. */
    public List<Statistic> usual(EntityManager em) {
        if (usual.isEmpty()) {
            usual = Optional.of(new Baselines(em).of(customer));
        }
        return usual.get();
    }

    /** How far the customer is on his way to a passkey. */
    public OnFile interim(EntityManager em) {
        if (interim.isEmpty()) {
            interim = Optional.of(new OnFiles(em).of(customer));
        }
        return interim.get();
    }

    /** With what this request wrote since. */
    public Dossier latest() {
        return latest;
    }

    /** Reads what others wrote. One statement. */
    public Dossier readAgain(EntityManager em) {
        interim = Optional.empty();
        latest = new Dossiers(em).find(realmId, customer, token.map(DeviceToken::family));
        return latest;
    }

    /** The counters as they stand now, in the database or by the end of the request. */
    public void replaced(List<Counter> stored) {
        latest = latest.withCounters(stored);
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private static Optional<DeviceToken> token(KeycloakSession session, RealmModel realm) {
        try {
            return DeviceToken.of(session.getContext().getHttpRequest().getHttpHeaders(), realm.getId());
        } catch (ContextNotActiveException noRequest) {
            return Optional.empty();
        }
    }
}
