package jp.sekisho.policies.risk;

import jp.sekisho.policies.risk.History.Node;
import jp.sekisho.policies.risk.Signal.Block;

/**
 * What the chain of a block weighs: ln[(λ0·G + λ1·G_home + λ2·P_u) / P_u], before the block's bounds.
 *
 * @param nats at least ln λ2
 * @param reason the first level that the customer was never seen with
 */
record ChainScore(double nats, Reason reason) {

    static ChainScore of(Chain chain, Block block, History history, Population population, RiskPolicy policy) {
        Walk walk = new Walk(block, history, population, policy);
        return chain.withheld() ? walk.worst() : walk.along(chain);
    }

    /** One walk down the customer's tree. */
    private static final class Walk {
        private final Block block;
        private final History history;
        private final Population population;
        private final RiskPolicy policy;
        private final double m;
        private final String home;
        private final String residence;
        private final double prior;

        Walk(Block block, History history, Population population, RiskPolicy policy) {
            this.block = block;
            this.history = history;
            this.population = population;
            this.policy = policy;
            this.m = policy.smoothing();
            this.home = block == Block.PLACE ? history.homeCountry() : null;
            this.residence =
                    block == Block.PLACE ? history.account().residence().orElse(null) : null;
            this.prior = residence == null
                    ? 0
                    : policy.residence().weight()
                            * Statistic.decay(
                                    history.account().createdAt(),
                                    history.at(),
                                    policy.residence().halfLife());
        }

        ChainScore along(Chain chain) {
            double ratio = 1;
            double homeShare = 1;
            Reason unseen = null;
            Node parent = history.root(block);
            for (int level = 0; level < chain.length(); level++) {
                String key = chain.key(level);
                Node node = history.node(block, key);
                if (!chain.skipped(level)) {
                    if (level == 0) {
                        homeShare = homeShare(key, population.share(chain.dimension(0), Chain.ROOT, key));
                    }
                    double compared = compared(parent, level);
                    double weight = weight(node, key, level);
                    ratio *= step(chain.dimension(level), chain.parent(level), key, weight, compared);
                    if (unseen == null && weight == 0 && compared > 0) {
                        unseen = unseen(level);
                    }
                }
                parent = node;
            }
            return new ChainScore(nats(ratio, homeShare), unseen == null ? usual() : unseen);
        }

        /**
         * At least what any value could weigh: never better to be silent. A step to a known value never raises the
         * ratio by more than the next new value under it would lose, g·(w + m) ≤ w + m·g; so nothing exceeds a new
         * value at the root, but for G_home a new value at home.
         */
        ChainScore worst() {
            Node root = history.root(block);
            double worst = mix((root.weight + prior + m) / m, 1);
            if (home != null) {
                Node node = history.node(block, home);
                double share = population.share(Dimension.COUNTRY, Chain.ROOT, home);
                double ratio = step(Dimension.COUNTRY, Chain.ROOT, home, weight(node, home, 0), compared(root, 0));
                double under = node == null ? 0 : node.weight;
                worst = Math.max(worst, mix(ratio * (under + m) / m, homeShare(home, share)));
            }
            return new ChainScore(Math.log(worst), Reason.WITHHELD_EVIDENCE);
        }

        /** g / p_u at one level; 1 where nothing is known under the parent. */
        private double step(Dimension dimension, String parent, String key, double weight, double compared) {
            double g = population.share(dimension, parent, key);
            return g * (compared + m) / (weight + m * g);
        }

        // The residence joins PLACE as logins that never happened.
        private double weight(Node node, String key, int level) {
            double learned = node == null ? 0 : node.weight;
            return level == 0 && key.equals(residence) ? learned + prior : learned;
        }

        private double compared(Node parent, int level) {
            double learned = parent == null ? 0 : parent.compared();
            return level == 0 ? learned + prior : learned;
        }

        /** G_home as a multiple of G: 1/g of the country at home, 0 elsewhere, 1 where there is no home. */
        private double homeShare(String country, double share) {
            if (home == null) {
                return 1;
            }
            return country.equals(home) ? 1 / share : 0;
        }

        private double nats(double ratio, double homeShare) {
            return Math.log(mix(ratio, homeShare));
        }

        private double mix(double ratio, double homeShare) {
            RiskPolicy.Mixture mixture = policy.mixture();
            return mixture.stranger() * ratio + mixture.compatriot() * homeShare * ratio + mixture.imitator();
        }

        private Reason unseen(int level) {
            if (block == Block.CLIENT) {
                return Reason.NEW_CLIENT;
            }
            return switch (level) {
                case 0 -> Reason.NEW_COUNTRY;
                case 1 -> Reason.NEW_NETWORK;
                case 2 -> Reason.NEW_PREFIX;
                default -> Reason.NEW_ADDRESS;
            };
        }

        private Reason usual() {
            return block == Block.CLIENT ? Reason.USUAL_CLIENT : Reason.USUAL_PLACE;
        }
    }
}
