package jp.sekisho.checkpoint.decision;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.access.AccessSnapshots;
import jp.sekisho.checkpoint.access.Administrators;
import jp.sekisho.checkpoint.access.Scopes;
import jp.sekisho.checkpoint.access.Sights;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.admission.Admission;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.EvidenceRecords.Context;
import jp.sekisho.checkpoint.decision.EvidenceRecords.Ending;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.device.Presented;
import jp.sekisho.checkpoint.device.SessionDevice;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.geo.GeoProvider;
import jp.sekisho.checkpoint.geo.Whereabouts;
import jp.sekisho.checkpoint.hold.AccountHold;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.interim.Interim;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.SourceWatch;
import jp.sekisho.checkpoint.lock.SourceWatch.Sight;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.ShownPasskeys;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.checkpoint.transaction.ClosingWork;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.checkpoint.useragent.UserAgents;
import jp.sekisho.policies.access.AccessPolicy;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.access.Seen;
import jp.sekisho.policies.anomaly.Anomaly;
import jp.sekisho.policies.anomaly.Likeness;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Circumstances;
import jp.sekisho.policies.decision.Decision;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.decision.Ruling;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.factor.FactorClass;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.lockout.Lockout;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Account;
import jp.sekisho.policies.risk.History;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.RiskEngine;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.policies.source.SourcePolicy.Standing;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.dossier.Dossier;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.freeze.Hostiles;
import jp.sekisho.storage.schema.RowId;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.theme.Theme;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The decision service on Keycloak's session. */
final class DefaultCheckpoint implements Checkpoint {

    /** The guarded attribute that holds a customer's country of residence, ISO 3166-1 alpha-2. */
    private static final String RESIDENCE = "residenceCountry";

    /** Login and reset: a freeze is shown only to who has shown something right, by the steps that ask for it. */
    private static final Set<Operation> BEGUN_BY_A_NAME = EnumSet.of(Operation.LOGIN, Operation.CREDENTIAL_CHANGE);

    private static final Logger LOG = LoggerFactory.getLogger(DefaultCheckpoint.class);

    private final KeycloakSession session;
    private final EvidenceCollector collector;
    private final Populations populations;
    private final AccessSnapshots access;

    /** Where this request comes from, once it was looked up: several answers of one request need it. */
    private Optional<Whereabouts> here = Optional.empty();

    /** Where an app says that a customer is, and with what, once that was looked up: an operation asks twice. */
    private final Map<Asserted, SessionSight> asserted = new HashMap<>();

    DefaultCheckpoint(
            KeycloakSession session, ClientAddresses addresses, Populations populations, AccessSnapshots access) {
        this.session = session;
        this.collector = new EvidenceCollector(session, addresses);
        this.populations = populations;
        this.access = access;
    }

    @Override
    public Assessment assess(Subject subject, Operation operation) {
        RealmModel realm = session.getContext().getRealm();
        RealmPolicy policy = RealmPolicies.of(session, realm)
                .orElseThrow(() -> new IllegalStateException("the realm has no sekisho-policy"));
        CustomerFile file = CustomerFile.withUsual(session, realm, subject.customer());
        Instant now = file.now();
        Field<ClientAddress> address = collector.address();
        Presented presented = DeviceTokens.of(session, realm, policy).presented(subject.customer());
        Whereabouts whereabouts = here();
        Sight source = source(realm, policy, address, whereabouts, presented);
        Failures failures = new Failures(
                Guard.of(session, realm, policy).recentFailures(subject.customer()),
                Math.toIntExact(source.tried()),
                Math.toIntExact(source.failed()),
                disowned(realm, policy, subject.customer(), now, address, presented));
        Evidence evidence = collector.collect(operation, now, address, whereabouts, presented.sight(), failures);
        // Read for a name that nobody has as well: time must not tell who exists.
        List<Statistic> learned = file.usual(em());
        Risk risk = subject.user()
                .map(user -> risk(realm, policy, evidence, account(user, now), learned))
                .orElseGet(() -> risk(
                        realm,
                        policy,
                        evidence,
                        new Account(now, Optional.empty()),
                        decoy(realm, subject.customer(), now)));
        Requirement requirement = requirement(realm, policy, subject, showsPasskey(), operation, risk.level(), now);
        if (!BEGUN_BY_A_NAME.contains(operation)
                && latest(realm, subject.customer()).frozen(operation)) {
            requirement = Requirement.REFUSED;
        }
        if (source.standing() != Standing.ORDINARY && requirement == Requirement.NOTHING) {
            requirement = Requirement.STRONGEST_FACTOR;
        }
        boolean administrator = subject.user().filter(Administrators::has).isPresent();
        if (administrator) {
            // FFAJ-2.1-S1b
            requirement = Requirement.max(requirement, Requirement.PHISHING_RESISTANT);
        }
        Optional<Scope> denying = denying(
                realm,
                subject,
                client(),
                administrator,
                Sights.of(address, whereabouts, presented.knownDevice().isPresent()),
                now);
        if (denying.isPresent()) {
            requirement = Requirement.max(
                    requirement,
                    onDenial(
                            realm,
                            policy,
                            denying.get(),
                            presented.knownDevice().isPresent(),
                            now));
            risk = risk.and(new Signal(Reason.ACCESS_RULE, Signal.Block.RULE, 0));
        }
        return new Assessment(
                RowId.next(),
                subject,
                evidence,
                presented.deviceId(),
                source.standing(),
                new Decision(outcome(requirement), requirement, risk, !policy.monitor(), policy.version()));
    }

