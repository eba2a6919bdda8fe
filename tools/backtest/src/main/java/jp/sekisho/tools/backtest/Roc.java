package jp.sekisho.tools.backtest;

/**
 * The trade between attacks stopped and honest logins asked, over all thresholds.
 *
 * @param asked shares of the honest logins, ascending
 * @param stopped shares of the attacks at the same thresholds
 * @param area under the curve, NaN where there are no attacks or no honest logins
 */
record Roc(double[] asked, double[] stopped, double area) {

    private static final int POINTS = 400;

    static Roc of(double[] attacks, double[] honest) {
        double[] asked = new double[POINTS + 1];
        double[] stopped = new double[POINTS + 1];
        if (attacks.length == 0 || honest.length == 0) {
            return new Roc(new double[0], new double[0], Double.NaN);
        }
        for (int i = 0; i <= POINTS; i++) {
            // Dense where few are asked, which is where anybody would work.
            double share = Math.pow((double) i / POINTS, 2);
            int allowed = (int) Math.floor(share * honest.length);
            double threshold = allowed == honest.length
                    ? Double.NEGATIVE_INFINITY
                    : Math.nextUp(honest[honest.length - 1 - allowed]);
            asked[i] = (double) from(honest, threshold) / honest.length;
            stopped[i] = (double) from(attacks, threshold) / attacks.length;
        }
        return new Roc(asked, stopped, area(attacks, honest));
    }

    /** The probability that an attack scores above an honest login, ties by half. */
    private static double area(double[] attacks, double[] honest) {
        double wins = 0;
        for (double attack : attacks) {
            int below = honest.length - from(honest, attack);
            int ties = from(honest, attack) - from(honest, Math.nextUp(attack));
            wins += below + ties / 2.0;
        }
        return wins / attacks.length / honest.length;
    }

    /** How many of the ascending values are at least the threshold. */
    private static int from(double[] ascending, double threshold) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return ascending.length - low;
    }
}
