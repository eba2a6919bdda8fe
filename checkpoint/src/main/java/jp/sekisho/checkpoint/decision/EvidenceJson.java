package jp.sekisho.checkpoint.decision;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.Level;

/** The evidence of a record as JSON, and back: what was written is what is learned from. */
final class EvidenceJson {

    private static final String WITHHELD = "WITHHELD";
    private static final String NOT_COLLECTED = "NOT_COLLECTED";

    private EvidenceJson() {}

    static Map<String, Object> of(Evidence evidence) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("address", field(evidence.address()));
        fields.put("place", field(evidence.place()));
        fields.put("network", field(evidence.network()));
        fields.put("userAgent", field(evidence.userAgent()));
        fields.put("device", field(evidence.device()));
        fields.put("failures", evidence.failures());
        return fields;
    }

    /** The login that a decision's record tells of, with the factors that were shown in the end. */
    static Learning.Login login(String content, Set<String> factors) {
        JsonNode record = RecordJson.read(content);
        JsonNode fields = record.get("evidence");
        Evidence evidence = new Evidence(
                Operation.valueOf(record.get("operation").textValue()),
                Instant.parse(record.get("at").textValue()),
                field(fields.get("address"), ClientAddress.class),
                field(fields.get("place"), Place.class),
                field(fields.get("network"), Network.class),
                field(fields.get("userAgent"), UserAgent.class),
                field(fields.get("device"), DeviceSight.class),
                RecordJson.as(Failures.class, fields.get("failures")));
        Set<Factor> shown = new HashSet<>();
        factors.forEach(factor -> shown.add(Factor.valueOf(factor)));
        return new Learning.Login(
                evidence,
                Level.valueOf(record.get("risk").get("level").textValue()),
                shown,
                !record.get("enforced").booleanValue(),
                false);
    }

    static Set<String> factors(String content) {
        Set<String> factors = new HashSet<>();
        RecordJson.read(content).get("factors").forEach(factor -> factors.add(factor.textValue()));
        return factors;
    }

    private static Object field(Field<?> field) {
        if (field instanceof Field.Present<?> present) {
            return present.value();
        }
        return field instanceof Field.Withheld<?> ? WITHHELD : NOT_COLLECTED;
    }

    private static <T> Field<T> field(JsonNode node, Class<T> type) {
        if (node.isObject()) {
            return Field.of(RecordJson.as(type, node));
        }
        return node.textValue().equals(WITHHELD) ? Field.withheld() : Field.notCollected();
    }
}
