package jp.sekisho.checkpoint.decision;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.decision.Decision;
import jp.sekisho.policies.decision.Earlier;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.passkey.PasskeyFacts;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.session.Answer;
import jp.sekisho.policies.session.Change;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Index;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.schema.RowId;

/**
 * Makes rows of the evidence log: everything that went into a decision, keys sorted, so that the same record is the
 * same text and its hash can be recomputed.
 */
// FFAJ-3-S3, JP25-12
final class EvidenceRecords {

    private EvidenceRecords() {}

    /**
     * Where the request was made: what the evidence does not say.
     *
     * @param deviceId the device that the customer came in on: a new one has its token only then
     */
    record Context(String realmId, Optional<String> clientId, Optional<String> sessionId, Optional<String> deviceId) {}

    /**
     * How it ended.
     *
     * @param passkeys what the passkeys among them said of themselves
     * @param loa the level reached, 0 where the customer does not come in
     * @param acr the same as the token says it
     */
    record Ending(
            Set<Factor> shown,
            List<PasskeyFacts> passkeys,
            int loa,
            Optional<String> acr,
            Result result,
            Optional<String> detail) {}

    static EvidenceRow decision(Context context, Assessment assessment, Ending ending) {
        return decision(context, assessment, ending, Map.of());
    }

    /** What becomes of it is told by later rows. */
    // FFAJ-3-S2
    static EvidenceRow operation(Context context, Ruled ruled, Map<String, String> about) {
        Map<String, Object> more = new TreeMap<>();
        more.put("about", about);
        more.put("wayOut", ruled.sight().wayOut());
        more.put("windowOpen", ruled.sight().windowOpen());
        more.put("likeness", ruled.sight().conduct().likeness().name());
        more.put("own", ruled.sight().own().name());
        Earlier earlier = ruled.sight().earlier();
        if (!earlier.equals(Earlier.NOTHING)) {
            more.put(
                    "earlier",
                    Map.of(
                            "level", earlier.level().name(),
                            "requirement", earlier.requirement().name()));
        }
        ruled.decided().cause().ifPresent(cause -> more.put("cause", cause.code()));
        ruled.decided().holdUntil().ifPresent(until -> more.put("holdUntil", until.toString()));
        Result result = switch (ruled.ruling().outcome()) {
            case ALLOW -> Result.ADMITTED;
            case STEP_UP, HOLD -> Result.PENDING;
            case DENY -> Result.REFUSED;
        };
        return decision(
                context,
                ruled.assessment(),
                new Ending(Set.of(), List.of(), 0, Optional.empty(), result, Optional.empty()),
                more);
    }

    private static EvidenceRow decision(
            Context context, Assessment assessment, Ending ending, Map<String, Object> more) {
        Evidence evidence = assessment.evidence();
        Decision decision = assessment.decision();
        Map<String, Object> content = new TreeMap<>(more);
        content.put("id", assessment.id());
        content.put("at", evidence.at().toString());
        content.put("realm", context.realmId());
        content.put("customer", assessment.subject().customer());
        content.put("customerExists", assessment.subject().user().isPresent());
        content.put("operation", evidence.operation().name());
        context.clientId().ifPresent(client -> content.put("client", client));
        context.sessionId().ifPresent(session -> content.put("session", session));
        content.put("evidence", EvidenceJson.of(evidence));
        Optional<String> deviceId = assessment.deviceId().or(context::deviceId);
        deviceId.ifPresent(device -> content.put("deviceId", device));
        content.put("risk", risk(decision.risk()));
        content.put("outcome", decision.outcome().name());
        content.put("requirement", decision.requirement().name());
        content.put("enforced", decision.enforced());
        content.put("policyVersion", decision.policyVersion());
        content.putAll(fields(ending));
        Optional<ClientAddress> address = evidence.address().present();
        return new EvidenceRow(
                assessment.id(),
                context.realmId(),
                Kind.DECISION,
                Optional.empty(),
                evidence.at(),
                new Index(
                        Optional.of(assessment.subject().customer()),
                        context.clientId(),
                        context.sessionId(),
                        Optional.of(evidence.operation().name()),
                        address.map(ClientAddress::address),
                        address.map(ClientAddress::prefix),
                        address.map(ClientAddress::source),
                        evidence.network().present().map(Network::asn),
                        evidence.place().present().map(Place::country),
                        deviceId,
                        Optional.of(decision.outcome().name()),
                        Optional.of(decision.risk().level().name()),
                        Optional.of(ending.result().name()),
                        Optional.of(decision.policyVersion())),
                RecordJson.write(content));
    }

