package jp.sekisho.checkpoint.operation;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Gesture;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.OperationPolicy;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.policies.passkey.PasskeyFacts;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.limit.StoredLimits;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperations;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Operations as customers see them: what is shown, signed and told comes of the row, and of nothing that a browser sends. */
// JP25-11
public final class Confirmations {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final SealedContent sealed;

    private Confirmations(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.sealed = new SealedContent(session, realm);
    }

    public static Confirmations of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Confirmations(session, realm, policy);
    }

    /**
     * What is shown.
     *
     * @param operation its digest was computed anew
     */
    public record Shown(StoredOperation operation, Details details) {

        public String digest() {
            return operation.what().digest();
        }
    }

    /**
     * The operation that a customer is to confirm: his own, of the app that he uses, and asked about in this session, or in one
     * that is over. Empty for any other, and for one that cannot be confirmed any more.
     *
     * @param client that the customer logs in to
     */
    public Optional<Shown> forConfirmation(String id, UserModel user, ClientModel client, String sessionId) {
        return find(id, user, client)
                .filter(known -> known.state() == State.STEP_UP)
                .filter(known -> ofSession(known.operation(), sessionId))
                .filter(known -> !frozen(known.operation()))
                .flatMap(known -> sealed.ifIntact(policy, known))
                .map(operation -> new Shown(operation, sealed.details(operation)));
    }

    private Optional<Known> find(String id, UserModel user, ClientModel client) {
        return new StoredOperations(em())
                .find(realm.getId(), id)
                .filter(operation -> operation.whose().userId().equals(user.getId()))
                .filter(operation -> FrontEnds.belong(realm, operation.asked().clientId(), client))
                .map(operation -> new Known(
                        operation,
                        CustomerFile.of(session, realm, operation.whose().customer())
                                .now()));
    }

    /** Who asks in one session has nobody confirm it in another, but a hold may outlast the session. */
    private boolean ofSession(StoredOperation operation, String sessionId) {
        String asked = operation.whose().sessionId();
        return asked.equals(sessionId) || session.sessions().getUserSession(realm, asked) == null;
    }

    private boolean frozen(StoredOperation operation) {
        return CustomerFile.of(session, realm, operation.whose().customer())
                .latest()
                .frozen(operation.what().type());
    }

    /**
     * The customer confirmed what he was shown, with the session's transaction. Ask {@link #forConfirmation} anew before: what
     * was shown in an earlier request is not what is confirmed in this one.
     *
     * @param factors that he showed for it, the strongest among them the one that stands in the row
     * @param gesture by which he did, where it was one of a passkey: with it anybody can verify later that he did
     * @return false where somebody else confirmed it or took it back meanwhile
     */
    public boolean confirm(Shown shown, List<Factor> factors, List<PasskeyFacts> passkeys, Optional<Gesture> gesture) {
        StoredOperation operation = shown.operation();
        OperationPolicy rules = policy.profile().operations();
        Instant now =
                CustomerFile.of(session, realm, operation.whose().customer()).now();
        Factor strongest = factors.stream()
                .max((one, other) -> one.factorClass().compareTo(other.factorClass()))
                .orElseThrow();
        Instant expiresAt = now.plus(rules.valid());
        Optional<Instant> windowUntil = window(shown).map(now::plus);
        boolean confirmed = new StoredOperations(em())
                .confirm(
                        operation.id(),
                        shown.digest(),
                        strongest.name(),
                        now,
                        expiresAt,
                        windowUntil,
                        permit(operation, expiresAt, windowUntil));
        if (confirmed) {
            Map<String, Object> details = new HashMap<>();
            details.put("factors", factors.stream().map(Factor::name).sorted().toList());
            details.put("passkeys", passkeys);
            gesture.ifPresent(signed -> details.put("gesture", signed));
            became(operation, State.CONFIRMED, details, now);
        }
        return confirmed;
    }

    private String permit(StoredOperation operation, Instant expiresAt, Optional<Instant> windowUntil) {
        String permit = sealed.permit(Permitted.of(operation).as(operation.decided(), State.CONFIRMED, expiresAt))
                .orElseThrow();
        return windowUntil
                .map(until -> sealed.permitOfWindow(
                        operation.id(),
                        until,
                        operation.whose().sessionId(),
                        operation.asked().clientId()))
                .map(permit::concat)
                .orElse(permit);
    }

    /** Who confirms an order that is no more than unusual confirms that he trades, but who wants to be asked about each. */
    // FFAJ-1.3-B4
    public Optional<Duration> window(Shown shown) {
        return Optional.of(policy.profile().operations().tradingWindow())
                .filter(lasts -> !lasts.isZero())
                .filter(lasts -> shown.operation().what().type() == Operation.TRADE)
                .filter(lasts -> shown.operation().decided().level() != Level.HIGH)
                .filter(lasts -> !asksAboutEach(shown.operation().whose().customer()));
    }

    private boolean asksAboutEach(String customer) {
        return new StoredLimits(em())
                .of(customer)
                .at(CustomerFile.of(session, realm, customer).now())
                .eachOrder();
    }

    /** The customer does not want it. @param why in the record @return false where it had ended */
    public boolean cancel(Shown shown, String why) {
        return end(shown, Move.CANCEL, State.CANCELLED, why);
    }

    /** It is not what he ordered. @param why in the record @return false where it had ended */
    public boolean takeBack(Shown shown, String why) {
        return end(shown, Move.VOID, State.VOIDED, why);
    }

    /** He was shown what he did not order: it is void, also where it was confirmed meanwhile, and every address of his hears of it. */
    // JP25-9, JP25-11
    public void disown(Shown shown, UserModel user) {
        StoredOperation operation = shown.operation();
        takeBack(shown, "disowned");
        Instant now =
                CustomerFile.of(session, realm, operation.whose().customer()).now();
        Notices.of(session, realm, policy)
                .tell(user, Notice.NOT_ORDERED, OperationWords.of(NoticeValues.at(now), operation, shown.details()));
    }

    private boolean end(Shown shown, Move move, State state, String why) {
        StoredOperation operation = shown.operation();
        Instant now =
                CustomerFile.of(session, realm, operation.whose().customer()).now();
        boolean ended = new StoredOperations(em()).end(operation.id(), move, now);
        if (ended) {
            became(operation, state, Map.of("why", why), now);
        }
        return ended;
    }

    /**
     * The token that is being made may say that the customer confirmed it: once.
     *
     * @return the operation, whose digest the token says as well
     */
    public Optional<StoredOperation> issue(String id, UserModel user, ClientModel client) {
        return find(id, user, client)
                .filter(known -> known.state() == State.CONFIRMED)
                .flatMap(known -> sealed.ifIntact(policy, known)
                        .filter(operation -> new StoredOperations(em()).issue(id, known.now())));
    }

    private void became(StoredOperation operation, State state, Map<String, ?> details, Instant now) {
        new EvidenceLog(em()).append(OperationFacts.became(operation, state.name(), details, now));
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
