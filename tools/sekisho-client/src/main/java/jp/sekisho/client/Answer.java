package jp.sekisho.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was decided of an operation last, and where it stands. */
public sealed interface Answer {

    Known known();

    /** It may be redeemed. */
    record Allowed(Known known) implements Answer {}

    /** The customer is to confirm it: {@link Confirmation}. @param factorClass what he must show at least */
    record StepUp(Known known, String factorClass) implements Answer {}

    /**
     * Not now.
     *
     * @param until from when on a redemption decides again; empty where a person looks at it first
     * @param cause such as {@code payee-wait}
     */
    record Held(Known known, Optional<Instant> until, String cause, Contact contact) implements Answer {}

    /**
     * Not at all.
     *
     * @param cause such as {@code frozen}
     */
    record Denied(Known known, String cause, Contact contact) implements Answer {}

    /**
     * What is known of every operation.
     *
     * @param operation the server's id of it
     * @param digest of what was decided, as the server says it
     * @param risk only for apps that may read it
     */
    record Known(
            String operation,
            State state,
            String digest,
            String policyVersion,
            Instant expiresAt,
            Optional<Risk> risk) {}

    /** Whom the customer calls. */
    record Contact(String name, String phone, String hours) {}

    record Risk(String level, double score, List<String> reasons) {

        public Risk {
            reasons = List.copyOf(reasons);
        }
    }
}
