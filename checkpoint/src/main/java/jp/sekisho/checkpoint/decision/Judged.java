package jp.sekisho.checkpoint.decision;

import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.risk.Risk;

/**
 * How much speaks against where a customer is, and with what.
 *
 * @param evidence what access rules look at, and what is recorded
 */
// FFAJ-3-S2
record Judged(Evidence evidence, Risk risk) {

    /**
     * By what an app says of it, too. Its word never speaks for anybody, so that the risk is the worse one; where it says that
     * the customer is, no rule may overlook.
     */
    Judged and(Judged said) {
        return new Judged(said.evidence, said.risk.score() > risk.score() ? said.risk : risk);
    }
}
