package jp.sekisho.endpoints.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.decision.OperationSight.Seen;
import jp.sekisho.checkpoint.operation.DetailsJson;
import jp.sekisho.checkpoint.operation.Proposal;
import jp.sekisho.checkpoint.operation.UnreadableDetails;
import jp.sekisho.policies.mynumber.IndividualNumber;
import jp.sekisho.policies.operation.Completeness;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.Payee;

/**
 * What an app sends that asks about an operation.
 *
 * @param occurredAt as the proposal says it
 * @param subjectToken the customer's access token
 * @param session or his session, one of both
 */
public record Request(Proposal proposal, Instant occurredAt, Optional<String> subjectToken, Optional<String> session) {

    private static final Set<String> MEMBERS =
            Set.of("id", "type", "subjectToken", "session", "occurredAt", "client", "details");
    private static final Set<String> CLIENT = Set.of("address", "userAgent");
    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");
    private static final int LONGEST = 1000;
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration AGO = Duration.ofHours(24);

    static Request read(JsonNode body) throws Refusal {
        known(body, "", MEMBERS);
        String id = required(body, "", "id");
        if (!ID.matcher(id).matches()) {
            throw Refusal.unreadable("/id", "1 to 128 visible characters of ASCII.");
        }
        Operation type = Stream.of(Operation.values())
                .filter(Operation::ofApps)
                .filter(one -> one.name().equals(body.path("type").asText()))
                .findFirst()
                .orElseThrow(() -> Refusal.unreadable(
                        "/type",
                        "It is none of "
                                + Stream.of(Operation.values())
                                        .filter(Operation::ofApps)
                                        .toList() + '.'));
        Optional<String> token = text(body, "", "subjectToken");
        Optional<String> session = text(body, "", "session");
        if (token.isPresent() == session.isPresent()) {
            throw Refusal.unreadable("/subjectToken", "Either subjectToken or session is required, and not both.");
        }
        String occurredAt = required(body, "", "occurredAt");
        Instant moment = moment(occurredAt);
        Details details = details(body, type);
        return new Request(
                new Proposal(id, type, occurredAt, details, body.get("details"), seen(body)), moment, token, session);
    }

    private static Details details(JsonNode body, Operation type) throws Refusal {
        JsonNode sent = body.get("details");
        if (sent == null) {
            throw Refusal.unreadable("/details", "It is required.");
        }
        Details details;
        try {
            details = DetailsJson.read(sent);
        } catch (UnreadableDetails refused) {
            throw Refusal.unreadable("/details" + refused.pointer(), refused.getMessage());
        }
        Optional<Completeness.Fault> fault = Completeness.fault(type, details);
        if (fault.isPresent()) {
            throw Refusal.senseless(
                    "/details/" + fault.get().name(), fault.get().why());
        }
        // FFAJ-2.2-S4: amounts and accounts are numbers of their own; whatever else is free text may be kept.
        boolean individual = Stream.concat(
                        details.instrument().stream(), details.payee().stream().flatMap(Request::texts))
                .anyMatch(IndividualNumber::in);
        if (individual || IndividualNumber.in(body.path("id").asText())) {
            throw Refusal.individualNumber();
        }
        return details;
    }

    private static Stream<String> texts(Payee payee) {
        return Stream.of(Optional.of(payee.holder()), payee.bankName(), payee.branchName())
                .flatMap(Optional::stream);
    }

    /** @param now by the database's clock */
    Optional<Refusal> untimely(Instant now) {
        return occurredAt.isAfter(now.plus(AHEAD)) || occurredAt.isBefore(now.minus(AGO))
                ? Optional.of(Refusal.senseless("/occurredAt", "It is not of the last 24 hours."))
                : Optional.empty();
    }

    private static Instant moment(String occurredAt) throws Refusal {
        try {
            return OffsetDateTime.parse(occurredAt).toInstant();
        } catch (DateTimeException wrong) {
            throw Refusal.unreadable("/occurredAt", "A time with its offset is required (RFC 3339).");
        }
    }

    private static Optional<Seen> seen(JsonNode body) throws Refusal {
        JsonNode client = body.get("client");
        if (client == null) {
            return Optional.empty();
        }
        known(client, "/client", CLIENT);
        return Optional.of(new Seen(required(client, "/client", "address"), required(client, "/client", "userAgent")));
    }

    public static void known(JsonNode object, String path, Set<String> names) throws Refusal {
        if (object == null || !object.isObject()) {
            throw Refusal.unreadable(path, "A JSON object is required.");
        }
        Optional<String> unknown = object.properties().stream()
                .map(property -> property.getKey())
                .filter(name -> !names.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            throw Refusal.unreadable(
                    path + '/' + unknown.get().replace("~", "~0").replace("/", "~1"), "It is unknown.");
        }
    }

    public static String required(JsonNode object, String path, String name) throws Refusal {
        return text(object, path, name).orElseThrow(() -> Refusal.unreadable(path + '/' + name, "It is required."));
    }

    private static Optional<String> text(JsonNode object, String path, String name) throws Refusal {
        JsonNode node = object.get(name);
        if (node == null) {
            return Optional.empty();
        }
        int longest = name.equals("subjectToken") ? Integer.MAX_VALUE : LONGEST;
        if (!node.isTextual() || node.textValue().length() > longest) {
            throw Refusal.unreadable(path + '/' + name, "A text of at most " + longest + " characters is required.");
        }
        return Optional.of(node.textValue());
    }
}
