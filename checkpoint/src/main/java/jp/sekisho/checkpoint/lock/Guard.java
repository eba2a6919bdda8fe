package jp.sekisho.checkpoint.lock;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.ClosingWork;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.lockout.Lockout;
import jp.sekisho.policies.lockout.Reservation;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.source.SourcePolicy.Standing;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.dossier.Dossier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts before it lets anybody guess: an attempt is reserved as failed in a transaction of its own, then the secret is
 * evaluated, then a right one takes the failure back. Of any number of parallel guesses, on any number of nodes, no more
 * than the limit are evaluated (decision 8).
 */
// FFAJ-1.2-S3, JP25-7
public final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /** Each lost race means that another attempt was counted, so an honest one never loses this often. */
    private static final int RACES = 12;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final Lockout lockout;

    private Guard(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.lockout = new Lockout(policy.profile().lockout());
    }

    public static Guard of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Guard(session, realm, policy);
    }

    /**
     * Asks for permission to evaluate a password that came from an address: from a hostile source, those of unknown
     * devices are not evaluated.
     */
    public Permit reserve(String customer, Attempt attempt, Field<ClientAddress> address) {
        if (attempt.knownDevice().isEmpty()
                && SourceWatch.of(session, realm, policy).look(address).standing() == Standing.HOSTILE) {
            return refused(customer, attempt, new Refused(Refusal.THROTTLE, Optional.empty()));
        }
        return reserve(customer, attempt);
    }

    /** Asks for permission to evaluate a secret. Refused when in doubt. */
    public Permit reserve(String customer, Attempt attempt) {
        Optional<Changed<Reservation>> changed = change(customer, (counters, now) -> {
            Reservation reservation = lockout.reserve(counters, attempt, now);
            return reservation instanceof Reservation.Granted granted
                    ? new Step<>(granted.counters(), reservation)
                    : new Step<>(List.of(), reservation);
        });
        if (changed.isEmpty()) {
            LOG.warn("realm {}: too many attempts at once on one customer, one is refused", realm.getName());
            return refused(customer, attempt, new Refused(Refusal.THROTTLE, Optional.empty()));
        }
        if (changed.get().result() instanceof Refused refused) {
            return refused(customer, attempt, refused);
        }
        Reservation.Granted granted = (Reservation.Granted) changed.get().result();
        Permit permit = new Permit(
                customer,
                attempt,
                Optional.empty(),
                begins(granted.counters(), attempt),
                changed.get().stored());
        GuardTrace.of(session).reserved(permit);
        return permit;
    }

    /** The secret was right: its failure is taken back with the end of the request. Where {@link GuardTrace#hideResults} was asked for, the counters are left as if it was wrong. */
    public void verified(Permit permit) {
        if (GuardTrace.of(session).hidesResults()) {
            failed(permit);
            return;
        }
        CustomerFile file = file(permit.customer());
        List<Counter> successors = verified(permit, file.latest());
        if (!successors.isEmpty()) {
            file.replaced(merged(file.latest().counters(), successors));
            ClosingWork.add(session, em -> takeBack(em, permit, successors));
        }
        GuardTrace.of(session).verified(permit);
    }

    /** What was done of it when somebody else was faster with the rest needs no undoing: it was verified. */
    private void takeBack(EntityManager em, Permit permit, List<Counter> successors) {
        CustomerFile file = file(permit.customer());
        Counters counters = new Counters(em);
        List<Counter> left = successors;
        for (int race = 0; race < RACES; race++) {
            if (counters.replace(
                    realm.getId(), permit.customer(), left, file.latest().now())) {
                return;
            }
            left = verified(permit, file.readAgain(em));
        }
        LOG.warn("realm {}: a verified attempt stays counted, too many others at once", realm.getName());
    }

    private List<Counter> verified(Permit permit, Dossier dossier) {
        return lockout.verified(dossier.counters(), permit.attempt(), dossier.now());
    }

    /**
     * The secret was wrong. What was counted stays; a lock that began is in the evidence log when this returns.
     *
     * @return what began with it, to be told
     */
    public Optional<Refusal> failed(Permit permit) {
        permit.begins()
                .filter(began -> began != Refusal.THROTTLE)
                .ifPresent(began -> new LockRecords(session, realm, policy).began(permit, began));
        permit.begins()
                .ifPresent(began -> new LockMetrics(Metrics.globalRegistry)
                        .began(realm.getName(), permit.attempt().operation(), began));
        GuardTrace.of(session).failed(permit);
        return permit.begins();
    }

    /**
     * One of two secrets was wrong. What was counted of the other is given back, in a transaction of its own.
     *
     * @param wrong the credential's type
     * @return what began with it, to be told
     */
    public Optional<Refusal> failed(Permit permit, String wrong) {
        List<Counter> left = change(
                        permit.customer(),
                        (counters, now) -> new Step<>(lockout.onlyWrong(counters, permit.attempt(), wrong), true))
                .map(Changed::stored)
                .orElse(permit.stored());
        return failed(new Permit(
                permit.customer(), permit.attempt(), Optional.empty(), begins(left, permit.attempt()), left));
    }

    /** What would refuse the attempt as things stand. Counts nothing. */
    public Optional<Refused> refusal(String customer, Attempt attempt) {
        Dossier dossier = file(customer).latest();
        return lockout.refusal(dossier.counters(), attempt, dossier.now());
    }

    /** Whether the operation needs an unlock; a passkey, which nothing counts, is refused then too. */
    public boolean locked(String customer, Operation operation) {
        return lockout.locked(file(customer).latest().counters(), operation);
    }

    /** What an officer sees: all counters that refuse or remember something. */
    public List<Counter> counters(String customer) {
        return file(customer).latest().counters().stream()
                .filter(counter ->
                        counter.consecutive() > 0 || counter.lockedAt().isPresent())
                .toList();
    }

    /**
     * The customer came in on a known device or with a passkey. Writes only where strangers had failed.
     *
     * @return whether a stranger lock ended
     */
    public boolean strangerLockLifted(String customer) {
        boolean locked = file(customer).latest().counters().stream()
                .anyMatch(counter -> counter.key().scope().equals(Counter.Key.UNKNOWN_DEVICES)
                        && counter.lockedAt().isPresent());
        changeOrFail(customer, lockout::strangerLockLifted);
        return locked;
    }

    /**
     * An officer lifted every lock of the customer.
     *
     * @return whether there was one
     */
    public boolean unlocked(String customer) {
        boolean locked = file(customer).latest().counters().stream().anyMatch(Counter::locked);
        changeOrFail(customer, lockout::unlocked);
        return locked;
    }

    /** The credential was bound anew: its guesses of any age count from zero, who knew it is shut out, its locks stay. */
    public void rebound(String customer, String credential) {
        changeOrFail(customer, (counters, now) -> lockout.rebound(counters, credential, now));
    }

    /** A right secret was shown by somebody who was refused for the risk. */
    public void markExposed(String customer, String credential) {
        changeOrFail(customer, (counters, now) -> lockout.exposed(counters, credential, now));
    }

    /** Whether the customer should change the secret, since somebody else knows it. */
    public boolean exposed(String customer, String credential) {
        return lockout.isExposed(file(customer).latest().counters(), credential);
    }

    /** Failures of the customer in the window as the request found them: this attempt left out. */
    public int recentFailures(String customer) {
        Dossier dossier = file(customer).onArrival();
        return lockout.recentFailures(dossier.counters(), dossier.now());
    }

    private Permit refused(String customer, Attempt attempt, Refused why) {
        Permit permit = new Permit(customer, attempt, Optional.of(why), Optional.empty(), List.of());
        GuardTrace.of(session).reserved(permit);
        return permit;
    }

    private Optional<Refusal> begins(List<Counter> reserved, Attempt attempt) {
        boolean waits = reserved.stream()
                .anyMatch(counter ->
                        attempt.counts(counter) && counter.blockedUntil().isPresent());
        return lockout.locks(reserved, attempt).or(() -> waits ? Optional.of(Refusal.THROTTLE) : Optional.empty());
    }

    private void changeOrFail(String customer, BiFunction<List<Counter>, Instant, List<Counter>> successors) {
        change(customer, (counters, now) -> new Step<>(successors.apply(counters, now), true))
                .orElseThrow(() -> new IllegalStateException("too many attempts at once on one customer"));
    }

    private record Step<T>(List<Counter> successors, T result) {}

    private record Changed<T>(List<Counter> stored, T result) {}

    /** Decides on what is known, stores it over exactly that, and reads again where somebody was faster. */
    private <T> Optional<Changed<T>> change(String customer, BiFunction<List<Counter>, Instant, Step<T>> decide) {
        CustomerFile file = file(customer);
        Dossier dossier = file.latest();
        for (int race = 0; race < RACES; race++) {
            Instant now = dossier.now();
            Step<T> step = decide.apply(dossier.counters(), now);
            if (step.successors().isEmpty() || stored(customer, step.successors(), now)) {
                List<Counter> stored = merged(
                        dossier.counters(),
                        step.successors().stream().map(Counter::stored).toList());
                file.replaced(stored);
                return Optional.of(new Changed<>(stored, step.result()));
            }
            dossier = OwnTransaction.call(session, file::readAgain);
        }
        return Optional.empty();
    }

    private boolean stored(String customer, List<Counter> successors, Instant now) {
        return OwnTransaction.attempt(
                        session,
                        em -> new Counters(em).replace(realm.getId(), customer, successors, now)
                                ? Optional.of(true)
                                : Optional.<Boolean>empty())
                .isPresent();
    }

    private static List<Counter> merged(List<Counter> before, List<Counter> successors) {
        List<Counter> after = new ArrayList<>(before);
        for (Counter successor : successors) {
            after.removeIf(counter -> counter.key().equals(successor.key()));
            after.add(successor);
        }
        return after;
    }

    private CustomerFile file(String customer) {
        return CustomerFile.of(session, realm, customer);
    }
}
