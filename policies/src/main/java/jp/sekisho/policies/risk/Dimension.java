package jp.sekisho.policies.risk;

import jp.sekisho.policies.risk.Signal.Block;

/**
 * What a customer's statistics are about. The names are stored: never rename, never reuse.
 *
 * <p>The levels of a chain come first, from the root down; the key of a level holds its parents' components, so
 * {@code JP|17676|203.0.113.0/24} is a {@link #PREFIX}.
 */
public enum Dimension {
    COUNTRY(Block.PLACE, 1, 8, true, 1.0 / 250),
    ASN(Block.PLACE, 2, 12, true, 1.0 / 1000),
    PREFIX(Block.PLACE, 3, 24, true, 1.0 / 1000),
    /** Too many to keep for a realm: its share within a prefix is taken as even. */
    ADDRESS(Block.PLACE, 4, 24, false, 1.0 / 256),

    DEVICE_TYPE(Block.CLIENT, 1, 4, true, 1.0 / 4),
    OS(Block.CLIENT, 2, 8, true, 1.0 / 20),
    BROWSER(Block.CLIENT, 3, 12, true, 1.0 / 50),
    BROWSER_VERSION(Block.CLIENT, 4, 16, true, 1.0 / 100),

    /** Hour of the day in the policy's zone; key {@code 00} to {@code 23}. */
    HOUR(Block.RULE, 0, 24, false, 0),
    /** Logins that brought a known device token; key empty. */
    DEVICE_RETURNED(Block.DEVICE, 0, 1, false, 0),
    /** Logins that did not; key empty. */
    DEVICE_NEW(Block.DEVICE, 0, 1, false, 0),
    /** Learned weight, decayed; key empty. */
    LOGINS(Block.RULE, 0, 1, false, 0),
    /** Number of learned logins, never decayed; key empty. */
    LOGINS_TOTAL(Block.RULE, 0, 1, false, 0),
    /** The last successful login: its instant is the row's, its place and address are the key, see {@link LastLogin}. */
    LAST_LOGIN(Block.RULE, 0, 1, false, 0);

    private final Block block;
    private final int depth;
    private final int limit;
    private final boolean aggregated;
    private final double unseen;

    Dimension(Block block, int depth, int limit, boolean aggregated, double unseen) {
        this.block = block;
        this.depth = depth;
        this.limit = limit;
        this.aggregated = aggregated;
        this.unseen = unseen;
    }

    public Block block() {
        return block;
    }

    /** 1 to 4 for the level of a chain, 0 for what is no chain. */
    public int depth() {
        return depth;
    }

    /** The number of rows kept for one customer; the lightest go first. */
    public int limit() {
        return limit;
    }

    /** Whether the realm counts its customers by this dimension, see {@link Population}. */
    public boolean aggregated() {
        return aggregated;
    }

    /** The share, of what the realm keeps for the unseen, that one unseen value of this level gets. */
    double unseen() {
        return unseen;
    }
}
