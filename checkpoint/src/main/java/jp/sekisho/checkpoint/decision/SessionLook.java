package jp.sekisho.checkpoint.decision;

import java.util.Optional;
import jp.sekisho.policies.session.SessionJudgement;

/**
 * How a session was judged again.
 *
 * @param sessionId the user session
 * @param decisionId the decision that it began with, where the checkpoint made one
 * @param door what asked; stored by name
 * @param judgement what speaks against it, and what follows
 * @param enforced not in monitor mode
 * @param policyVersion of the policy that judged
 */
public record SessionLook(
        String sessionId,
        Optional<String> decisionId,
        Door door,
        SessionJudgement judgement,
        boolean enforced,
        String policyVersion) {

    /** Where a session comes back. Stored by name: never rename, never reuse. */
    public enum Door {
        COOKIE,
        REFRESH,
        /** A confidential app says what it saw. */
        REPORT
    }

    /** Whether the request goes on in the session. */
    public boolean goesOn() {
        return !enforced || judgement.goesOn();
    }
}
