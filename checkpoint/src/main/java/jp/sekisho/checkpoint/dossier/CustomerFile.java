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
import jp.sekisho.storage.operation.Before;
import jp.sekisho.storage.operation.Look;
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

    private CustomerFile(
            String realmId,
            String customer,
            Optional<DeviceToken> token,
            Dossier onArrival,
            Optional<List<Statistic>> usual) {
        this.realmId = realmId;
        this.customer = customer;
        this.token = token;
        this.onArrival = onArrival;
        this.latest = onArrival;
        this.usual = usual;
    }

    public static CustomerFile of(KeycloakSession session, RealmModel realm, String customer) {
        return known(session, realm, customer).orElseGet(() -> {
            Optional<DeviceToken> token = token(session, realm);
            Dossier dossier = dossiers(session).find(realm.getId(), customer, token.map(DeviceToken::family));
            return keep(session, new CustomerFile(realm.getId(), customer, token, dossier, Optional.empty()));
        });
    }

    /** The same for who asks for what is usual, too: where nothing was read yet, one trip to the database reads both. */
    public static CustomerFile withUsual(KeycloakSession session, RealmModel realm, String customer) {
        return known(session, realm, customer).orElseGet(() -> {
            Optional<DeviceToken> token = token(session, realm);
            return keep(
                    session,
                    realm,
                    customer,
                    token,
                    dossiers(session).findWithUsual(realm.getId(), customer, token.map(DeviceToken::family)));
        });
    }

    /** A customer's dossier, and what is known before an operation of his is decided. */
    public record WithLook(CustomerFile file, Before before) {}

    /** The same trip, or one of its own where the dossier was read. */
    public static WithLook withLook(KeycloakSession session, RealmModel realm, String customer, Look look) {
        return known(session, realm, customer)
                .map(open -> new WithLook(open, look.alone(entityManager(session))))
                .orElseGet(() -> {
                    Optional<DeviceToken> token = token(session, realm);
                    WithUsual<Before> read = dossiers(session)
                            .findWithUsual(
                                    realm.getId(),
                                    customer,
                                    token.map(DeviceToken::family),
                                    look.besides(),
                                    List.of(look.more()));
                    return new WithLook(keep(session, realm, customer, token, read), look.before(read.besides()));
                });
    }

    private static CustomerFile keep(
            KeycloakSession session,
            RealmModel realm,
            String customer,
            Optional<DeviceToken> token,
            WithUsual<?> read) {
        return keep(
                session, new CustomerFile(realm.getId(), customer, token, read.dossier(), Optional.of(read.usual())));
    }

    private static Optional<CustomerFile> known(KeycloakSession session, RealmModel realm, String customer) {
        return Optional.ofNullable(session.getAttribute(attribute(realm.getId(), customer), CustomerFile.class));
    }

    private static CustomerFile keep(KeycloakSession session, CustomerFile opened) {
        session.setAttribute(attribute(opened.realmId, opened.customer), opened);
        return opened;
    }

    private static String attribute(String realmId, String customer) {
        return CustomerFile.class.getName() + ':' + realmId + ':' + customer;
    }

    private static Dossiers dossiers(KeycloakSession session) {
        return new Dossiers(entityManager(session));
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
