package jp.sekisho.checkpoint.decision;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.EvidenceRecords.Context;
import jp.sekisho.checkpoint.decision.EvidenceRecords.Ending;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.device.Presented;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.geo.GeoProvider;
import jp.sekisho.checkpoint.geo.Whereabouts;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.SourceWatch;
import jp.sekisho.checkpoint.lock.SourceWatch.Sight;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.checkpoint.useragent.UserAgents;
import jp.sekisho.policies.decision.Decision;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Account;
import jp.sekisho.policies.risk.History;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.RiskEngine;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.policies.source.SourcePolicy.Standing;
import jp.sekisho.storage.baseline.Baselines;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.theme.Theme;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The decision service on Keycloak's session. */
final class DefaultCheckpoint implements Checkpoint {

    /** The guarded attribute that holds a customer's country of residence, ISO 3166-1 alpha-2. */
    private static final String RESIDENCE = "residenceCountry";

    private static final Logger LOG = LoggerFactory.getLogger(DefaultCheckpoint.class);

    private final KeycloakSession session;
    private final EvidenceCollector collector;
    private final Populations populations;

    DefaultCheckpoint(KeycloakSession session, ClientAddresses addresses, Populations populations) {
        this.session = session;
        this.collector = new EvidenceCollector(session, addresses);
        this.populations = populations;
    }

    @Override
    public Assessment assess(Subject subject, Operation operation) {
        RealmModel realm = session.getContext().getRealm();
        RealmPolicy policy = RealmPolicies.of(session, realm)
                .orElseThrow(() -> new IllegalStateException("the realm has no sekisho-policy"));
        Instant now = now(realm, subject.customer());
        Field<ClientAddress> address = collector.address();
        Presented presented = DeviceTokens.of(session, realm, policy).presented(subject.customer());
        Whereabouts whereabouts = session.getProvider(GeoProvider.class).look(address);
        Sight source = source(realm, policy, address, whereabouts, presented);
        Failures failures = new Failures(
                Guard.of(session, realm, policy).recentFailures(subject.customer()),
                Math.toIntExact(source.tried()),
                Math.toIntExact(source.failed()));
        Evidence evidence = collector.collect(operation, now, address, whereabouts, presented.sight(), failures);
        // The query runs for a name that nobody has as well: time must not tell who exists.
        List<Statistic> learned = new Baselines(em()).of(subject.customer());
        Risk risk = subject.user()
                .map(user -> risk(realm, policy, evidence, account(user, now), learned))
                .orElseGet(() -> risk(
                        realm,
                        policy,
                        evidence,
                        new Account(now, Optional.empty()),
                        decoy(realm, subject.customer(), now)));
        Requirement requirement = policy.profile().requirement(operation, risk.level());
        if (source.standing() != Standing.ORDINARY && requirement == Requirement.NOTHING) {
            requirement = Requirement.STRONGEST_FACTOR;
        }
        return new Assessment(
                UUID.randomUUID().toString(),
                subject,
                evidence,
                presented.deviceId(),
                source.standing(),
                new Decision(outcome(requirement), requirement, risk, !policy.monitor(), policy.version()));
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
        RiskPolicy numbers = session.getProvider(GeoProvider.class).stale()
                ? policy.profile().risk().distrustingPlace()
                : policy.profile().risk();
        History history = History.of(account, rows, evidence.at(), numbers.halfLife());
        return RiskEngine.assess(
                evidence, history, populations.of(realm.getId()).population(), numbers);
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
        append(EvidenceRecords.decision(context(), assessment, ending(shown, loa, Result.ADMITTED, Optional.empty())));
    }

    @Override
    public void record(Assessment assessment, Set<Factor> shown, Result result, Optional<String> detail) {
        appendNow(EvidenceRecords.decision(context(), assessment, ending(shown, 0, result, detail)));
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
                ending(shown, loa, result, detail));
        if (result == Result.ADMITTED) {
            append(row);
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
                        session.getProvider(GeoProvider.class)
                                .look(address)
                                .place()
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
        return session.getProvider(GeoProvider.class)
                .look(collector.address())
                .place()
                .present()
                .filter(place -> !place.country().equals(Place.UNKNOWN_COUNTRY));
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

    private void append(EvidenceRow row) {
        new EvidenceLog(em()).append(row);
    }

    private void appendNow(EvidenceRow row) {
        OwnTransaction.call(session, em -> {
            new EvidenceLog(em).append(row);
            return null;
        });
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private Ending ending(Set<Factor> shown, int loa, Result result, Optional<String> detail) {
        return new Ending(shown, loa, Acr.of(authentication(), loa), result, detail);
    }

    private Context context() {
        return new Context(
                session.getContext().getRealm().getId(),
                Optional.ofNullable(session.getContext().getClient()).map(ClientModel::getClientId),
                // The user session takes the id of the root authentication session.
                authentication().map(present -> present.getParentSession().getId()));
    }

    private Optional<AuthenticationSessionModel> authentication() {
        return Optional.ofNullable(session.getContext().getAuthenticationSession());
    }

    @Override
    public void close() {}
}
