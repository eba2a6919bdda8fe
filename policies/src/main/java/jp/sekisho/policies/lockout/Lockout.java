package jp.sekisho.policies.lockout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.lockout.Reservation.Granted;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;

/**
 * The lock of an operation, as pure functions over a customer's counters. The caller stores what is returned only if no
 * counter changed meanwhile, and asks again otherwise: of any number of parallel guesses no more than the limit pass.
 */
// FFAJ-1.2-S3, JP25-7
public final class Lockout {

    private final LockoutPolicy policy;

    public Lockout(LockoutPolicy policy) {
        this.policy = policy;
    }

    /**
     * Asks for permission to evaluate a secret.
     *
     * @param counters all stored counters of the customer
     * @param now the database's clock
     */
    public Reservation reserve(Collection<Counter> counters, Attempt attempt, Instant now) {
        Optional<Refused> refused = refusal(counters, attempt, now);
        if (refused.isPresent()) {
            return refused.get();
        }
        List<Counter> successors = new ArrayList<>(3);
        for (Counter.Key credential : attempt.credentialKeys()) {
            successors.add(find(counters, credential, now).failed(now, policy));
        }
        boolean operationEnds =
                locks(successors, attempt).filter(Refusal.LOCK::equals).isPresent();
        if (attempt.secondFactor() || operationEnds) {
            Counter operation = find(counters, attempt.operationKey(), now).failed(now, policy);
            successors.add(operationEnds ? locked(operation, now) : operation);
        }
        return new Granted(List.copyOf(successors), locks(successors, attempt));
    }

    /**
     * What is locked where this attempt is wrong.
     *
     * @param reserved the counters as its reservation left them
     */
    public Optional<Refusal> locks(Collection<Counter> reserved, Attempt attempt) {
        Optional<Refusal> credential = reserved.stream()
                .filter(counter -> attempt.credentialKeys().contains(counter.key()))
                .filter(counter -> counter.lockedAt().isPresent())
                .findFirst()
                .map(counter -> lockOf(attempt));
        boolean all = credential.filter(Refusal.CREDENTIAL_LOCK::equals).isPresent();
        return !all && locked(reserved, attempt.operation()) && attempt.secondFactor()
                ? Optional.of(Refusal.LOCK)
                : credential;
    }

    /**
     * Of two secrets that were reserved together one was wrong, and the other was not, or was not looked at: what was reserved for
     * that one is given back.
     *
     * @param wrong the credential's type
     */
    public List<Counter> onlyWrong(Collection<Counter> counters, Attempt together, String wrong) {
        return counters.stream()
                .filter(counter -> together.credentialKeys().contains(counter.key()))
                .filter(counter -> !counter.key().subject().equals(wrong) && counter.failures() > 0)
                .map(counter -> counter.givenBack(policy))
                .toList();
    }

    /** Whether the attempt would be refused as things stand, without counting anything. */
    public Optional<Refused> refusal(Collection<Counter> counters, Attempt attempt, Instant now) {
        boolean stranger = attempt.knownDevice().isEmpty();
        if (locked(counters, attempt.operation())) {
            return Optional.of(new Refused(Refusal.LOCK, Optional.empty()));
        }
        for (Counter counter : counters) {
            if (attempt.lockedBy(counter.key()) && counter.lockedAt().isPresent()) {
                return Optional.of(new Refused(Refusal.CREDENTIAL_LOCK, Optional.empty()));
            }
            if (stranger
                    && attempt.credentialKeys().contains(counter.key())
                    && counter.consecutive() >= policy.endAfter()) {
                return Optional.of(new Refused(Refusal.CREDENTIAL_ENDED, Optional.empty()));
            }
            if (stranger
                    && attempt.sharesStrangerLock(counter.key())
                    && counter.lockedAt().isPresent()) {
                return Optional.of(new Refused(Refusal.STRANGER_LOCK, Optional.empty()));
            }
        }
        for (Counter counter : counters) {
            if (attempt.counts(counter) && counter.throttled(now)) {
                return Optional.of(new Refused(Refusal.THROTTLE, counter.blockedUntil()));
            }
        }
        return Optional.empty();
    }

