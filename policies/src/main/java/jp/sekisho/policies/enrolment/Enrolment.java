package jp.sekisho.policies.enrolment;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a customer may enrol a passkey now, and from when it counts: this is where accounts are stolen. */
// JP25-1
public sealed interface Enrolment {

    /** It counts at once. */
    record Full() implements Enrolment {}

    /** It opens the account, which changes nothing until then, and may be stopped. */
    record Provisional(Instant until) implements Enrolment {}

    record Refused(Why why) implements Enrolment {}

    enum Why {
        /** A further passkey needs a passkey or certificate, shown just now. */
        PASSKEY_NEEDED,
        /** The session changes nothing. */
        HELD
    }

    static Enrolment of(Circumstances circumstances, EnrolmentPolicy policy, Instant now) {
        return switch (circumstances.vouching()) {
            case HELD -> new Refused(Why.HELD);
            case MAIL_CODE, LETTER ->
                circumstances.holdsPasskey() || policy.provisional().isZero()
                        ? new Refused(Why.HELD)
                        : provisional(policy, now);
            case RECOVERY -> provisional(policy, now);
            case IDENTIFIED -> circumstances.holdsPasskey() ? new Refused(Why.PASSKEY_NEEDED) : new Full();
            case LOGIN -> ofLogin(circumstances, policy, now);
        };
    }

    /** Where nothing is enforced yet: whoever would be refused enrols one that is not full before its time, either. */
    static Enrolment watched(Circumstances circumstances, EnrolmentPolicy policy, Instant now) {
        Enrolment enrolment = of(circumstances, policy, now);
        return enrolment instanceof Refused ? provisional(policy, now) : enrolment;
    }

    private static Enrolment ofLogin(Circumstances circumstances, EnrolmentPolicy policy, Instant now) {
        if (within(circumstances.vouchedAt(), policy.fresh(), now)) {
            return new Full();
        }
        if (circumstances.holdsPasskey()) {
            return new Refused(Why.PASSKEY_NEEDED);
        }
        boolean known = circumstances
                .deviceKnownSince()
                .filter(since -> !since.plus(policy.knownDevice()).isAfter(now))
                .isPresent();
        boolean identified = within(circumstances.identifiedAt(), policy.fresh(), now);
        return known || identified ? new Full() : provisional(policy, now);
    }

    private static boolean within(Optional<Instant> shown, Duration fresh, Instant now) {
        return shown.filter(at -> at.plus(fresh).isAfter(now)).isPresent();
    }

    private static Enrolment provisional(EnrolmentPolicy policy, Instant now) {
        return policy.provisional().isZero() ? new Full() : new Provisional(now.plus(policy.provisional()));
    }
}