    static EvidenceRow conclusion(
            Context context,
            Carried earlier,
            String customer,
            Optional<ClientAddress> address,
            Instant at,
            Ending ending) {
        Map<String, Object> content = new TreeMap<>();
        String id = RowId.next();
        content.put("id", id);
        content.put("at", at.toString());
        content.put("realm", context.realmId());
        content.put("decision", earlier.decisionId());
        content.put("customer", customer);
        content.put("operation", earlier.operation().name());
        context.clientId().ifPresent(client -> content.put("client", client));
        context.sessionId().ifPresent(session -> content.put("session", session));
        address.ifPresent(present -> content.put("address", present.address()));
        context.deviceId().ifPresent(device -> content.put("deviceId", device));
        content.putAll(fields(ending));
        return new EvidenceRow(
                id,
                context.realmId(),
                Kind.RESULT,
                Optional.of(earlier.decisionId()),
                at,
                new Index(
                        Optional.of(customer),
                        context.clientId(),
                        context.sessionId(),
                        Optional.of(earlier.operation().name()),
                        address.map(ClientAddress::address),
                        address.map(ClientAddress::prefix),
                        address.map(ClientAddress::source),
                        Optional.empty(),
                        Optional.empty(),
                        context.deviceId(),
                        Optional.of(earlier.outcome().name()),
                        Optional.of(earlier.level().name()),
                        Optional.of(ending.result().name()),
                        Optional.of(earlier.policyVersion())),
                RecordJson.write(content));
    }

    // JP25-11
    static EvidenceRow session(Context context, SessionSight sight, SessionLook look) {
        Evidence evidence = sight.evidence();
        Map<String, Object> content = new TreeMap<>();
        String id = RowId.next();
        Outcome outcome =
                look.judgement().answer().map(EvidenceRecords::outcome).orElse(Outcome.ALLOW);
        content.put("id", id);
        content.put("at", evidence.at().toString());
        content.put("realm", context.realmId());
        content.put("kind", Kind.SESSION.name());
        look.decisionId().ifPresent(decision -> content.put("decision", decision));
        content.put("customer", sight.subject().customer());
        context.clientId().ifPresent(client -> content.put("client", client));
        content.put("session", look.sessionId());
        content.put("door", look.door().name());
        content.put("evidence", EvidenceJson.of(evidence));
        sight.deviceId().ifPresent(device -> content.put("deviceId", device));
        content.put(
                "changes",
                look.judgement().changes().stream().sorted().map(Change::name).toList());
        look.judgement().answer().ifPresent(answer -> content.put("answer", answer.name()));
        content.put("outcome", outcome.name());
        content.put("enforced", look.enforced());
        content.put("policyVersion", look.policyVersion());
        Optional<ClientAddress> address = evidence.address().present();
        return new EvidenceRow(
                id,
                context.realmId(),
                Kind.SESSION,
                look.decisionId(),
                evidence.at(),
                new Index(
                        Optional.of(sight.subject().customer()),
                        context.clientId(),
                        Optional.of(look.sessionId()),
                        Optional.of(evidence.operation().name()),
                        address.map(ClientAddress::address),
                        address.map(ClientAddress::prefix),
                        address.map(ClientAddress::source),
                        evidence.network().present().map(Network::asn),
                        evidence.place().present().map(Place::country),
                        sight.deviceId(),
                        Optional.of(outcome.name()),
                        Optional.empty(),
                        // None: nothing was verified here, so no source is better or worse for it.
                        Optional.empty(),
                        Optional.of(look.policyVersion())),
                RecordJson.write(content));
    }

    private static Outcome outcome(Answer answer) {
        return switch (answer) {
            case NOTE -> Outcome.ALLOW;
            case REAUTHENTICATE -> Outcome.STEP_UP;
            case END -> Outcome.DENY;
        };
    }

    private static Map<String, Object> fields(Ending ending) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("result", ending.result().name());
        fields.put("factors", ending.shown().stream().sorted().map(Factor::name).toList());
        ending.shown().stream()
                .map(Factor::factorClass)
                .max(Comparator.naturalOrder())
                .ifPresent(best -> fields.put("factorClass", best.name()));
        if (!ending.passkeys().isEmpty()) {
            fields.put("passkeys", ending.passkeys());
        }
        fields.put("loa", ending.loa());
        ending.acr().ifPresent(acr -> fields.put("acr", acr));
        ending.detail().ifPresent(text -> fields.put("detail", text));
        return fields;
    }

    private static Map<String, Object> risk(Risk risk) {
        List<Map<String, Object>> signals =
                risk.signals().stream().map(EvidenceRecords::signal).toList();
        return Map.of(
                "score", risk.score(),
                "probability", risk.probability(),
                "calibrated", risk.calibrated(),
                "level", risk.level().name(),
                "signals", signals,
                "notCollected", risk.notCollected());
    }

    private static Map<String, Object> signal(Signal signal) {
        return Map.of("reason", signal.reason().code(), "block", signal.block().name(), "nats", signal.nats());
    }
}
