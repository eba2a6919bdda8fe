package jp.sekisho.checkpoint.operation;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.decision.OperationSight;
import jp.sekisho.checkpoint.decision.Ruled;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.dossier.CustomerFile.WithLook;
import jp.sekisho.checkpoint.operation.Behaviour.Wish;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.ClosingWork;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Earlier;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Ruling;
import jp.sekisho.policies.limit.Limits;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.OperationPolicy;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.limit.StoredLimits;
import jp.sekisho.storage.operation.Before;
import jp.sekisho.storage.operation.Before.Own;
import jp.sekisho.storage.operation.Look;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperation.Asked;
import jp.sekisho.storage.operation.StoredOperation.Decided;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import jp.sekisho.storage.operation.StoredOperation.Times;
import jp.sekisho.storage.operation.StoredOperation.What;
import jp.sekisho.storage.operation.StoredOperation.Whose;
import jp.sekisho.storage.operation.StoredOperations;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.schema.RowId;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** Operations as apps see them: they ask, redeem what they are about to do, and tell what became of it. */
// FFAJ-1.3-B4, FFAJ-1.4-S2, FFAJ-3-S2
public final class Operations {

    private static final Duration HOUR = Duration.ofHours(1);

    /** What is redeemed is noted with the time at which that began; nobody sees it before its end. */
    private static final Duration UNSEEN = Duration.ofSeconds(10);

    /** As we make them: the database takes not any text. */
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final OperationPolicy rules;
    private final SealedContent sealed;

    private Operations(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.rules = policy.profile().operations();
        this.sealed = new SealedContent(session, realm);
    }

