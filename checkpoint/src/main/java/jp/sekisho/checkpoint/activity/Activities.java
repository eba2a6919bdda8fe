package jp.sekisho.checkpoint.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What a customer did, or somebody in his name: read from the evidence log. */
public final class Activities {

    private static final String HELD = "HELD";

    private final String realmId;
    private final EvidenceLog log;

    public Activities(KeycloakSession session, RealmModel realm) {
        this.realmId = realm.getId();
        this.log =
                new EvidenceLog(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Before a position, newest first. Two statements, however long the log is. */
    public List<Activity> before(String customer, Position position, int limit) {
        List<EvidenceRow> decisions = log.decisionsBefore(realmId, customer, position, limit);
        Map<String, List<EvidenceRow>> facts = log
                .factsOf(decisions.stream().map(EvidenceRow::id).toList())
                .stream()
                .collect(Collectors.groupingBy(fact -> fact.decisionId().orElseThrow()));
        return decisions.stream()
                .map(decision -> of(decision, facts.getOrDefault(decision.id(), List.of())))
                .toList();
    }

    /** @param facts oldest first: the last result is how it ended */
    private static Activity of(EvidenceRow decision, List<EvidenceRow> facts) {
        JsonNode record = RecordJson.read(decision.content());
        JsonNode ending = facts.stream()
                .filter(fact -> fact.kind() == Kind.RESULT)
                .reduce((earlier, later) -> later)
                .map(fact -> RecordJson.read(fact.content()))
                .orElse(record);
        JsonNode evidence = record.path("evidence");
        List<String> factors = new ArrayList<>();
        ending.path("factors").forEach(factor -> factors.add(factor.textValue()));
        return new Activity(
                decision.id(),
                decision.at(),
                record.path("operation").asText(),
                held(record, facts) ? HELD : ending.path("result").asText(),
                word(record.path("about").path("amount")),
                word(record.path("about").path("instrument")),
                present(evidence.path("userAgent"), UserAgent.class),
                decision.index().deviceId(),
                present(evidence.path("place"), Place.class),
                decision.index().address(),
                factors,
                facts.stream().anyMatch(fact -> fact.kind() == Kind.DISOWNED));
    }

    /** Nobody is asked anything yet. */
    private static boolean held(JsonNode record, List<EvidenceRow> facts) {
        return record.path("outcome").asText().equals(Outcome.HOLD.name())
                && facts.stream().noneMatch(fact -> fact.kind() == Kind.RESULT);
    }

    private static Optional<String> word(JsonNode field) {
        return Optional.ofNullable(field.textValue());
    }

    /** What was withheld or not collected stands in the record as a word. */
    private static <T> Optional<T> present(JsonNode field, Class<T> type) {
        return field.isObject() ? Optional.of(RecordJson.as(type, field)) : Optional.empty();
    }
}
