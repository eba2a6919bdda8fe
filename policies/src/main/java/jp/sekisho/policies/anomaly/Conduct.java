package jp.sekisho.policies.anomaly;

import jp.sekisho.policies.risk.Risk;

/**
 * What is judged of an operation by itself, whatever is known of its session's beginning.
 *
 * @param risk that the customer does not do it
 * @param likeness to what he does; who is not known is no stranger by that alone
 */
public record Conduct(Risk risk, Likeness likeness) {}
