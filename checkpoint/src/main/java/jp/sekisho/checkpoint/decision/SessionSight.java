package jp.sekisho.checkpoint.decision;

import java.util.Optional;
import jp.sekisho.policies.evidence.Evidence;

/**
 * What is seen of a customer's request beyond a login.
 *
 * @param subject who
 * @param evidence what is known; of failures nothing
 * @param deviceId the family of the device token, where one was presented
 */
public record SessionSight(Subject subject, Evidence evidence, Optional<String> deviceId) {}
