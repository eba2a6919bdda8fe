package jp.sekisho.policies.profile;

import java.util.Map;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.device.DevicePolicy;
import jp.sekisho.policies.lockout.LockoutPolicy;
import jp.sekisho.policies.mailaddress.MailAddressPolicy;
import jp.sekisho.policies.notice.NoticePolicy;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.retention.RetentionPolicy;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.source.SourcePolicy;

/**
 * A profile is data: what a realm requires. Durations are ISO-8601, names kebab-case in its JSON document.
 *
 * @param requirements for each operation, what each level of risk requires; an operation that is not named is not open
 * @param risk the numbers of the risk model
 * @param lockout limits of failures
 * @param source limits of sources over customers
 * @param device how devices are remembered
 * @param notices who is told what
 * @param retention how long records are kept
 * @param mailAddresses where notices go besides
 */
// JP25-10
public record Profile(
        Map<Operation, Map<Level, Requirement>> requirements,
        RiskPolicy risk,
        LockoutPolicy lockout,
        SourcePolicy source,
        DevicePolicy device,
        NoticePolicy notices,
        RetentionPolicy retention,
        MailAddressPolicy mailAddresses) {

    public Profile {
        requirements = Map.copyOf(requirements);
        requirements.forEach((operation, byLevel) -> {
            Requirement least = Requirement.NOTHING;
            for (Level level : Level.values()) {
                Requirement required = byLevel.get(level);
                if (required == null) {
                    throw new IllegalArgumentException("requirements." + operation + " lacks " + level);
                }
                if (required.compareTo(least) < 0) {
                    throw new IllegalArgumentException(
                            "requirements." + operation + " asks less at " + level + " than below it");
                }
                least = required;
            }
        });
        if (!requirements.containsKey(Operation.LOGIN)) {
            throw new IllegalArgumentException("requirements lacks LOGIN");
        }
    }

    /** What the operation requires at a level; refused where the profile does not open the operation. */
    public Requirement requirement(Operation operation, Level level) {
        Map<Level, Requirement> byLevel = requirements.get(operation);
        return byLevel == null ? Requirement.REFUSED : byLevel.get(level);
    }
}
