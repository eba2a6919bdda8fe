package jp.sekisho.policies.evidence;

/**
 * What failed before.
 *
 * @param customer failures of this customer in the last 24 h, this attempt left out
 * @param sourceCustomersTried distinct customers (or names) tried from this source in the last 10 minutes
 * @param sourceCustomersFailed of them, those with a failure and no success
 * @param disowned whether the customer said of this device or source that it was not him
 */
public record Failures(int customer, int sourceCustomersTried, int sourceCustomersFailed, boolean disowned) {

    public static final Failures NONE = new Failures(0, 0, 0);

    public Failures(int customer, int sourceCustomersTried, int sourceCustomersFailed) {
        this(customer, sourceCustomersTried, sourceCustomersFailed, false);
    }
}
