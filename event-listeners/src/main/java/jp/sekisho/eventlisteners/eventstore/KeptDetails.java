package jp.sekisho.eventlisteners.eventstore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.mynumber.IndividualNumber;
import jp.sekisho.policies.notice.Masking;
import org.keycloak.events.Details;
import org.keycloak.events.Event;

/** What is kept of an event's details. */
final class KeptDetails {

    /** Values that customers gave, or an identity provider of theirs: what changed is told by the key. */
    private static final List<String> PERSONAL_ENDINGS =
            List.of("email", "username", "first_name", "last_name", "identity_provider_identity");

    private static final List<String> PERSONAL_BEGINNINGS = List.of("previous_", "updated_");

    private static final String OWN = "sekisho_";

    private KeptDetails() {}

    static Event masked(Event event) {
        Event masked = event.clone();
        if (event.getDetails() != null) {
            boolean failed = event.getType().name().endsWith("_ERROR");
            Map<String, String> kept = new HashMap<>();
            event.getDetails().forEach((key, value) -> kept(failed, key, value).ifPresent(left -> kept.put(key, left)));
            masked.setDetails(kept);
        }
        return masked;
    }

    private static Optional<String> kept(boolean failed, String key, String value) {
        // Who fails types passwords and numbers where a name is asked; whoever exists is named by his id.
        boolean typed = failed && key.equals(Details.USERNAME);
        if (value == null || typed || !key.startsWith(OWN) && IndividualNumber.in(value)) {
            return Optional.empty();
        }
        return Optional.of(personal(key) ? Masking.name(value) : value);
    }

    private static boolean personal(String key) {
        return PERSONAL_ENDINGS.stream().anyMatch(key::endsWith)
                || PERSONAL_BEGINNINGS.stream().anyMatch(key::startsWith);
    }
}
