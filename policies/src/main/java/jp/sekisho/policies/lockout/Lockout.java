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
        List<Counter> successors = new ArrayList<>(2);
        Counter credential = find(counters, attempt.credentialKey(), now).failed(now, policy);
        successors.add(credential);
        Optional<Refusal> locks = Optional.empty();
        if (credential.lockedAt().isPresent()) {
            locks = Optional.of(lockOf(attempt));
        }
        boolean operationEnds = locks.filter(Refusal.LOCK::equals).isPresent();
        if (attempt.secondFactor() || operationEnds) {
            Counter operation = find(counters, attempt.operationKey(), now).failed(now, policy);
            if (operationEnds) {
                operation = locked(operation, now);
            }
            successors.add(operation);
            if (operation.lockedAt().isPresent()
                    && locks.filter(Refusal.CREDENTIAL_LOCK::equals).isEmpty()) {
                locks = Optional.of(Refusal.LOCK);
            }
        }
        return new Granted(List.copyOf(successors), locks);
    }

    /** Whether the attempt would be refused as things stand, without counting anything. */
    public Optional<Refused> refusal(Collection<Counter> counters, Attempt attempt, Instant now) {
        boolean stranger = attempt.knownDevice().isEmpty();
        if (locked(counters, attempt.operation())) {
            return Optional.of(new Refused(Refusal.LOCK, Optional.empty()));
        }
        for (Counter counter : counters) {
            if (attempt.ofTradingPassword()
                    && counter.key().ofKnownDevice(attempt.credential())
                    && counter.lockedAt().isPresent()) {
                return Optional.of(new Refused(Refusal.CREDENTIAL_LOCK, Optional.empty()));
            }
            if (stranger
                    && counter.key().equals(attempt.credentialKey())
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

    /** The secret was right: the counters of this credential on this device start anew. */
    public List<Counter> verified(Collection<Counter> counters, Attempt attempt, Instant now) {
        Counter credential = find(counters, attempt.credentialKey(), now);
        Counter operation = find(counters, attempt.operationKey(), now);
        List<Counter> successors = new ArrayList<>(2);
        if (credential.consecutive() > 0 || credential.lockedAt().isPresent()) {
            successors.add(credential.verified(now));
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