    @Override
    public Ruled assess(OperationSight sight) {
        RealmModel realm = session.getContext().getRealm();
        RealmPolicy policy = RealmPolicies.of(session, realm)
                .orElseThrow(() -> new IllegalStateException("the realm has no sekisho-policy"));
        Subject subject = sight.subject();
        CustomerFile file = CustomerFile.withUsual(session, realm, subject.customer());
        Judged judged = risk(realm, policy, sight, file);
        // FFAJ-3-S2
        Risk joined = Anomaly.join(
                judged.risk(), sight.conduct().risk(), policy.profile().anomaly());
        Risk risk = joined.at(sight.earlier().or(joined.level()));
        boolean passkey = sight.userSession().filter(StepUp::phishingResistant).isPresent();
        Circumstances circumstances = new Circumstances(
                sight.operation(),
                sight.wayOut(),
                file.latest().frozen(sight.operation()),
                new Lockout(policy.profile().lockout()).locked(file.latest().counters(), sight.operation()),
                denied(sight, judged.evidence()),
                heldUntil(realm, sight),
                sight.destination(),
                risk.level(),
                sight.conduct().likeness(),
                sight.windowOpen(),
                sight.own(),
                sight.earlier()
                        .or(Requirement.max(
                                ownRequirement(policy, sight),
                                requirement(
                                        realm,
                                        policy,
                                        subject,
                                        passkey,
                                        sight.operation(),
                                        risk.level(),
                                        file.now()))));
        Ruling ruling = Ruling.of(circumstances);
        boolean monitored = policy.monitor() || policy.profile().operations().monitored(sight.operation());
        boolean enforced = !monitored
                || sight.own() != Say.NOTHING
                || ruling.cause().filter(Cause::certain).isPresent();
        Decision decision = new Decision(ruling.outcome(), ruling.requirement(), risk, enforced, policy.version());
        return new Ruled(
                new Assessment(
                        RowId.next(),
                        subject,
                        judged.evidence(),
                        sight.userSession().flatMap(SessionDevice::of),
                        Standing.ORDINARY,
                        decision),
                sight,
                enforced ? ruling : Ruling.ALLOW,
                ruling,
                sight.conduct().likeness() == Likeness.UNUSUAL);
    }

    /** Who wants to be asked is asked for what changes his settings. */
    private static Requirement ownRequirement(RealmPolicy policy, OperationSight sight) {
        return sight.own() == Say.ITS_OWN ? showing(policy.profile().access().stepUp()) : Requirement.NOTHING;
    }

    private static Requirement showing(FactorClass stepUp) {
        return stepUp == FactorClass.PHISHING_RESISTANT ? Requirement.PHISHING_RESISTANT : Requirement.STRONGEST_FACTOR;
    }

    /** Without the app's word, and by it. */
    private Judged risk(RealmModel realm, RealmPolicy policy, OperationSight sight, CustomerFile file) {
        Subject subject = sight.subject();
        Failures failures =
                new Failures(Guard.of(session, realm, policy).recentFailures(subject.customer()), 0, 0, false);
        RiskPolicy numbers = numbers(policy);
        History history = History.of(
                account(subject.user().orElseThrow(), file.now()), file.usual(em()), file.now(), numbers.halfLife());
        return Stream.concat(
                        Stream.of(unseen(subject)),
                        sight.seen().stream().map(seen -> asserted(subject, seen.address(), seen.userAgent())))
                .map(seen -> seen.evidence().of(sight.operation(), failures))
                .map(evidence -> new Judged(evidence, risk(realm, numbers, evidence, history)))
                .reduce(Judged::and)
                .orElseThrow();
    }

