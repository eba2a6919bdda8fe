package jp.sekisho.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the server answers, read. What cannot be understood is no answer: nothing is guessed of a decision. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    /** @throws ProblemException where it is a refusal */
    static Answer read(HttpResponse<String> response) {
        try {
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw problem(response, body);
            }
            return answer(body);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException foreign) {
            throw new NoAnswerException("Not an answer that is known: status " + response.statusCode(), foreign);
        }
    }

    private static Answer answer(JsonNode body) {
        Answer.Known known = new Answer.Known(
                text(body, "operation"),
                State.valueOf(text(body, "state")),
                text(body, "digest"),
                text(body, "policyVersion"),
                Instant.parse(text(body, "expiresAt")),
                Optional.ofNullable(body.get("risk")).map(Answers::risk));
        return switch (text(body, "decision")) {
            case "ALLOW" -> new Answer.Allowed(known);
            case "STEP_UP" -> new Answer.StepUp(known, text(body.path("requirement"), "factorClass"));
            case "HOLD" ->
                new Answer.Held(
                        known,
                        Optional.ofNullable(body.get("holdUntil"))
                                .map(JsonNode::asText)
                                .map(Instant::parse),
                        text(body, "cause"),
                        contact(body.path("contact")));
            case "DENY" -> new Answer.Denied(known, text(body, "cause"), contact(body.path("contact")));
            default -> throw new IllegalArgumentException("decision");
        };
    }

    private static Answer.Contact contact(JsonNode contact) {
        return new Answer.Contact(text(contact, "name"), text(contact, "phone"), text(contact, "hours"));
    }

    private static Answer.Risk risk(JsonNode risk) {
        List<String> reasons = new ArrayList<>();
        risk.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        return new Answer.Risk(text(risk, "level"), risk.path("score").asDouble(), reasons);
    }

    private static String text(JsonNode body, String name) {
        JsonNode text = body.path(name);
        if (!text.isTextual()) {
            throw new IllegalArgumentException(name);
        }
        return text.textValue();
    }

    private static ProblemException problem(HttpResponse<String> response, JsonNode body) {
        return new ProblemException(
                response.statusCode(),
                text(body, "type"),
                text(body, "title"),
                body.path("detail").asText(),
                response.headers().firstValue("Retry-After").map(Long::valueOf).map(Duration::ofSeconds),
                Optional.ofNullable(body.get("operation")).map(Answers::answer));
    }
}
