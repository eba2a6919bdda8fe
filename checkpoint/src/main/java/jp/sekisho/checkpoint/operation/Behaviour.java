package jp.sekisho.checkpoint.operation;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.decision.OperationSight.Seen;
import jp.sekisho.checkpoint.device.SessionDevice;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionWatch;
import jp.sekisho.checkpoint.signal.Signals;
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
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.storage.operation.Before;
import jp.sekisho.storage.operation.Sought;
import jp.sekisho.storage.operation.Sought.Since;
import jp.sekisho.storage.operation.StoredOperation.Done;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import jp.sekisho.storage.operation.StoredOperation.Whose;
import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.signal.SignalPart;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * How unlike its customer an operation is: by what he did before, by what of him changed lately, and by the session that it
 * comes from. All of it is read in one trip with what else is known before a decision.
 */
// FFAJ-3-S2, FFAJ-3-B, JP25-9
final class Behaviour {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final AnomalyPolicy rules;
    private final Optional<UserSessionModel> living;
    private final Optional<SignalPart> heardHere;

    /** @param living the session of the operation, where it still does */
    Behaviour(KeycloakSession session, RealmModel realm, RealmPolicy policy, Optional<UserSessionModel> living) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.rules = policy.profile().anomaly();
        this.living = living;
        this.heardHere =
                living.flatMap(userSession -> session.getProvider(Signals.class).here(userSession.getId()));
    }

    /**
     * What the customer wants to do.
     *
     * @param payee keyed hash of the bank account that is named
     * @param seen what the app says that it saw of him
     */
    record Wish(Operation type, Details details, Optional<String> payee, Optional<Seen> seen) {}

    /** What must be known to judge. */
    Sought sought(String clientId, Whose whose, Wish wish) {
        AnomalyPolicy.Windows windows = rules.windows();
        return new Sought(
                realm.getId(),
                clientId,
                whose,
                wish.type(),
                wish.payee(),
                living.flatMap(SessionDevice::of),
                heardHere.map(SignalPart::id),
                new Since(windows.settled(), windows.soldOut().multipliedBy(2), windows.sharedPayee()));
    }

    /** @param now the database's clock */
    Conduct of(Wish wish, Before before, UserModel user, Instant now) {
        OperationSight sight =
                new OperationSight(wish.type(), now, wish.details(), session(wish), signals(wish.type(), before));
        Past past = new Past(
                before.done().stream().map(Behaviour::past).toList(),
                Anomaly.weighsChanges(wish.type()) ? changes(before, user) : Map.of(),
                wish.type().paysOut() ? payee(wish, before) : KnownPayee.NOT_HIS);
        return Anomaly.judge(sight, past, rules);
    }

    private Field<SessionSight> session(Wish wish) {
        return living.map(userSession -> {
                    SessionWatch.Moved moved = wish.seen()
                            .map(seen -> SessionWatch.of(session, realm, policy)
                                    .moved(userSession, seen.address(), seen.userAgent()))
                            .orElseGet(() -> SessionWatch.moved(userSession));
                    return Field.of(new SessionSight(
                            Instant.ofEpochSecond(userSession.getStarted()), moved.device(), moved.network()));
                })
                .orElseGet(Field::notCollected);
    }

    /** A firm that names the pages on the way to an operation has apps that tell of them: nothing heard is none passed. */
    private Field<SessionSignals> signals(Operation type, Before before) {
        SessionSignals all =
                heardHere.map(SignalPart::heard).orElse(SessionSignals.NONE).and(before.heard());
        return all.events() == 0 && !rules.signals().expects(type) ? Field.notCollected() : Field.of(all);
    }

    /** A row does not keep what made it a way out: it is none that opens anything. */
    private static PastOperation past(Done done) {
        Sums sums = done.sums();
        return new PastOperation(
                done.type(),
                done.at(),
                new Details(
                        sums.amount(),
                        Optional.empty(),
                        sums.instrument(),
                        sums.side(),
                        done.wayOut() ? Optional.of(PositionEffect.CLOSE) : sums.positionEffect(),
                        Action.PLACE,
                        Optional.empty(),
                        sums.quantity(),
                        Optional.empty(),
                        sums.holdingsShare(),
                        Optional.empty(),
                        Set.of()),
                done.confirmed());
    }

    private static Map<Change, Instant> changes(Before before, UserModel user) {
        Map<Change, Instant> changes = new EnumMap<>(Change.class);
        changes.putAll(before.changes());
        user.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getCreatedDate)
                .filter(created -> created != null)
                .max(Long::compare)
                .ifPresent(created -> changes.put(Change.CREDENTIAL, Instant.ofEpochMilli(created)));
        return changes;
    }

    private static KnownPayee payee(Wish wish, Before before) {
        long paid = before.done().stream()
                .filter(done ->
                        done.type() == Operation.WITHDRAWAL && done.payee().equals(wish.payee()))
                .count();
        // One that the firm brought was paid by it.
        boolean known = before.payee()
                .filter(payee -> payee.state() == StoredPayee.State.KNOWN)
                .isPresent();
        return new KnownPayee(
                before.payee().filter(StoredPayee::kept).map(StoredPayee::addedAt),
                wish.payee().isEmpty() ? 0 : Math.toIntExact(known ? Math.max(1, paid) : paid),
                before.others());
    }
}
