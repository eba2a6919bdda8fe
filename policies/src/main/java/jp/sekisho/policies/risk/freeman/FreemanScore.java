package jp.sekisho.policies.risk.freeman;

/**
 * The plain score of Freeman et al. (NDSS 2016), for comparison only; nothing is decided on it.
 *
 * <p>{@code ln[ Π p(x_k)/p(x_k|u) · p(u|attack)/p(u|legitimate) ]}: attackers look like the average customer and take
 * every account alike, which punishes customers who rarely log in. A feature is a weighted mixture of sub-features,
 * with the weights of Wiefling et al. (ACM TOPS 2022): the address backed by ASN and country, the user agent's text
 * backed by browser, system and device type.
 */
public final class FreemanScore {

    private static final double[] ADDRESS = {0.6, 0.3, 0.1};
    private static final double[] USER_AGENT = {0.5386, 0.2680, 0.1908, 0.0026};

    /** How often each sub-feature of a feature was seen, in the order of its weights. */
    public record Counts(double[] customer, double[] everyone) {}

    private FreemanScore() {}

    /**
     * @param address address, ASN, country
     * @param userAgent text, browser, system, device type
     * @param customerLogins earlier logins of the customer
     * @param allLogins earlier logins of everyone
     * @param customers number of customers seen so far
     * @return nats; the larger, the more suspicious
     */
    public static double of(
            Counts address, Counts userAgent, double customerLogins, double allLogins, double customers) {
        double population = Math.max(1, customers);
        double attack = 1 / population;
        double legitimate = (customerLogins + 1) / (allLogins + population);
        return feature(ADDRESS, address, customerLogins, allLogins)
                + feature(USER_AGENT, userAgent, customerLogins, allLogins)
                + Math.log(attack / legitimate);
    }

    /** ln p(x)/p(x|u); everyone's frequencies count as one login of the customer, and one unseen login of everyone. */
    private static double feature(double[] weights, Counts counts, double customerLogins, double allLogins) {
        double all = 0;
        double own = 0;
        for (int i = 0; i < weights.length; i++) {
            double share = (counts.everyone()[i] + 1) / (allLogins + 1);
            all += weights[i] * share;
            own += weights[i] * (counts.customer()[i] + share) / (customerLogins + 1);
        }
        return Math.log(all / own);
    }
}
