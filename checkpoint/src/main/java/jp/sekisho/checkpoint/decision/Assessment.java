package jp.sekisho.checkpoint.decision;

import java.util.Optional;
import jp.sekisho.policies.decision.Decision;
import jp.sekisho.policies.evidence.Evidence;

/**
 * A decision with all that went into it.
 *
 * @param id the decision's id in the evidence log
 * @param subject who
 * @param evidence what was known
 * @param deviceId the family of the device token, where one was presented
 * @param decision what was decided
 */
public record Assessment(String id, Subject subject, Evidence evidence, Optional<String> deviceId, Decision decision) {}
