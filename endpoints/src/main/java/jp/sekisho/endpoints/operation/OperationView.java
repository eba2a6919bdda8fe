package jp.sekisho.endpoints.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.operation.Known;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.FactorClass;
import jp.sekisho.policies.profile.Contact;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperation.Decided;

/**
 * An operation as its app sees it. What does not apply is left out.
 *
 * @param operation the server's id of it
 * @param state where it stands now
 * @param decision what was decided last
 * @param requirement what the customer must show to confirm it
 * @param cause why it is held or denied
 * @param holdUntil from when on it is decided again
 * @param contact whom the customer calls where it is denied or held
 * @param digest SHA-256 of its canonical content: the app makes the same of what it is about to do
 * @param risk for apps that may read it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OperationView(
        String operation,
        String state,
        String decision,
        RequirementView requirement,
        String cause,
        String holdUntil,
        ContactView contact,
        String digest,
        RiskView risk,
        String policyVersion,
        String expiresAt) {

    /** The acr to ask for, as essential claim, together with the operation. */
    static final String ACR = "urn:sekisho:acr:operation";

    record RequirementView(String acr, String factorClass) {}

    record ContactView(String name, String phone, String hours) {}

    record RiskView(String level, double score, List<String> reasons) {}

    static OperationView of(Known known, Contact contact, boolean withRisk) {
        StoredOperation operation = known.operation();
        Decided decided = operation.decided();
        boolean stopped = decided.outcome() == Outcome.DENY || decided.outcome() == Outcome.HOLD;
        return new OperationView(
                operation.id(),
                known.state().name(),
                decided.outcome().name(),
                factorClass(decided.requirement())
                        .filter(wanted -> decided.outcome() != Outcome.ALLOW)
                        .map(wanted -> new RequirementView(ACR, wanted.name()))
                        .orElse(null),
                decided.cause().map(Cause::code).orElse(null),
                decided.holdUntil().map(Object::toString).orElse(null),
                stopped ? contact(contact) : null,
                operation.what().digest(),
                withRisk ? new RiskView(decided.level().name(), decided.score(), decided.reasons()) : null,
                decided.policyVersion(),
                operation.times().expiresAt().toString());
    }

    static ContactView contact(Contact contact) {
        return new ContactView(contact.name(), contact.phone(), contact.hours());
    }

    /** {@link FactorClass#OTP} stands for the strongest that he has. */
    private static Optional<FactorClass> factorClass(Requirement requirement) {
        return switch (requirement) {
            case STRONGEST_FACTOR -> Optional.of(FactorClass.OTP);
            case PHISHING_RESISTANT -> Optional.of(FactorClass.PHISHING_RESISTANT);
            case NOTHING, REFUSED -> Optional.empty();
        };
    }
}
