package jp.sekisho.tools.backtest;

import jp.sekisho.policies.risk.freeman.FreemanScore;
import jp.sekisho.policies.risk.freeman.FreemanScore.Counts;

/** The plain Freeman score over the same logins; it learns each honest login at once. */
final class FreemanReplay {

    private static final int ADDRESS_FEATURES = 3;
    private static final int FEATURES = 7;

    private final Logins logins;
    private final IntCounts[] customers;
    private final IntCounts everyone = new IntCounts();
    private final int[] customerLogins;
    private final int[] keys = new int[FEATURES];
    private long allLogins;
    private int knownCustomers;

    FreemanReplay(Logins logins) {
        this.logins = logins;
        this.customers = new IntCounts[logins.users.size()];
        this.customerLogins = new int[logins.users.size()];
    }

    double score(int row) {
        keys(row);
        IntCounts customer = customers[logins.user(row)];
        return FreemanScore.of(
                counts(customer, 0, ADDRESS_FEATURES),
                counts(customer, ADDRESS_FEATURES, FEATURES),
                customerLogins[logins.user(row)],
                allLogins,
                knownCustomers);
    }

    void learn(int row) {
        keys(row);
        int user = logins.user(row);
        if (customers[user] == null) {
            customers[user] = new IntCounts();
            knownCustomers++;
        }
        for (int key : keys) {
            customers[user].increment(key);
            everyone.increment(key);
        }
        customerLogins[user]++;
        allLogins++;
    }

    /** Honest logins of this customer so far. */
    int earlierLogins(int user) {
        return customerLogins[user];
    }

    private Counts counts(IntCounts customer, int from, int to) {
        double[] own = new double[to - from];
        double[] all = new double[to - from];
        for (int i = from; i < to; i++) {
            own[i - from] = customer == null ? 0 : customer.get(keys[i]);
            all[i - from] = everyone.get(keys[i]);
        }
        return new Counts(own, all);
    }

    private void keys(int row) {
        keys[0] = key(0, logins.address(row));
        keys[1] = key(1, logins.asn(row));
        keys[2] = key(2, logins.country(row));
        keys[3] = key(3, logins.userAgent(row));
        keys[4] = key(4, logins.browser(row));
        keys[5] = key(5, logins.system(row));
        keys[6] = key(6, logins.deviceType(row));
    }

    private static int key(int feature, int value) {
        return value << 3 | feature;
    }
}