    public static Operations of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Operations(session, realm, policy);
    }

    /** Reads in one trip to the database what a decision needs. */
    public Arrived arrive(ClientModel app, UserSessionModel userSession, Proposal proposal) {
        UserModel user = userSession.getUser();
        Subject subject = Subject.of(session, realm, user);
        Whose whose = new Whose(subject.customer(), user.getId(), userSession.getId());
        Asked asked = new Asked(app.getClientId(), proposal.requestId(), RequestHash.of(proposal, user.getId()));
        Optional<String> payee =
                proposal.details().payee().map(account -> Customers.hashOfPayee(session, realm, account));
        Behaviour behaviour = new Behaviour(session, realm, policy, Optional.of(userSession));
        Wish wish = new Wish(proposal.type(), proposal.details(), payee, proposal.seen());
        WithLook known = CustomerFile.withLook(
                session, realm, subject.customer(), Look.at(behaviour.sought(app.getClientId(), whose, wish)));
        return new Arrived(
                userSession,
                proposal,
                subject,
                whose,
                asked,
                behaviour,
                wish,
                known.before(),
                known.file().now());
    }

    /** Decides, and records both what it is and what was decided, with the request's commit. */
    public Proposed propose(ClientModel app, Arrived arrived) {
        Proposal proposal = arrived.proposal();
        Subject subject = arrived.subject();
        Whose whose = arrived.whose();
        Asked asked = arrived.asked();
        Before before = arrived.before();
        Instant now = arrived.now();
        UserModel user = arrived.userSession().getUser();
        OperationSight sight = new OperationSight(
                subject,
                proposal.type(),
                proposal.wayOut(),
                app,
                whose.sessionId(),
                Optional.of(arrived.userSession()),
                proposal.seen(),
                new Destinations(rules.payeeWait(), now)
                        .of(proposal.type(), before.payee(), now, HolderCheck.own(user, proposal.details())),
                own(before.own(), proposal.type(), proposal.wayOut(), before.payee(), proposal.details(), now),
                arrived.behaviour().of(arrived.wish(), before, user, now),
                windowOpen(before, whose, asked),
                Earlier.NOTHING);
        Ruled ruled = checkpoint().assess(sight);
        boolean asks =
                ruled.ruling().outcome() == Outcome.STEP_UP || ruled.ruling().outcome() == Outcome.HOLD;
        if (asks
                && rows().askedSince(subject.customer(), asked.clientId(), now.minus(HOUR))
                        >= rules.confirmationsPerHour()) {
            return earlier(asked).map(same -> again(same, asked, now)).orElseGet(() -> new Proposed.TooMany(HOUR));
        }
        StoredOperation operation =
                operation(app, whose, asked, proposal, arrived.wish().payee(), ruled);
        boolean added = checkpoint()
                .record(ruled, facts(operation, proposal.details()), record -> rows().add(operation, record));
        if (!added) {
            return again(earlier(asked).orElseThrow(), asked, now);
        }
        Known known = new Known(operation, now);
        Aftermath aftermath = Aftermath.of(session, realm, policy);
        if (operation.state() == State.HELD) {
            aftermath.held(known, proposal.details());
        }
        if (ruled.unusual()) {
            unusual(ruled, known, proposal.details());
        }
        if (doubtful(operation)) {
            aftermath.doubtful(known, proposal.details());
        }
        return new Proposed.Decided(known);
    }

    /** What is unlike him ends what he confirmed of his session. */
    private void unusual(Ruled ruled, Known known, Details details) {
        StoredOperation operation = known.operation();
        if (ruled.sight().windowOpen()) {
            rows().closeWindow(operation.whose(), known.now());
        }
        if (operation.what().type() == Operation.TRADE && operation.state() != State.DENIED) {
            Aftermath.of(session, realm, policy).unusual(known, details);
        }
    }

    private boolean windowOpen(Before before, Whose whose, Asked asked) {
        return before.window()
                .filter(window -> sealed.opened(window, whose, asked))
                .isPresent();
    }

    /**
     * Whose bank account it is: it is in another name, or money of several customers goes there. Of what is denied nothing
     * goes anywhere, and a denial may be had as often as somebody asks: it stands in the log, and alerts nobody.
     */
    static boolean doubtful(StoredOperation operation) {
        Decided decided = operation.decided();
        return operation.state() != State.DENIED
                && (decided.cause().equals(Optional.of(Cause.PAYEE_REVIEW))
                        || decided.reasons().contains(Reason.SHARED_PAYEE.code()));
    }

    /** What the app asked about by this id before, or at the same time on whichever node. */
    private Optional<StoredOperation> earlier(Asked asked) {
        return rows().find(realm.getId(), asked.clientId(), asked.requestId());
    }

    private static Proposed again(StoredOperation same, Asked asked, Instant now) {
        return same.asked().hash().equals(asked.hash())
                ? new Proposed.Decided(new Known(same, now))
                : new Proposed.Conflict();
    }

    private StoredOperation operation(
            ClientModel app, Whose whose, Asked asked, Proposal proposal, Optional<String> payee, Ruled ruled) {
        String id = RowId.next();
        String content = new Content(
                        id,
                        sealed.issuer(),
                        app.getClientId(),
                        whose.userId(),
                        proposal.type(),
                        proposal.occurredAt(),
                        proposal.sent())
                .canonical();
        What what = new What(
                proposal.type(),
                sealed.seal(id, content),
                Content.digest(content),
                proposal.wayOut(),
                Sums.of(proposal.details()),
                payee);
        Instant now = ruled.now();
        Instant expiresAt = expiresAt(ruled.ruling(), now);
        Decided decided = decided(ruled);
        State state = State.PROPOSED.after(move(ruled.ruling())).orElseThrow();
        return new StoredOperation(
                id,
                realm.getId(),
                asked,
                whose,
                what,
                decided,
                state,
                Times.begin(now, expiresAt),
                sealed.permit(new Permitted(id, what.digest(), whose.sessionId(), decided, state, expiresAt)));
    }

    private Instant expiresAt(Ruling ruling, Instant now) {
        return ruling.outcome() == Outcome.HOLD
                ? ruling.holdUntil().orElse(now).plus(rules.heldValid())
                : now.plus(rules.valid());
    }

    private static Move move(Ruling ruling) {
        return switch (ruling.outcome()) {
            case ALLOW -> Move.ALLOW;
            case STEP_UP -> Move.ASK;
            case HOLD -> Move.HOLD;
            case DENY -> Move.DENY;
        };
    }

    private static Decided decided(Ruled ruled) {
        Ruling ruling = ruled.ruling();
        var risk = ruled.assessment().decision().risk();
        return new Decided(
                ruled.assessment().id(),
                ruling.outcome(),
                ruling.requirement(),
                ruling.cause(),
                ruling.holdUntil(),
                risk.level(),
                risk.score(),
                risk.signals().stream()
                        .map(signal -> signal.reason().code())
                        .distinct()
                        .toList(),
                ruled.assessment().decision().policyVersion());
    }

    /** What was found to speak against it still does, be it out of sight by now. */
    private static Decided again(Decided before, Decided anew) {
        return new Decided(
                anew.decisionId(),
                anew.outcome(),
                anew.requirement(),
                anew.cause(),
                anew.holdUntil(),
                anew.level(),
                Math.max(before.score(), anew.score()),
                Stream.concat(anew.reasons().stream(), before.reasons().stream())
                        .distinct()
                        .toList(),
                anew.policyVersion());
    }

    private static Map<String, String> facts(StoredOperation operation, Details details) {
        return OperationFacts.about(
                operation.id(),
                operation.what().digest(),
                details,
                operation.what().payee());
    }

    /** One that the app asked about. @param id whatever stood in a path */
    public Optional<Known> find(ClientModel app, String id) {
        return Optional.of(id)
                .filter(text -> ID.matcher(text).matches())
                .flatMap(known -> rows().find(realm.getId(), known))
                .filter(operation -> operation.asked().clientId().equals(app.getClientId()))
                .map(this::known);
    }

    /**
     * The app may do it now, or may not.
     *
     * @param known that it asked about: {@link #find}
     * @param digest of what it is about to do
     */
    public Redemption redeem(ClientModel app, Known known, String digest) {
        StoredOperation operation = known.operation();
        if (!sealed.intact(known)) {
            sealed.tampered(policy, known);
            return new Redemption.Refused(Redemption.Why.STATE, stored(known));
        }
        if (!operation.what().digest().equals(digest)) {
            return new Redemption.Refused(Redemption.Why.DIGEST, known);
        }
        if (frozen(operation)) {
            return new Redemption.Refused(Redemption.Why.FROZEN, known);
        }
        Known decided = due(known) || overtaken(known) ? decideAgain(app, known) : known;
        boolean open = State.before(Move.REDEEM).contains(decided.state());
        if (open && limited(operation, decided.now())) {
            return new Redemption.Refused(Redemption.Why.OWN_LIMIT, decided);
        }
        if (open && rows().redeem(operation.id(), digest, decided.now())) {
            Known redeemed = stored(decided);
            note(redeemed);
            return new Redemption.Redeemed(redeemed);
        }
        return new Redemption.Refused(Redemption.Why.STATE, stored(decided));
    }

    /** Whether the customer does not let it pass by now. Who redeems two at once does not get by both what is left for one. */
    private boolean limited(StoredOperation operation, Instant now) {
        return operation.what().type() != Operation.TRADE
                && own(operation, new StoredLimits(em()).held(operation.whose().customer()), now) == Say.REFUSED;
    }

    private static Say own(
            Own own, Operation type, boolean wayOut, Optional<StoredPayee> payee, Details details, Instant now) {
        return own.limits()
                .at(now)
                .of(new Limits.Wish(
                        type, wayOut, payee.filter(StoredPayee::kept).isPresent(), details.amount(), own.withdrawn()));
    }

    /** What the customer himself says of one that is stored. */
    private Say own(StoredOperation operation, Standing limits, Instant now) {
        Limits inForce = limits.at(now);
        if (inForce.equals(Limits.NONE)) {
            return Say.NOTHING;
        }
        String customer = operation.whose().customer();
        return inForce.of(new Limits.Wish(
                operation.what().type(),
                operation.what().wayOut(),
                operation
                        .what()
                        .payee()
                        .flatMap(hash -> new Payees(em()).find(customer, hash))
                        .filter(StoredPayee::kept)
                        .isPresent(),
                operation.what().sums().amount(),
                rows().withdrawn(customer, now)));
    }

    /** Or disabled: a freeze is of the row, an administrator's of the user. */
    private boolean frozen(StoredOperation operation) {
        UserModel user = session.users().getUserById(realm, operation.whose().userId());
        return user == null
                || !user.isEnabled()
                || CustomerFile.of(session, realm, operation.whose().customer())
                        .latest()
                        .frozen(operation.what().type());
    }

    /** Whether its time has come, or an officer looked at it. */
    private static boolean due(Known known) {
        return known.state() == State.HELD
                && known.operation()
                        .decided()
                        .holdUntil()
                        .filter(until -> !known.now().isBefore(until))
                        .isPresent();
    }

    /**
     * Whether the customer was let open more beside it than anybody may in a minute, which was not seen when it was decided: a
     * large order in parts, all of which were asked about at once. Who redeems them at once waits for himself.
     */
    // JP25-9
    private boolean overtaken(Known known) {
        StoredOperation order = known.operation();
        if (known.state() != State.ALLOWED
                || order.what().type() != Operation.TRADE
                || order.what().wayOut()) {
            return false;
        }
        int free = policy.profile().anomaly().thresholds().ordersAMinute();
        Instant created = order.times().createdAt().minus(rules.valid());
        Instant redeemed = order.times().createdAt().minus(UNSEEN);
        if (rows().beside(order, created, redeemed, free) < free) {
            return false;
        }
        new StoredLimits(em()).begun(realm.getId(), order.whose().customer());
        return rows().doneBeside(order, created, redeemed, free) >= free;
    }

    private Known decideAgain(ClientModel app, Known known) {
        StoredOperation operation = known.operation();
        Whose whose = operation.whose();
        UserModel user = session.users().getUserById(realm, whose.userId());
        Optional<UserSessionModel> living =
                Optional.ofNullable(session.sessions().getUserSession(realm, whose.sessionId()));
        Details details = sealed.details(operation);
        Behaviour behaviour = new Behaviour(session, realm, policy, living);
        Wish wish = new Wish(operation.what().type(), details, operation.what().payee(), Optional.empty());
        Before before = rows().look(behaviour.sought(operation.asked().clientId(), whose, wish));
        boolean reviewed =
                operation.decided().cause().filter(Cause.PAYEE_REVIEW::equals).isPresent();
        Ruled ruled = checkpoint()
                .assess(new OperationSight(
                        Subject.of(session, realm, user),
                        operation.what().type(),
                        operation.what().wayOut(),
                        app,
                        whose.sessionId(),
                        living,
                        Optional.empty(),
                        new Destinations(rules.payeeWait(), known.now())
                                .of(
                                        operation.what().type(),
                                        before.payee(),
                                        operation.times().createdAt(),
                                        reviewed || HolderCheck.own(user, details)),
                        own(
                                before.own(),
                                operation.what().type(),
                                operation.what().wayOut(),
                                before.payee(),
                                details,
                                known.now()),
                        behaviour.of(wish, before, user, known.now()),
                        windowOpen(before, whose, operation.asked()),
                        new Earlier(
                                operation.decided().level(), operation.decided().requirement())));
        Move move = move(ruled.ruling());
        Decided decided = again(operation.decided(), decided(ruled));
        Instant expiresAt = expiresAt(ruled.ruling(), known.now());
        boolean first = rows().decide(
                        operation,
                        move,
                        decided,
                        expiresAt,
                        sealed.permit(Permitted.of(operation).as(decided, State.to(move), expiresAt)),
                        known.now());
        Known after = stored(known);
        if (first) {
            checkpoint().record(ruled, facts(operation, details));
            if (ruled.unusual()) {
                unusual(ruled, after, details);
            }
        }
        return after;
    }

    /** What became of it, by the app's word. */
    public Reported result(Known known, Move move) {
        String id = known.operation().id();
        if (rows().end(id, move, known.now()) || move == Move.CANCEL && rows().end(id, Move.ABANDON, known.now())) {
            Known ended = stored(known);
            note(ended);
            Aftermath.of(session, realm, policy).of(ended);
            return new Reported.Told(ended);
        }
        Known now = stored(known);
        return now.operation().state() == State.to(move) ? new Reported.Told(now) : new Reported.Impossible(now);
    }

    private void note(Known known) {
        ClosingWork.addToCommit(
                session,
                EvidenceLog.appended(OperationFacts.became(
                        known.operation(), known.operation().state().name(), Map.of(), known.now())));
    }

    private Known known(StoredOperation operation) {
        return new Known(
                operation,
                CustomerFile.of(session, realm, operation.whose().customer()).now());
    }

    /** As it is stored by now. */
    private Known stored(Known before) {
        return new Known(rows().find(realm.getId(), before.operation().id()).orElseThrow(), before.now());
    }

    private Checkpoint checkpoint() {
        return session.getProvider(Checkpoint.class);
    }

    private StoredOperations rows() {
        return new StoredOperations(em());
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
