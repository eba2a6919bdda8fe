package jp.sekisho.policies.profile;

import java.util.Map;
import jp.sekisho.policies.access.AccessPolicy;
import jp.sekisho.policies.anomaly.AnomalyPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.device.DevicePolicy;
import jp.sekisho.policies.enrolment.EnrolmentPolicy;
import jp.sekisho.policies.freeze.FreezePolicy;
import jp.sekisho.policies.identity.IdentityPolicy;
import jp.sekisho.policies.interim.ExemptionPolicy;
import jp.sekisho.policies.interim.MigrationPolicy;
import jp.sekisho.policies.lockout.LockoutPolicy;
import jp.sekisho.policies.mailaddress.MailAddressPolicy;
import jp.sekisho.policies.notice.NoticePolicy;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.OperationPolicy;
import jp.sekisho.policies.passkey.PasskeyRule;
import jp.sekisho.policies.password.PasswordPolicy;
import jp.sekisho.policies.retention.RetentionPolicy;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.session.SessionPolicy;
import jp.sekisho.policies.source.SourcePolicy;
import jp.sekisho.policies.tradingpassword.TradingPasswordPolicy;

/**
 * A profile is data: what a realm requires. Durations are ISO-8601, names kebab-case in its JSON document.
 *
 * @param requirements for each operation, what each level of risk requires; an operation that is not named is not open
 * @param interim the same for customers who may still use a password; empty where there is nothing special about them
 * @param passkey for each operation which passkey it asks for, where it asks for one; any, where it is not named
 * @param enrolment when a new passkey counts
 * @param risk the numbers of the risk model
 * @param anomaly the numbers by which operations of trading apps are judged
 * @param lockout limits of failures
 * @param source limits of sources over customers
 * @param device how devices are remembered
 * @param notices who is told what
 * @param retention how long records are kept
 * @param identity how customers prove who they are
 * @param migration the dated stages from passwords to passkeys
 * @param exemption who may do without a passkey for a while
 * @param passwords what a new password must be
 * @param tradingPassword what a new trading password must be
 * @param access how customers change their own access rules
 * @param freeze how a freeze begins without a login, and what follows its end
 * @param session how a session is bound to who began it
 * @param mailAddresses where notices go besides
 * @param operations how operations of trading apps are decided
 */
// JP25-10
public record Profile(
        Map<Operation, Map<Level, Requirement>> requirements,
        Map<Operation, Map<Level, Requirement>> interim,
        Map<Operation, PasskeyRule> passkey,
        EnrolmentPolicy enrolment,
        RiskPolicy risk,
        AnomalyPolicy anomaly,
        LockoutPolicy lockout,
        SourcePolicy source,
        DevicePolicy device,
        NoticePolicy notices,
        RetentionPolicy retention,
        IdentityPolicy identity,
        MigrationPolicy migration,
        ExemptionPolicy exemption,
        PasswordPolicy passwords,
        TradingPasswordPolicy tradingPassword,
        AccessPolicy access,
        FreezePolicy freeze,
        SessionPolicy session,
        MailAddressPolicy mailAddresses,
        OperationPolicy operations) {

    public Profile {
        requirements = Map.copyOf(requirements);
        interim = Map.copyOf(interim);
        passkey = Map.copyOf(passkey);
        requireOrdered("requirements", requirements);
        requireOrdered("interim", interim);
        if (!requirements.containsKey(Operation.LOGIN)) {
            throw new IllegalArgumentException("requirements lacks LOGIN");
        }
    }

    private static void requireOrdered(String key, Map<Operation, Map<Level, Requirement>> requirements) {
        requirements.forEach((operation, byLevel) -> {
            Requirement least = Requirement.NOTHING;
            for (Level level : Level.values()) {
                Requirement required = byLevel.get(level);
                if (required == null) {
                    throw new IllegalArgumentException(key + "." + operation + " lacks " + level);
                }
                if (required.compareTo(least) < 0) {
                    throw new IllegalArgumentException(
                            key + "." + operation + " asks less at " + level + " than below it");
                }
                least = required;
            }
        });
    }

    /** What the operation requires at a level; refused where the profile does not open the operation. */
    public Requirement requirement(Operation operation, Level level) {
        Map<Level, Requirement> byLevel = requirements.get(operation);
        return byLevel == null ? Requirement.REFUSED : byLevel.get(level);
    }

    /** The same of a customer who may still use a password. */
    // JP25-4, JP25-5
    public Requirement interimRequirement(Operation operation, Level level) {
        Map<Level, Requirement> byLevel = interim.get(operation);
        return byLevel == null ? requirement(operation, level) : byLevel.get(level);
    }

    /** Whether a login begins with the passkey: a password is not enough however usual it is. */
    // JP25-1
    public boolean passkeysFirst() {
        return phishingResistant(requirement(Operation.LOGIN, Level.LOW));
    }

    /** Whether anybody logs in with a password. */
    public boolean passwordsOffered() {
        return !passkeysFirst() || !phishingResistant(interimRequirement(Operation.LOGIN, Level.LOW));
    }

    private static boolean phishingResistant(Requirement requirement) {
        return requirement.compareTo(Requirement.PHISHING_RESISTANT) >= 0;
    }

    public PasskeyRule passkeyRule(Operation operation) {
        return passkey.getOrDefault(operation, PasskeyRule.ANY);
    }
}
