package jp.sekisho.policies.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.risk.Signal.Block;

/**
 * What is known of one customer, as it stands at one instant. Immutable; indexed once, here.
 *
 * <p>Read from one table, one row a {@link Statistic}, by one query on the customer; the account's own facts come from
 * the user. The order of the rows does not matter.
 */
public final class History {

    /**
     * A value in the customer's tree of a block. Its weight is at least that of the values under it, so that what they
     * are worth together never exceeds a probability of one, whatever was evicted.
     */
    static final class Node {
        final String key;
        double weight;
        double children;
        double skipped;
        Node firstChild;
        Node nextSibling;

        Node(String key) {
            this.key = key;
        }

        /** The weight of the logins that brought a value of the next level. */
        double compared() {
            return weight - skipped;
        }
    }

    private final Account account;
    private final Instant at;
    private final Map<String, Node> place = new HashMap<>();
    private final Map<String, Node> client = new HashMap<>();
    private final double[] hours = new double[24];
    private double hoursTotal;
    private double devicesReturned;
    private double devicesNew;
    private double logins;
    private long learnedLogins;
    private Optional<LastLogin> lastLogin = Optional.empty();

    private History(Account account, Instant at) {
        this.account = account;
        this.at = at;
    }

    /** A customer of whom nothing was learned. */
    public static History none(Account account, Instant at) {
        return of(account, List.of(), at, Duration.ofDays(1));
    }

    /**
     * @param account what the user record says
     * @param rows all of the customer's rows
     * @param at the instant of the operation; counts are decayed to it
     * @param halfLife of the policy
     */
    public static History of(Account account, Collection<Statistic> rows, Instant at, Duration halfLife) {
        History history = new History(account, at);
        Levels placeLevels = new Levels(history.place);
        Levels clientLevels = new Levels(history.client);
        for (Statistic row : rows) {
            double count = row.countAt(at, halfLife);
            switch (row.dimension()) {
                case COUNTRY, ASN, PREFIX, ADDRESS -> placeLevels.add(row, count);
                case DEVICE_TYPE, OS, BROWSER, BROWSER_VERSION -> clientLevels.add(row, count);
                case HOUR -> history.addHour(row.key(), count);
                case DEVICE_RETURNED -> history.devicesReturned += count;
                case DEVICE_NEW -> history.devicesNew += count;
                case LOGINS -> history.logins += count;
                case LOGINS_TOTAL -> history.learnedLogins += Math.round(row.count());
                case LAST_LOGIN -> history.addLogin(LastLogin.of(row));
            }
        }
        placeLevels.link();
        clientLevels.link();
        return history;
    }

    private void addHour(String key, double count) {
        hours[Integer.parseInt(key)] += count;
        hoursTotal += count;
    }

    private void addLogin(LastLogin login) {
        if (lastLogin.isEmpty() || login.at().isAfter(lastLogin.get().at())) {
            lastLogin = Optional.of(login);
        }
    }

    public Account account() {
        return account;
    }

    /** The instant its counts were decayed to. */
    public Instant at() {
        return at;
    }

    /** Learned logins, each counted, whenever they were. */
    public long learnedLogins() {
        return learnedLogins;
    }

    /** Learned weight, decayed. */
    public double logins() {
        return logins;
    }

    public Optional<LastLogin> lastLogin() {
        return lastLogin;
    }

    double devicesReturned() {
        return devicesReturned;
    }

    double devicesNew() {
        return devicesNew;
    }

    double hour(int hour) {
        return hours[hour];
    }

    double hoursTotal() {
        return hoursTotal;
    }

    Node root(Block block) {
        return tree(block).get(Chain.ROOT);
    }

    /** The node of a value, null where the customer was never seen with it. */
    Node node(Block block, String key) {
        return tree(block).get(key);
    }

    private Map<String, Node> tree(Block block) {
        return block == Block.PLACE ? place : client;
    }

    /** The country of most logins, else of residence, else null. */
    String homeCountry() {
        Node usual = null;
        for (Node node = root(Block.PLACE).firstChild; node != null; node = node.nextSibling) {
            boolean heavier = usual == null
                    || node.weight > usual.weight
                    || (node.weight == usual.weight && node.key.compareTo(usual.key) < 0);
            if (heavier && !Chain.isSkipped(node.key)) {
                usual = node;
            }
        }
        return usual != null ? usual.key : account.residence().orElse(null);
    }

    /** Builds the tree from the particular to the general. */
    private static final class Levels {
        private final Map<String, Node> tree;
        private final List<List<Node>> byDepth = new ArrayList<>(Chain.LEVELS + 1);

        Levels(Map<String, Node> tree) {
            this.tree = tree;
            for (int depth = 0; depth <= Chain.LEVELS; depth++) {
                byDepth.add(new ArrayList<>());
            }
            node(Chain.ROOT, 0);
        }

        void add(Statistic row, double count) {
            node(row.key(), row.dimension().depth()).weight += count;
        }

        void link() {
            for (int depth = Chain.LEVELS; depth > 0; depth--) {
                for (Node node : byDepth.get(depth)) {
                    node.weight = Math.max(node.weight, node.children);
                    Node parent = node(Chain.parentOf(node.key), depth - 1);
                    parent.children += node.weight;
                    if (Chain.isSkipped(node.key)) {
                        parent.skipped = node.weight;
                    }
                    node.nextSibling = parent.firstChild;
                    parent.firstChild = node;
                }
            }
            Node root = tree.get(Chain.ROOT);
            root.weight = root.children;
        }

        private Node node(String key, int depth) {
            Node node = tree.get(key);
            if (node == null) {
                node = new Node(key);
                tree.put(key, node);
                byDepth.get(depth).add(node);
            }
            return node;
        }
    }
}
