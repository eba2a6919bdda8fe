package jp.sekisho.policies.lowering;

import static java.util.Map.entry;
import static jp.sekisho.policies.lowering.Direction.ANY;
import static jp.sekisho.policies.lowering.Direction.FEWER;
import static jp.sekisho.policies.lowering.Direction.LONGER;
import static jp.sekisho.policies.lowering.Direction.MORE;
import static jp.sekisho.policies.lowering.Direction.NONE;
import static jp.sekisho.policies.lowering.Direction.ONCE_SET;
import static jp.sekisho.policies.lowering.Direction.REMOVED;
import static jp.sekisho.policies.lowering.Direction.SHORTER;
import static jp.sekisho.policies.lowering.Direction.order;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a policy is lower than it was: key by key, of the policy as it works, whatever profile it comes from. What nobody
 * can say of a key counts as lower, and so does a key that the table does not know.
 */
// JP25-10
public final class Lowering {

    private static final String EACH = "*";

    private static final Direction REQUIREMENT = order("NOTHING", "STRONGEST_FACTOR", "PHISHING_RESISTANT", "REFUSED");
    private static final Direction ANSWER = order("NOTE", "REAUTHENTICATE", "END");

    /** A {@code *} is a name of the policy's own: an operation, a notice, a word. */
    private static final Map<String, Direction> TABLE = Map.ofEntries(
            entry("mode", order("monitor", "enforce")),
            entry("contact-name", ONCE_SET),
            entry("contact-phone", ONCE_SET),
            entry("contact-hours", ONCE_SET),
            entry("webhook-url", ONCE_SET),
            entry("webhook-secret", ONCE_SET),
            // Only a second signature, while secrets are rotated.
            entry("webhook-previous-secret", NONE),
            entry("requirements.*.*", REQUIREMENT),
            entry("interim.*.*", REQUIREMENT),
            entry("passkey.*", order("ANY", "DEVICE_BOUND", "SECOND")),
            entry("enrolment.known-device", SHORTER),
            entry("enrolment.provisional", SHORTER),
            entry("enrolment.fresh", LONGER),
            entry("risk.operations.*", FEWER),
            entry("risk.mixture.*", ANY),
            entry("risk.smoothing", ANY),
            entry("risk.half-life", ANY),
            entry("risk.place.*", FEWER),
            entry("risk.client.*", FEWER),
            entry("risk.device.*", FEWER),
            entry("risk.tokens.*", ANY),
            entry("risk.residence.*", ANY),
            entry("risk.rules.impossible-travel", FEWER),
            entry("risk.rules.travel-speed-kmh", MORE),
            entry("risk.rules.travel-slack-km", MORE),
            entry("risk.rules.hosting-network", FEWER),
            entry("risk.rules.anonymiser-network", FEWER),
            entry("risk.rules.reused-device-token", FEWER),
            entry("risk.rules.client-family-changed", FEWER),
            entry("risk.rules.unusual-hour", FEWER),
            entry("risk.rules.unusual-hour-share", FEWER),
            entry("risk.rules.unusual-hour-logins", MORE),
            entry("risk.rules.recent-failures", FEWER),
            entry("risk.rules.recent-failures-most", FEWER),
            entry("risk.rules.source-failing", FEWER),
            entry("risk.rules.source-tried", MORE),
            entry("risk.rules.source-share", MORE),
            entry("risk.rules.source-hostile", FEWER),
            entry("risk.rules.source-hostile-tried", MORE),
            entry("risk.rules.source-hostile-share", MORE),
            entry("risk.rules.dormant-account", FEWER),
            entry("risk.rules.dormant-after", LONGER),
            entry("risk.rules.withheld-evidence", FEWER),
            entry("risk.rules.disowned", FEWER),
            entry("risk.little-history.*", ANY),
            entry("risk.cuts.*", MORE),
            entry("risk.fit.*", ANY),
            entry("risk.learning.after", SHORTER),
            entry("risk.learning.monitor-after", SHORTER),
            entry("risk.learning.low-weight", MORE),
            entry("risk.zone", ANY),
            entry("anomaly.collected.*", order("WHERE_KNOWN", "ALWAYS")),
            entry("anomaly.baseline.operations", ANY),
            entry("anomaly.baseline.spread", MORE),
            entry("anomaly.baseline.tolerated", MORE),
            entry("anomaly.baseline.slope", FEWER),
            entry("anomaly.weights.*", FEWER),
            entry("anomaly.windows.usual", ANY),
            entry("anomaly.windows.*", SHORTER),
            entry("anomaly.thresholds.*", MORE),
            entry("anomaly.caps.*", FEWER),
            entry("anomaly.signals.paths.*.*", REMOVED),
            entry("anomaly.signals.hurried", SHORTER),
            entry("anomaly.signals.intervals", MORE),
            entry("anomaly.signals.quickest", SHORTER),
            entry("anomaly.signals.steadiest", SHORTER),
            entry("anomaly.signals.scripted", MORE),
            entry("anomaly.cuts.*", MORE),
            entry("anomaly.fit.*", ANY),
            entry("lockout.throttle-after", MORE),
            entry("lockout.first-throttle", SHORTER),
            entry("lockout.longest-throttle", SHORTER),
            entry("lockout.lock-after", MORE),
            entry("lockout.window", SHORTER),
            entry("lockout.end-after", MORE),
            entry("source.window", SHORTER),
            entry("source.refusal", SHORTER),
            entry("source.ordinary.*", MORE),
            entry("source.shared.*", MORE),
            entry("device.remember", LONGER),
            entry("device.grace", LONGER),
            entry("notices.choices.*", order("DEFAULT_OFF", "DEFAULT_ON", "ALWAYS")),
            entry("notices.deduplication", LONGER),
            entry("notices.mails-an-hour", FEWER),
            entry("retention.evidence", SHORTER),
            entry("identity.postal-code.valid", LONGER),
            entry("identity.postal-code.tries", MORE),
            entry("identity.longest-ago", LONGER),
            // A stage lets passwords in and ends them again: which of two schedules is milder depends on the day.
            entry("migration.stages.*", ANY),
            entry("migration.postponements", MORE),
            entry("exemption.allowed", order("true", "false")),
            entry("exemption.longest", LONGER),
            entry("exemption.enrol-within", LONGER),
            // Its numbers are keys of their own.
            entry("passwords.rules", NONE),
            entry("passwords.length", FEWER),
            entry("passwords.length-with-mfa", FEWER),
            entry("passwords.composition", order("false", "true")),
            entry("passwords.strength", FEWER),
            entry("passwords.words.*", REMOVED),
            entry("trading-password.length", FEWER),
            entry("trading-password.composition", order("false", "true")),
            entry("trading-password.strength", FEWER),
            entry("access.step-up", order("KNOWLEDGE", "OTP", "PHISHING_RESISTANT")),
            entry("access.fresh", LONGER),
            entry("access.loosening-delay", SHORTER),
            // A brake that everybody may pull: easier is better for customers and for who plagues them.
            entry("freeze.stop-code", ANY),
            entry("freeze.stop-window", ANY),
            entry("freeze.stop-tries", ANY),
            entry("freeze.stop-wait", ANY),
            entry("freeze.stop-tries-in-all", ANY),
            entry("freeze.marks", SHORTER),
            entry("freeze.rebind", order("PASSWORD", "PASSKEY")),
            entry("session.device", ANSWER),
            entry("session.country", ANSWER),
            entry("session.user-agent", ANSWER),
            entry("session.idle", LONGER),
            entry("session.absolute", LONGER),
            entry("operations.valid", LONGER),
            entry("operations.held-valid", LONGER),
            entry("operations.trading-window", LONGER),
            entry("operations.payee-wait", SHORTER),
            entry("operations.payee-imports-until", ANY),
            entry("operations.keep", SHORTER),
            entry("operations.requests-per-minute", MORE),
            entry("operations.requests-per-customer", MORE),
            entry("operations.customers-per-minute", MORE),
            entry("operations.confirmations-per-hour", MORE),
            entry("operations.trading-password", order("WITHOUT_PASSKEY", "ALWAYS")),
            entry("operations.mode.*", order("monitor", "enforce")),
            entry("mail-addresses.keep-old", SHORTER),
            entry("mail-addresses.full-after", SHORTER),
            entry("mail-addresses.further", ANY));

    private Lowering() {}

    /**
     * The keys that are lower afterwards.
     *
     * @param before every key of the policy that is in force, with its value as text; a key that is not there has none
     * @param after the same of the policy that is wanted
     */
    public static SortedSet<String> lowered(Map<String, String> before, Map<String, String> after) {
        SortedSet<String> lowered = new TreeSet<>();
        SortedSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Optional<String> was = Optional.ofNullable(before.get(key));
            Optional<String> becomes = Optional.ofNullable(after.get(key));
            if (!was.equals(becomes) && direction(key).orElse(ANY).lower(was, becomes)) {
                lowered.add(key);
            }
        }
        return lowered;
    }

    /** Which way a key is lowered; empty for one that the table does not know. */
    public static Optional<Direction> direction(String key) {
        return Optional.ofNullable(TABLE.get(key)).or(() -> {
            int last = key.lastIndexOf('.');
            if (last < 0) {
                return Optional.empty();
            }
            String above = key.substring(0, last);
            int before = above.lastIndexOf('.');
            return Optional.ofNullable(TABLE.get(above + '.' + EACH))
                    .or(() -> before < 0
                            ? Optional.empty()
                            : Optional.ofNullable(TABLE.get(above.substring(0, before) + ".*.*")));
        });
    }
}
