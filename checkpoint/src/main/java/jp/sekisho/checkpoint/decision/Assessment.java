package jp.sekisho.checkpoint.decision;

import java.util.Optional;
import jp.sekisho.policies.decision.Decision;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.source.SourcePolicy.Standing;

/**
 * A decision with all that went into it.
 *
 * @param id the decision's id in the evidence log
 * @param subject who
 * @param evidence what was known
 * @param deviceId the family of the device token, where one was presented
 * @param source how the source stands; always ordinary for a known device
 * @param decision what was decided
 */
public record Assessment(
        String id, Subject subject, Evidence evidence, Optional<String> deviceId, Standing source, Decision decision) {

    /** Whether this customer was verified on this browser before. */
    public boolean knownDevice() {
        return evidence.device()
                .present()
                .filter(sight -> sight.recognition() == Recognition.KNOWN)
                .isPresent();
    }
}
