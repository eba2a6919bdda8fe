package jp.sekisho.policies.evidence;

/**
 * What failed before.
 *
 * @param customer failures of this customer in the last 24 h, this attempt left out
 * @param sourceCustomersTried distinct customers (or names) tried from this source in the last 10 minutes
 * @param sourceCustomersFailed of them, those with a failure and no success
 */
public record Failures(int customer, int sourceCustomersTried, int sourceCustomersFailed) {

    public static final Failures NONE = new Failures(0, 0, 0);
}
