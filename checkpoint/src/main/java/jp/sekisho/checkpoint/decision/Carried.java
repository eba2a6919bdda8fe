package jp.sekisho.checkpoint.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Signal;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What of a decision travels in the authentication session, from the request that decided to the one that concludes.
 *
 * @param decisionId the row in the evidence log
 * @param recorded whether that row is written
 * @param reasons codes, heaviest first; only those that speak for a stranger
 */
public record Carried(
        String decisionId,
        boolean recorded,
        Operation operation,
        Outcome outcome,
        Requirement requirement,
        boolean enforced,
        Level level,
        String score,
        List<String> reasons,
        String policyVersion) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOTE = "sekisho.decision";

    public static Carried of(Assessment assessment, boolean recorded) {
        var decision = assessment.decision();
        return new Carried(
                assessment.id(),
                recorded,
                assessment.evidence().operation(),
                decision.outcome(),
                decision.requirement(),
                decision.enforced(),
                decision.risk().level(),
                String.format(Locale.ROOT, "%.2f", decision.risk().score()),
                decision.risk().signals().stream()
                        .filter(signal -> signal.nats() > 0 || signal.block() == Signal.Block.RULE)
                        .map(signal -> signal.reason().code())
                        .distinct()
                        .toList(),
                decision.policyVersion());
    }

    /** What was decided in this login, if anything was yet. */
    public static Optional<Carried> in(AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getAuthNote(NOTE)).map(Carried::ofNote);
    }

    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
    }

    public void keep(AuthenticationSessionModel login) {
        login.setAuthNote(NOTE, toNote());
    }

    /** What an event says of it. */
    public Map<String, String> details() {
        return Map.of(
                "sekisho_decision", decisionId,
                "sekisho_outcome", outcome.name(),
                "sekisho_requirement", requirement.name(),
                "sekisho_level", level.name(),
                "sekisho_score", score,
                "sekisho_reasons", String.join(" ", reasons),
                "sekisho_policy", policyVersion);
    }

    private String toNote() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalStateException when the note is not one of ours */
    public static Carried ofNote(String note) {
        try {
            return JSON.readValue(note, Carried.class);
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("the note of the decision cannot be read", foreign);
        }
    }
}
