package jp.sekisho.checkpoint.operation;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.device.SessionDevice;
import jp.sekisho.policies.anomaly.Anomaly;
import jp.sekisho.policies.anomaly.AnomalyPolicy;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.policies.anomaly.Conduct;
import jp.sekisho.policies.anomaly.KnownPayee;
import jp.sekisho.policies.anomaly.OperationSight;
import jp.sekisho.policies.anomaly.Past;
import jp.sekisho.policies.anomaly.PastOperation;
import jp.sekisho.policies.anomaly.SessionSight;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.device.Remembered;
import jp.sekisho.storage.operation.StoredOperation.Done;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import jp.sekisho.storage.operation.StoredOperations.Recall;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.payee.StoredPayee;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** How unlike its customer an operation is, by what he did before. An order costs no statement of its own. */
// FFAJ-3-S2, JP25-9
final class Behaviour {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AnomalyPolicy policy;
    private final Instant now;

    /** @param now the database's clock */
    Behaviour(KeycloakSession session, RealmModel realm, AnomalyPolicy policy, Instant now) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.now = now;
    }

    /**
     * What the customer wants to do.
     *
     * @param payee keyed hash of the bank account that is named
     * @param known the same, where he has or had it
     * @param done what he was let do before
     */
    record Wish(Operation type, Details details, Optional<String> payee, Optional<StoredPayee> known, List<Done> done) {

        boolean paysOut() {
            return type == Operation.WITHDRAWAL || type == Operation.BANK_ACCOUNT_CHANGE;
        }
    }

    /** @param living the session, where it still does */
    Conduct of(Wish wish, String customer, UserModel user, Optional<UserSessionModel> living) {
        OperationSight sight = new OperationSight(
                wish.type(),
                now,
                wish.details(),
                living.map(Behaviour::began).orElseGet(Field::notCollected),
                Field.notCollected());
        Past past = new Past(
                wish.done().stream().map(Behaviour::past).toList(),
                wish.type() == Operation.TRADE ? Map.of() : changes(customer, user, living),
                wish.paysOut() ? payee(wish) : KnownPayee.NOT_HIS);
        return Anomaly.judge(sight, past, policy);
    }

    /** What became of its device and network is asked of whoever comes with it, not of an app. */
    private static Field<SessionSight> began(UserSessionModel userSession) {
        return Field.of(new SessionSight(Instant.ofEpochSecond(userSession.getStarted()), false, false));
    }

    /** What of his past is needed to judge. */
    Recall recall(Operation type, String customer) {
        Duration lately = policy.windows().soldOut().multipliedBy(2);
        return new Recall(customer, type, now.minus(policy.windows().settled()), now.minus(lately));
    }

    /** What a row keeps of an order is enough to tell an opening one that was taken back from one that was placed. */
    private static PastOperation past(Done done) {
        Sums sums = done.sums();
        boolean takenBack = done.wayOut() && sums.positionEffect().equals(Optional.of(PositionEffect.OPEN));
        return new PastOperation(
                done.type(),
                done.at(),
                new Details(
                        sums.amount(),
                        Optional.empty(),
                        sums.instrument(),
                        sums.side(),
                        done.wayOut()
                                ? sums.positionEffect().or(() -> Optional.of(PositionEffect.CLOSE))
                                : sums.positionEffect(),
                        takenBack ? Action.CANCEL : Action.PLACE,
                        Optional.empty(),
                        sums.quantity(),
                        Optional.empty(),
                        sums.holdingsShare(),
                        Optional.empty(),
                        Set.of()),
                done.confirmed());
    }

    private Map<Change, Instant> changes(String customer, UserModel user, Optional<UserSessionModel> living) {
        Map<Change, Instant> changes = new EnumMap<>(Change.class);
        user.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getCreatedDate)
                .filter(created -> created != null)
                .max(Long::compare)
                .ifPresent(created -> changes.put(Change.CREDENTIAL, Instant.ofEpochMilli(created)));
        living.flatMap(SessionDevice::of)
                .flatMap(device -> new Devices(em())
                        .remembered(customer, now).stream()
                                .map(Remembered::trust)
                                .filter(trust -> trust.deviceId().equals(device))
                                .findFirst())
                .ifPresent(trust -> changes.put(Change.DEVICE, trust.firstSeenAt()));
        return changes;
    }

    private KnownPayee payee(Wish wish) {
        if (wish.payee().isEmpty()) {
            return KnownPayee.NOT_HIS;
        }
        Instant since = now.minus(policy.windows().sharedPayee());
        long own = wish.known().filter(payee -> payee.addedAt().isAfter(since)).stream()
                .count();
        long others = new Payees(em()).customersWith(realm.getId(), wish.payee().get(), since) - own;
        long paid = wish.done().stream()
                .filter(before ->
                        before.type() == Operation.WITHDRAWAL && before.payee().equals(wish.payee()))
                .count();
        return new KnownPayee(
                wish.known()
                        .filter(payee -> payee.state() != StoredPayee.State.REMOVED)
                        .map(StoredPayee::addedAt),
                Math.toIntExact(paid),
                (int) Math.max(0, Math.min(Integer.MAX_VALUE, others)));
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
