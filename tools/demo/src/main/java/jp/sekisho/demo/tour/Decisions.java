package jp.sekisho.demo.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jp.sekisho.stack.keycloak.Admin;

/** What Sekisho decided, as it stands on Keycloak's events. */
final class Decisions {

    private static final String PREFIX = "sekisho";

    private final Admin admin;
    private final String realm;

    Decisions(Admin admin, String realm) {
        this.admin = admin;
        this.realm = "/admin/realms/" + realm;
    }

    /**
     * One decision.
     *
     * @param event type of the event, e.g. LOGIN or LOGIN_ERROR
     * @param time milliseconds since 1970
     * @param details those that Sekisho wrote
     */
    record Decision(String event, long time, String address, Map<String, String> details) {

        String id() {
            return details.getOrDefault(PREFIX + "_decision", "");
        }

        String outcome() {
            return details.getOrDefault(PREFIX + "_outcome", "");
        }

        String level() {
            return details.getOrDefault(PREFIX + "_level", "");
        }

        /** Codes of what spoke for a stranger. */
        Set<String> reasons() {
            String codes = details.getOrDefault(PREFIX + "_reasons", "");
            return codes.isBlank() ? Set.of() : Set.of(codes.split(" "));
        }

        String told() {
            return event + " from " + address + ": "
                    + (details.isEmpty()
                            ? "no decision on the event"
                            : details.entrySet().stream()
                                    .map(detail -> detail.getKey() + "=" + detail.getValue())
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** The newest login or refused login of a customer. */
    Optional<Decision> newest(String username) {
        String user = admin.get(realm + "/users?exact=true&username=" + encoded(username))
                .path(0)
                .path("id")
                .asText();
        JsonNode events = admin.get(realm + "/events?type=LOGIN&type=LOGIN_ERROR&max=1&user=" + encoded(user));
        return StreamSupport.stream(events.spliterator(), false).findFirst().map(Decisions::decision);
    }

    private static Decision decision(JsonNode event) {
        Map<String, String> details = new TreeMap<>();
        event.path("details").properties().stream()
                .filter(detail -> detail.getKey().startsWith(PREFIX))
                .forEach(
                        detail -> details.put(detail.getKey(), detail.getValue().asText()));
        return new Decision(
                event.path("type").asText(),
                event.path("time").asLong(),
                event.path("ipAddress").asText(),
                details);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
