package jp.sekisho.checkpoint.lock;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import org.keycloak.models.KeycloakSession;

/** What the guard did in this request, for the flow's pages: a credential's {@code isValid} can only say no. */
public final class GuardTrace {

    private final Set<String> verified = new HashSet<>();
    private Optional<Permit> latest = Optional.empty();
    private Optional<Refusal> began = Optional.empty();
    private boolean hidden;

    private GuardTrace() {}

    public static GuardTrace of(KeycloakSession session) {
        GuardTrace known = session.getAttribute(GuardTrace.class.getName(), GuardTrace.class);
        if (known != null) {
            return known;
        }
        GuardTrace begun = new GuardTrace();
        session.setAttribute(GuardTrace.class.getName(), begun);
        return begun;
    }

    /**
     * From here on a right secret stays counted like a wrong one: whoever is refused anyway must not read from the counters
     * that he knows it.
     */
    public void hideResults() {
        hidden = true;
    }

    boolean hidesResults() {
        return hidden;
    }

    /** Why the latest secret was not evaluated; empty where it was. */
    public Optional<Refused> refused() {
        return latest.flatMap(Permit::refused);
    }

    /** Whether a secret was evaluated in this request. */
    public boolean tried() {
        return latest.filter(Permit::granted).isPresent();
    }

    /** What began with the latest secret, which was wrong. */
    public Optional<Refusal> began() {
        return began;
    }

    /** Whether a right credential of this customer was shown in this request already. */
    public boolean verified(String customer) {
        return verified.contains(customer);
    }

    void reserved(Permit permit) {
        latest = Optional.of(permit);
        began = Optional.empty();
    }

    void verified(Permit permit) {
        verified.add(permit.customer());
    }

    void failed(Permit permit) {
        began = permit.begins();
    }
}
