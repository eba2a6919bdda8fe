package jp.sekisho.checkpoint.lock;

import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;

/**
 * Whether one secret may be evaluated. A granted one is counted as failed already: tell {@link Guard#verified} or
 * {@link Guard#failed} how it ended.
 *
 * @param customer pseudonym
 * @param refused why the secret must not be evaluated; empty where it may
 * @param begins what begins with this attempt if it is wrong
 * @param stored the counters as this attempt left them
 */
public record Permit(
        String customer, Attempt attempt, Optional<Refused> refused, Optional<Refusal> begins, List<Counter> stored) {

    public boolean granted() {
        return refused.isEmpty();
    }
}
