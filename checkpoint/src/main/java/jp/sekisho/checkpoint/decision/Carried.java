package jp.sekisho.checkpoint.decision;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
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
 * @param customer of whom it is: who is at the tab may be somebody else by then
 * @param decisionId the row in the evidence log
 * @param recorded whether that row is written
 * @param reasons codes, heaviest first; only those that speak for a stranger
 */
public record Carried(
        String customer,
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

    /** Between the fields of a note; none of them has it. */
    private static final String NEXT = "\n";

    private static final int FIELDS = 11;
    private static final String NOTE = "sekisho.decision";

    public static Carried of(Assessment assessment, boolean recorded) {
        var decision = assessment.decision();
        return new Carried(
                assessment.subject().customer(),
                assessment.id(),
                recorded,
                assessment.evidence().operation(),
                decision.outcome(),
                decision.requirement(),
                decision.enforced(),
                decision.risk().level(),
                BigDecimal.valueOf(decision.risk().score())
                        .setScale(2, RoundingMode.HALF_UP)
                        .toPlainString(),
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

    String toNote() {
        return String.join(
                NEXT,
                customer,
                decisionId,
                Boolean.toString(recorded),
                operation.name(),
                outcome.name(),
                requirement.name(),
                Boolean.toString(enforced),
                level.name(),
                score,
                String.join(" ", reasons),
                policyVersion);
    }

    /** @throws IllegalStateException when the note is not one of ours */
    public static Carried ofNote(String note) {
        String[] fields = note.split(NEXT, -1);
        if (fields.length != FIELDS) {
            throw new IllegalStateException("the note of the decision cannot be read");
        }
        return new Carried(
                fields[0],
                fields[1],
                Boolean.parseBoolean(fields[2]),
                Operation.valueOf(fields[3]),
                Outcome.valueOf(fields[4]),
                Requirement.valueOf(fields[5]),
                Boolean.parseBoolean(fields[6]),
                Level.valueOf(fields[7]),
                fields[8],
                fields[9].isEmpty() ? List.of() : List.of(fields[9].split(" ")),
                fields[10]);
    }
}
