package jp.sekisho.policies.session;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a session is bound to who began it.
 *
 * @param device what follows where its device token is another one, or no good any more
 * @param country what follows where it comes from another country
 * @param userAgent what follows where it comes from another browser or system
 * @param idle how long it may be unused
 * @param absolute how long it may last
 */
// JP25-11
public record SessionPolicy(Answer device, Answer country, Answer userAgent, Duration idle, Duration absolute) {

    public SessionPolicy {
        if (idle.compareTo(Duration.ofMinutes(1)) < 0 || idle.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("session.idle must be from 1 minute to 24 hours");
        }
        if (absolute.compareTo(Duration.ofMinutes(5)) < 0 || absolute.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("session.absolute must be from 5 minutes to 7 days");
        }
        if (idle.compareTo(absolute) > 0) {
            throw new IllegalArgumentException("session.idle must not exceed session.absolute");
        }
    }

    /** @param began empty where the checkpoint knows nothing of the beginning: then nobody vouches for the session */
    public SessionJudgement judge(Optional<Holder> began, Holder now, Use use) {
        Set<Change> changes = began.map(now::changesSince).orElseGet(() -> EnumSet.of(Change.UNADMITTED));
        changes.addAll(outlived(use));
        return judgement(changes);
    }

    /** Where nothing is seen of who holds it. */
    public SessionJudgement judge(Use use) {
        return judgement(outlived(use));
    }

    private Set<Change> outlived(Use use) {
        Set<Change> changes = EnumSet.noneOf(Change.class);
        if (use.now().isAfter(use.last().plus(idle))) {
            changes.add(Change.IDLE);
        }
        if (use.now().isAfter(use.began().plus(absolute))) {
            changes.add(Change.AGE);
        }
        return changes;
    }

    private SessionJudgement judgement(Set<Change> changes) {
        return new SessionJudgement(changes, changes.stream().map(this::answer).max(Comparator.naturalOrder()));
    }

    private Answer answer(Change change) {
        return switch (change) {
            case UNADMITTED, ACCESS_RULE -> Answer.REAUTHENTICATE;
            case DEVICE -> device;
            case COUNTRY -> country;
            case USER_AGENT -> userAgent;
            case IDLE, AGE -> Answer.END;
        };
    }
}
