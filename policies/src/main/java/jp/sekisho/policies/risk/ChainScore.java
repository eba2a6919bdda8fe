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

        /** The most that any value could weigh: never better to be silent. */
        ChainScore worst() {
            double worst = worst(history.root(block), 0, 1, 1);
            if (residence != null && history.node(block, residence) == null) {
                double ratio = step(Dimension.COUNTRY, Chain.ROOT, residence, prior, compared(history.root(block), 0));
                double share = population.share(Dimension.COUNTRY, Chain.ROOT, residence);
                worst = Math.max(worst, mix(ratio, homeShare(residence, share)));
            }
            return new ChainScore(Math.log(worst), Reason.WITHHELD_EVIDENCE);
        }

        private double worst(Node node, int level, double ratio, double homeShare) {
            double worst = mix(ratio * (compared(node, level) + m) / m, homeShare);
            if (level < Chain.LEVELS - 1) {
                Dimension dimension = Chain.levels(block)[level];
                for (Node child = node.firstChild; child != null; child = child.nextSibling) {
                    double childRatio = ratio;
                    double childHome = homeShare;
                    if (!Chain.isSkipped(child.key)) {
                        childRatio *= step(
                                dimension, node.key, child.key, weight(child, child.key, level), compared(node, level));
                        if (level == 0) {
                            childHome = homeShare(child.key, population.share(dimension, Chain.ROOT, child.key));
                        }
                    }
                    worst = Math.max(worst, worst(child, level + 1, childRatio, childHome));
                }
            }
            return worst;
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
