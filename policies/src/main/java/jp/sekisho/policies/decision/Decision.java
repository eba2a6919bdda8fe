package jp.sekisho.policies.decision;

import jp.sekisho.policies.risk.Risk;

/**
 * What was decided, and why.
 *
 * @param outcome what happens
 * @param requirement what must still be shown
 * @param risk the reasons
 * @param enforced false in monitor mode: decided and recorded, but nothing is asked
 * @param policyVersion the policy that decided
 */
public record Decision(Outcome outcome, Requirement requirement, Risk risk, boolean enforced, String policyVersion) {}