    /** Where the customer is; not asked about where the app does not say it. */
    private boolean denied(OperationSight sight, Evidence evidence) {
        return sight.seen().isPresent()
                && sight.userSession()
                        .flatMap(userSession -> denied(
                                sight.subject(),
                                userSession,
                                Optional.of(sight.app()),
                                Sights.of(
                                        evidence.address(),
                                        new Whereabouts(evidence.place(), evidence.network()),
                                        false),
                                true))
                        .isPresent();
    }

    private Optional<Instant> heldUntil(RealmModel realm, OperationSight sight) {
        return Stream.of(
                        sight.userSession().flatMap(userSession -> Hold.of(session, userSession)),
                        AccountHold.of(session, realm, sight.subject().customer()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    @Override
    public void record(Ruled ruled, Map<String, String> about) {
        record(ruled, about, row -> {
            append(row);
            return true;
        });
    }

    @Override
    public boolean record(Ruled ruled, Map<String, String> about, Predicate<EvidenceRow> writing) {
        OperationSight sight = ruled.sight();
        Context context = new Context(
                session.getContext().getRealm().getId(),
                Optional.of(sight.app().getClientId()),
                Optional.of(sight.sessionId()),
                Optional.empty());
        boolean written = writing.test(EvidenceRecords.operation(context, ruled, about));
        if (written) {
            counted(ruled.assessment());
        }
        return written;
    }

    /** From memory: a login pays no statement for it. */
    // FFAJ-1.2-B2, FFAJ-2.1-S1a
    private Optional<Scope> denying(
            RealmModel realm,
            Subject subject,
            Optional<ClientModel> client,
            boolean administrator,
            Seen seen,
            Instant now) {
        return access.of(realm.getId()).denying(Scopes.of(client, administrator, subject.customer()), seen, now);
    }

    /** A denied network is no weight. From his own rules a customer comes back on a known device, with what changes them. */
    private Requirement onDenial(
            RealmModel realm, RealmPolicy policy, Scope denying, boolean knownDevice, Instant now) {
        if (denying.kind() != Scope.Kind.CUSTOMER
                || !knownDevice
                || access.of(realm.getId()).strict(denying, now)) {
            return Requirement.REFUSED;
        }
        return showing(policy.profile().access().stepUp());
    }

    @Override
    public Seen seen(String customer) {
        return seen(presented(customer));
    }

    private Seen seen(Presented presented) {
        return Sights.of(collector.address(), here(), presented.knownDevice().isPresent());
    }

    private Presented presented(String customer) {
        RealmModel realm = session.getContext().getRealm();
        RealmPolicy policy = RealmPolicies.of(session, realm)
                .orElseThrow(() -> new IllegalStateException("the realm has no sekisho-policy"));
        return DeviceTokens.of(session, realm, policy).presented(customer);
    }

    @Override
    public Optional<Scope> denied(Subject subject, UserSessionModel userSession) {
        Presented presented = presented(subject.customer());
        return denied(
                subject,
                userSession,
                client(),
                seen(presented),
                presented.sight() instanceof Field.NotCollected<DeviceSight>);
    }

    @Override
    public Optional<Scope> denied(SessionSight asserted, UserSessionModel userSession) {
        Evidence evidence = asserted.evidence();
        Whereabouts whereabouts = new Whereabouts(evidence.place(), evidence.network());
        return denied(
                asserted.subject(), userSession, client(), Sights.of(evidence.address(), whereabouts, false), true);
    }

    private Optional<ClientModel> client() {
        return Optional.ofNullable(session.getContext().getClient());
    }

    private Optional<Scope> denied(
            Subject subject,
            UserSessionModel userSession,
            Optional<ClientModel> client,
            Seen seen,
            boolean withoutCookies) {
        RealmModel realm = session.getContext().getRealm();
        RealmPolicy policy = RealmPolicies.of(session, realm)
                .orElseThrow(() -> new IllegalStateException("the realm has no sekisho-policy"));
        Instant now = now(realm, subject.customer());
        boolean administrator = subject.user().filter(Administrators::has).isPresent();
        if (administrator && !StepUp.phishingResistant(userSession)) {
            // FFAJ-2.1-S1b: a session that a password opened before its user had the role carries no right of an
            // administrator.
            return Optional.of(Scope.OFFICERS);
        }
        Optional<Scope> denying = denying(realm, subject, client, administrator, seen, now);
        boolean known = seen.knownDevice();
        // An app that refreshes has no cookies of the browser. Asked only where it matters: most refreshes pay nothing.
        if (denying.isPresent() && withoutCookies) {
            known = beganOnKnown(userSession, subject, now);
            denying = denying(
                    realm,
                    subject,
                    client,
                    administrator,
                    new Seen(seen.address(), seen.asn(), seen.country(), known),
                    now);
        }
        AccessPolicy rules = policy.profile().access();
        boolean wayBack = known && new StepUp(rules.stepUp(), rules.fresh()).reached(userSession);
        return denying.filter(scope -> onDenial(realm, policy, scope, wayBack, now) == Requirement.REFUSED);
    }

    private boolean beganOnKnown(UserSessionModel userSession, Subject subject, Instant now) {
        return SessionDevice.of(userSession)
                .filter(id -> new Devices(em())
                        .remembered(subject.customer(), now).stream()
                                .anyMatch(one -> one.trust().deviceId().equals(id)))
                .isPresent();
    }

    /**
     * On a known device its source is not asked about: the customer may share it with whom he disowned. Nor are marks while an
     * approved thaw waits for him: the way back must not be shut where he is, and nothing opens but the code that he got.
     */
    private boolean disowned(
            RealmModel realm,
            RealmPolicy policy,
            String customer,
            Instant now,
            Field<ClientAddress> address,
            Presented presented) {
        // JP25-8
        if (Freeze.reopening(latest(realm, customer).freezes()).isPresent()) {
            return false;
        }
        Instant marksEnded = now.minus(policy.profile().freeze().marks());
        if (latest(realm, customer)
                .disownedDeviceAt()
                .filter(marksEnded::isBefore)
                .isPresent()) {
            return true;
        }
        return presented.knownDevice().isEmpty()
                && address.present()
                        .map(ClientAddress::source)
                        .flatMap(source -> new Hostiles(em()).source(customer, source))
                        .filter(marksEnded::isBefore)
                        .isPresent();
    }

    private Dossier latest(RealmModel realm, String customer) {
        return CustomerFile.of(session, realm, customer).latest();
    }

    @Override
    public Requirement requirement(Subject subject, Operation operation, Level level) {
        RealmModel realm = session.getContext().getRealm();
        RealmPolicy policy = RealmPolicies.of(session, realm)
                .orElseThrow(() -> new IllegalStateException("the realm has no sekisho-policy"));
        return requirement(realm, policy, subject, showsPasskey(), operation, level, now(realm, subject.customer()));
    }

    /**
     * Less than the profile's own for who still may use a password, and does not show a passkey all the same; by exemption he shows
     * his other factor at each login.
     */
    // JP25-4, JP25-5
    private Requirement requirement(
            RealmModel realm,
            RealmPolicy policy,
            Subject subject,
            boolean showsPasskey,
            Operation operation,
            Level level,
            Instant now) {
        Optional<Interim.Kind> interim = subject.user()
                .filter(user -> !showsPasskey)
                .flatMap(user -> Interim.of(session, realm, policy).permit(subject.customer(), user, now))
                .map(Interim.Permit::kind);
        if (interim.isEmpty()) {
            return policy.profile().requirement(operation, level);
        }
        Requirement required = policy.profile().interimRequirement(operation, level);
        return interim.get() == Interim.Kind.EXEMPTION
                ? Requirement.max(required, Requirement.STRONGEST_FACTOR)
                : required;
    }

    private boolean showsPasskey() {
        return authentication().filter(ShownPasskeys::any).isPresent();
    }

    /** Known devices always pass, whatever their source did. */
    private Sight source(
            RealmModel realm,
            RealmPolicy policy,
            Field<ClientAddress> address,
            Whereabouts whereabouts,
            Presented presented) {
        return presented.knownDevice().isPresent()
                ? new Sight(Standing.ORDINARY, 0, 0)
                : SourceWatch.of(session, realm, policy).look(address, whereabouts.network());
    }

    private Risk risk(RealmModel realm, RealmPolicy policy, Evidence evidence, Account account, List<Statistic> rows) {
        RiskPolicy numbers = numbers(policy);
        return risk(realm, numbers, evidence, History.of(account, rows, evidence.at(), numbers.halfLife()));
    }

    private Risk risk(RealmModel realm, RiskPolicy numbers, Evidence evidence, History history) {
        return RiskEngine.assess(
                evidence, history, populations.of(realm.getId()).population(), numbers);
    }

    private RiskPolicy numbers(RealmPolicy policy) {
        return session.getProvider(GeoProvider.class).stale()
                ? policy.profile().risk().distrustingPlace()
                : policy.profile().risk();
    }

    private List<Statistic> decoy(RealmModel realm, String name, Instant now) {
        return populations.of(realm.getId()).decoys().history(name, now);
    }

    private static Account account(UserModel user, Instant now) {
        Long created = user.getCreatedTimestamp();
        return new Account(
                created == null ? now : Instant.ofEpochMilli(created),
                Optional.ofNullable(user.getFirstAttribute(RESIDENCE)));
    }

    private static Outcome outcome(Requirement requirement) {
        return switch (requirement) {
            case NOTHING -> Outcome.ALLOW;
            case STRONGEST_FACTOR, PHISHING_RESISTANT -> Outcome.STEP_UP;
            case REFUSED -> Outcome.DENY;
        };
    }

    @Override
    public void admit(Assessment assessment, Set<Factor> shown, int loa) {
        append(EvidenceRecords.decision(
                context(), assessment, ending(assessment.subject(), shown, loa, Result.ADMITTED, Optional.empty())));
        counted(assessment);
        grant(assessment.subject(), assessment.id(), assessment.id());
    }

    @Override
    public void record(Assessment assessment, Set<Factor> shown, Result result, Optional<String> detail) {
        appendNow(EvidenceRecords.decision(
                context(), assessment, ending(assessment.subject(), shown, 0, result, detail)));
        counted(assessment);
    }

    private void counted(Assessment assessment) {
        DecisionMetrics.global()
                .decided(
                        session.getContext().getRealm().getName(),
                        assessment.evidence().operation(),
                        assessment.decision());
    }

    @Override
    public void conclude(
            Carried earlier, Subject subject, Set<Factor> shown, int loa, Result result, Optional<String> detail) {
        EvidenceRow row = EvidenceRecords.conclusion(
                context(),
                earlier,
                subject.customer(),
                collector.address().present(),
                now(session.getContext().getRealm(), subject.customer()),
                ending(subject, shown, loa, result, detail));
        if (result == Result.ADMITTED) {
            append(row);
            if (earlier.operation() == Operation.LOGIN) {
                grant(subject, earlier.decisionId(), row.id());
            } else {
                grantChange(subject);
            }
        } else {
            appendNow(row);
        }
    }

    /** The session that comes of this login may say that it passed here. */
    private void grant(Subject subject, String decisionId, String recordId) {
        authentication()
                .ifPresent(login ->
                        subject.user().ifPresent(user -> Admission.grant(session, login, user, decisionId, recordId)));
    }

    /** No session comes of what was judged as a change. */
    private void grantChange(Subject subject) {
        authentication().ifPresent(login -> subject.user().ifPresent(user -> Admission.grantChange(login, user)));
    }

    /** Only that session goes on: none comes of it. */
    private void grantWithin(Subject subject, String sessionId, String decisionId, String recordId) {
        authentication()
                .ifPresent(login -> subject.user()
                        .ifPresent(
                                user -> Admission.grantWithin(session, sessionId, login, user, decisionId, recordId)));
    }

    @Override
    public SessionSight sight(Subject subject) {
        RealmModel realm = session.getContext().getRealm();
        RealmPolicy policy = RealmPolicies.of(session, realm)
                .orElseThrow(() -> new IllegalStateException("the realm has no sekisho-policy"));
        Presented presented = DeviceTokens.of(session, realm, policy).presented(subject.customer());
        return sight(
                subject,
                collector.address(),
                here(),
                UserAgents.shared().of(session),
                presented.sight(),
                presented.deviceId());
    }

    @Override
    public SessionSight unseen(Subject subject) {
        return sight(
                subject,
                Field.notCollected(),
                new Whereabouts(Field.notCollected(), Field.notCollected()),
                Field.notCollected(),
                Field.notCollected(),
                Optional.empty());
    }

    private record Asserted(String customer, String address, String userAgent) {}

    @Override
    public SessionSight asserted(Subject subject, String address, String userAgent) {
        return asserted.computeIfAbsent(
                new Asserted(subject.customer(), address, userAgent),
                said -> lookedUp(subject, ClientAddresses.asserted(address), userAgent));
    }

    private SessionSight lookedUp(Subject subject, Field<ClientAddress> address, String userAgent) {
        return sight(
                subject,
                address,
                session.getProvider(GeoProvider.class).look(address),
                UserAgents.shared().of(userAgent),
                Field.notCollected(),
                Optional.empty());
    }

    private SessionSight sight(
            Subject subject,
            Field<ClientAddress> address,
            Whereabouts whereabouts,
            Field<UserAgent> userAgent,
            Field<DeviceSight> device,
            Optional<String> deviceId) {
        Evidence evidence = new Evidence(
                Operation.LOGIN,
                now(session.getContext().getRealm(), subject.customer()),
                address,
                whereabouts.place(),
                whereabouts.network(),
                userAgent,
                device,
                new Failures(0, 0, 0));
        return new SessionSight(subject, evidence, deviceId);
    }

    @Override
    public void record(SessionSight sight, SessionLook look) {
        EvidenceRow row = EvidenceRecords.session(context(), sight, look);
        if (look.goesOn()) {
            append(row);
            look.decisionId().ifPresent(decision -> grantWithin(sight.subject(), look.sessionId(), decision, row.id()));
        } else {
            appendNow(row);
        }
    }

    @Override
    public NoticeValues noticeValues(UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        Locale language = RealmPolicies.of(session, realm)
                .map(policy -> Notices.of(session, realm, policy).language(user))
                .orElse(Locale.JAPANESE);
        Field<ClientAddress> address = collector.address();
        Optional<ClientModel> client = Optional.ofNullable(session.getContext().getClient());
        return NoticeValues.at(now(realm, Customers.pseudonym(session, realm, user)))
                .on(UserAgents.shared().of(session).present().map(Words::device).orElse(""))
                .from(
                        here().place()
                                .present()
                                .map(place -> Words.place(place, language))
                                .orElse(""),
                        address.present()
                                .map(known -> Masking.address(known.address()))
                                .orElse(""))
                .to(client.map(app ->
                                Words.client(app.getName(), key -> message(realm, language, key), app.getClientId()))
                        .orElse(""));
    }

    @Override
    public Optional<Place> place() {
        return here().place().present().filter(place -> !place.country().equals(Place.UNKNOWN_COUNTRY));
    }

    private Whereabouts here() {
        if (here.isEmpty()) {
            here = Optional.of(session.getProvider(GeoProvider.class).look(collector.address()));
        }
        return here.get();
    }

    /** The firm's own words go before those of its theme. */
    private Optional<String> message(RealmModel realm, Locale language, String key) {
        try {
            return Optional.ofNullable(session.theme()
                    .getTheme(Theme.Type.LOGIN)
                    .getEnhancedMessages(realm, language)
                    .getProperty(key));
        } catch (IOException unreadable) {
            LOG.warn("realm {}: the messages of the login theme cannot be read", realm.getName(), unreadable);
            return Optional.empty();
        }
    }

    /** Not the node's: rows of all nodes are compared with each other and with the database's time. */
    private Instant now(RealmModel realm, String customer) {
        return CustomerFile.of(session, realm, customer).now();
    }

    /** With the commit, and in one trip with what else is written then; where it cannot be written, nothing is committed. */
    private void append(EvidenceRow row) {
        ClosingWork.addToCommit(session, EvidenceLog.appended(row));
    }

    private void appendNow(EvidenceRow row) {
        OwnTransaction.run(session, em -> {
            new EvidenceLog(em).append(row);
        });
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private Ending ending(Subject subject, Set<Factor> shown, int loa, Result result, Optional<String> detail) {
        return new Ending(
                shown,
                authentication()
                        .flatMap(login -> subject.user().map(user -> ShownPasskeys.of(login, user)))
                        .orElse(List.of()),
                loa,
                Acr.of(authentication(), loa),
                result,
                detail);
    }

    private Context context() {
        return new Context(
                session.getContext().getRealm().getId(),
                Optional.ofNullable(session.getContext().getClient()).map(ClientModel::getClientId),
                // The user session takes the id of the root authentication session.
                authentication().map(present -> present.getParentSession().getId()),
                DeviceTokens.handedOut(session));
    }

    private Optional<AuthenticationSessionModel> authentication() {
        return Optional.ofNullable(session.getContext().getAuthenticationSession());
    }

    @Override
    public void close() {}
}
