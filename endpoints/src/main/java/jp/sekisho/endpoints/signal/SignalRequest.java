package jp.sekisho.endpoints.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.sekisho.endpoints.operation.Refusal;
import jp.sekisho.endpoints.operation.Request;
import jp.sekisho.policies.signal.SignalBatch;
import jp.sekisho.policies.signal.SignalEvent;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.policies.signal.SignalEvent.Rhythm;
import jp.sekisho.policies.signal.SignalEvent.Transition;

/** A batch as an app sends it. @param session in which the customer is logged in to the app */
record SignalRequest(String session, SignalBatch batch) {

    private static final Set<String> MEMBERS = Set.of("session", "dropped", "events");
    private static final Set<String> TRANSITION = Set.of("type", "from", "to", "stayMillis");
    private static final Set<String> RHYTHM = Set.of("type", "intervals", "medianMillis", "deviationMillis");
    private static final Set<String> FINDING = Set.of("type", "kind");

    static SignalRequest read(JsonNode body) throws Refusal {
        Request.known(body, "", MEMBERS);
        String session = Request.required(body, "", "session");
        int dropped = body.has("dropped") ? number(body, "", "dropped") : 0;
        JsonNode sent = body.get("events");
        if (sent == null || !sent.isArray() || sent.size() > SignalBatch.MOST) {
            throw Refusal.unreadable("/events", "A list of at most " + SignalBatch.MOST + " events is required.");
        }
        List<SignalEvent> events = new ArrayList<>();
        for (JsonNode event : sent) {
            events.add(event(event, "/events/" + events.size()));
        }
        return new SignalRequest(session, new SignalBatch(events, dropped));
    }

    private static SignalEvent event(JsonNode event, String path) throws Refusal {
        try {
            return switch (event.path("type").asText()) {
                case "TRANSITION" -> transition(event, path);
                case "RHYTHM" -> rhythm(event, path);
                case "FINDING" -> finding(event, path);
                default -> throw Refusal.unreadable(path + "/type", "TRANSITION, RHYTHM or FINDING is required.");
            };
        } catch (IllegalArgumentException refused) {
            throw Refusal.unreadable(path, refused.getMessage());
        }
    }

    private static Transition transition(JsonNode event, String path) throws Refusal {
        Request.known(event, path, TRANSITION);
        Optional<String> from =
                event.has("from") ? Optional.of(Request.required(event, path, "from")) : Optional.empty();
        return new Transition(from, Request.required(event, path, "to"), millis(event, path, "stayMillis"));
    }

    private static Rhythm rhythm(JsonNode event, String path) throws Refusal {
        Request.known(event, path, RHYTHM);
        return new Rhythm(
                number(event, path, "intervals"),
                millis(event, path, "medianMillis"),
                millis(event, path, "deviationMillis"));
    }

    private static Finding finding(JsonNode event, String path) throws Refusal {
        Request.known(event, path, FINDING);
        String kind = Request.required(event, path, "kind");
        return new Finding(Stream.of(Finding.Kind.values())
                .filter(one -> one.name().equals(kind))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.unreadable(path + "/kind", "It is none of " + List.of(Finding.Kind.values()) + '.')));
    }

    private static Duration millis(JsonNode event, String path, String name) throws Refusal {
        return Duration.ofMillis(number(event, path, name));
    }

    private static int number(JsonNode object, String path, String name) throws Refusal {
        JsonNode node = object.get(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            throw Refusal.unreadable(
                    path + '/' + name, "A whole number from 0 to " + Integer.MAX_VALUE + " is required.");
        }
        return node.intValue();
    }
}
