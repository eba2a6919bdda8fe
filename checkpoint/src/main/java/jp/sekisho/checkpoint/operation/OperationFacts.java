package jp.sekisho.checkpoint.operation;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.State;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Index;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.schema.RowId;

/** What the evidence log says of an operation: what it was about, without whose account it was, and what became of it. */
// FFAJ-3-S3
final class OperationFacts {

    private OperationFacts() {}

    /** @param payee keyed hash of the bank account */
    static Map<String, String> about(String id, String digest, Details details, Optional<String> payee) {
        Map<String, String> about = new TreeMap<>();
        about.put("operationId", id);
        about.put("digest", digest);
        about.put("action", details.action().name());
        money(about, "amount", details.amount());
        money(about, "available", details.available());
        money(about, "dailyTurnover", details.dailyTurnover());
        details.instrument().ifPresent(text -> about.put("instrument", text));
        details.side().ifPresent(side -> about.put("side", side.name()));
        details.positionEffect().ifPresent(effect -> about.put("positionEffect", effect.name()));
        details.orderType().ifPresent(type -> about.put("orderType", type.name()));
        details.quantity().map(BigDecimal::toPlainString).ifPresent(text -> about.put("quantity", text));
        details.holdingsShare().map(BigDecimal::toPlainString).ifPresent(text -> about.put("holdingsShare", text));
        payee.ifPresent(hash -> about.put("payee", hash));
        if (!details.attributes().isEmpty()) {
            about.put(
                    "attributes",
                    String.join(" ", details.attributes().stream().sorted().toList()));
        }
        return about;
    }

    private static void money(Map<String, String> about, String name, Optional<Money> money) {
        money.ifPresent(sum -> about.put(
                name, sum.value().toPlainString() + ' ' + sum.currency().getCurrencyCode()));
    }

    /**
     * A later row of its decision.
     *
     * @param result a name of a state, or what else became of it
     * @param details what only the fact knows
     */
    static EvidenceRow became(StoredOperation operation, String result, Map<String, ?> details, Instant at) {
        String id = id(operation, result);
        Map<String, Object> content = new TreeMap<>(details);
        content.put("id", id);
        content.put("at", at.toString());
        content.put("realm", operation.realmId());
        content.put("kind", Kind.RESULT.name());
        content.put("decision", operation.decided().decisionId());
        content.put("customer", operation.whose().customer());
        content.put("client", operation.asked().clientId());
        content.put("operation", operation.what().type().name());
        content.put("operationId", operation.id());
        content.put("digest", operation.what().digest());
        content.put("result", result);
        operation.times().confirmedBy().ifPresent(factor -> content.putIfAbsent("factors", new String[] {factor}));
        content.put("policyVersion", operation.decided().policyVersion());
        return new EvidenceRow(
                id,
                operation.realmId(),
                Kind.RESULT,
                Optional.of(operation.decided().decisionId()),
                at,
                Index.of(
                        Optional.of(operation.whose().customer()),
                        Optional.of(operation.what().type().name()),
                        Optional.of(result),
                        Optional.of(operation.decided().policyVersion())),
                RecordJson.write(content));
    }

    /** It is redeemed once, whatever its row says: the log has no room for a second record of it. */
    private static String id(StoredOperation operation, String result) {
        return result.equals(State.REDEEMED.name())
                ? UUID.nameUUIDFromBytes((result + ' ' + operation.id()).getBytes(StandardCharsets.UTF_8))
                        .toString()
                : RowId.next();
    }
}