    /** Whether the operation needs an unlock: also what no counter counts, a passkey, is refused then. */
    public boolean locked(Collection<Counter> counters, Operation operation) {
        for (Counter counter : counters) {
            if (counter.key().equals(Counter.Key.of(operation))
                    && counter.lockedAt().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The secret was right, or both: the counters of this credential on this device start anew. */
    public List<Counter> verified(Collection<Counter> counters, Attempt attempt, Instant now) {
        Counter operation = find(counters, attempt.operationKey(), now);
        Counter credential = find(counters, attempt.credentialKey(), now);
        List<Counter> successors = new ArrayList<>(3);
        for (Counter.Key key : attempt.credentialKeys()) {
            Counter verified = find(counters, key, now);
            if (verified.consecutive() > 0 || verified.lockedAt().isPresent()) {
                successors.add(verified.verified(now));
            }
        }
        if (attempt.secondFactor() && operation.consecutive() > 0) {
            successors.add(operation.verified(now));
        } else if (operation.lockedAt().isPresent() && operation.lockedAt().equals(credential.lockedAt())) {
            // The lock came with this very attempt's reservation. Wrong second factors stay counted: a right password
            // alone must not wipe them out.
            successors.add(operation.withdrawn());
        }
        return List.copyOf(successors);
    }

    /** The customer came in on a known device or with a passkey: the stranger lock is over. */
    public List<Counter> strangerLockLifted(Collection<Counter> counters, Instant now) {
        return counters.stream()
                .filter(counter -> counter.key().ofUnknownDevices())
                .filter(counter -> counter.failures() > 0 || counter.lockedAt().isPresent())
                .map(counter -> counter.lifted(now))
                .toList();
    }

    /** An officer lifted every lock of the customer. */
    public List<Counter> unlocked(Collection<Counter> counters, Instant now) {
        return counters.stream()
                .filter(counter -> !counter.key().scope().equals(Counter.Key.EXPOSED))
                .filter(counter -> counter.failures() > 0 || counter.lockedAt().isPresent())
                .map(counter -> counter.lifted(now))
                .toList();
    }

    /** The credential was bound anew (password changed, authenticator registered): its guesses count from zero. */
    public List<Counter> rebound(Collection<Counter> counters, String credential, Instant now) {
        return counters.stream()
                .filter(counter -> counter.key().subject().equals(credential))
                .filter(counter -> counter.consecutive() > 0 || isExposure(counter))
                // JP25-8, keycloak#44375: a new password is no unlock.
                .map(counter -> new Counter(
                        counter.key(),
                        counter.failures(),
                        counter.windowStart(),
                        0,
                        counter.blockedUntil(),
                        isExposure(counter) ? Optional.empty() : counter.lockedAt(),
                        counter.version()))
                .toList();
    }

    /** A right secret was shown by somebody who was refused for the risk: he knows it, and should not. */
    public List<Counter> exposed(Collection<Counter> counters, String credential, Instant now) {
        return isExposed(counters, credential)
                ? List.of()
                : List.of(find(counters, Counter.Key.ofExposed(credential), now).marked(now));
    }

    /** Whether the customer should change the secret at his next trusted login. */
    public boolean isExposed(Collection<Counter> counters, String credential) {
        return find(counters, Counter.Key.ofExposed(credential), Instant.EPOCH)
                .lockedAt()
                .isPresent();
    }

    /** Failures of the customer in the window, for the risk. */
    public int recentFailures(Collection<Counter> counters, Instant now) {
        int failures = 0;
        for (Counter counter : counters) {
            if (!counter.key().ofOperation()
                    && now.isBefore(counter.windowStart().plus(policy.window()))) {
                failures += counter.failures();
            }
        }
        return failures;
    }

    private static Refusal lockOf(Attempt attempt) {
        if (attempt.knownDevice().isEmpty()) {
            return Refusal.STRANGER_LOCK;
        }
        return attempt.ofTradingPassword() ? Refusal.CREDENTIAL_LOCK : Refusal.LOCK;
    }

    private static boolean isExposure(Counter counter) {
        return counter.key().scope().equals(Counter.Key.EXPOSED)
                && counter.lockedAt().isPresent();
    }

    private static Counter find(Collection<Counter> counters, Counter.Key key, Instant now) {
        for (Counter counter : counters) {
            if (counter.key().equals(key)) {
                return counter;
            }
        }
        return Counter.empty(key, now);
    }

    private static Counter locked(Counter counter, Instant now) {
        return new Counter(
                counter.key(),
                counter.failures(),
                counter.windowStart(),
                counter.consecutive(),
                counter.blockedUntil(),
                Optional.of(counter.lockedAt().orElse(now)),
                counter.version());
    }
}
