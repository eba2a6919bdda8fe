package jp.sekisho.policies.risk;

import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.risk.Signal.Block;

/**
 * The values of one block in an operation's evidence, from the general to the particular; the key of each level holds
 * its parents. A level that the channel cannot have is skipped: it has the component {@value #SKIPPED} and the
 * probability 1.
 */
final class Chain {

    static final int LEVELS = 4;
    static final char SEPARATOR = '|';
    static final String SKIPPED = "-";
    static final String ROOT = "";

    private static final int MAX_COMPONENT = 50;
    private static final Dimension[] PLACE = {Dimension.COUNTRY, Dimension.ASN, Dimension.PREFIX, Dimension.ADDRESS};
    private static final Dimension[] CLIENT = {
        Dimension.DEVICE_TYPE, Dimension.OS, Dimension.BROWSER, Dimension.BROWSER_VERSION
    };

    private final Dimension[] dimensions;
    private final String[] keys = new String[LEVELS];
    private final boolean[] skipped = new boolean[LEVELS];
    private int length;
    private boolean withheld;
    private boolean collected;

    private Chain(Dimension[] dimensions) {
        this.dimensions = dimensions;
    }

    static Chain place(Evidence evidence) {
        Chain chain = new Chain(PLACE);
        chain.add(evidence.place() instanceof Field.Present<Place> f ? f.value().country() : missing(evidence.place()));
        chain.add(
                evidence.network() instanceof Field.Present<Network> f
                        ? Long.toString(f.value().asn())
                        : missing(evidence.network()));
        ClientAddress address = evidence.address() instanceof Field.Present<ClientAddress> f ? f.value() : null;
        chain.add(address != null ? address.prefix() : missing(evidence.address()));
        chain.add(address != null ? address.address() : missing(evidence.address()));
        return chain;
    }

    static Chain client(Field<UserAgent> field) {
        Chain chain = new Chain(CLIENT);
        UserAgent agent = field instanceof Field.Present<UserAgent> f ? f.value() : null;
        chain.add(agent != null ? agent.deviceType() : missing(field));
        chain.add(agent != null ? agent.os() : missing(field));
        chain.add(agent != null ? agent.browser() : missing(field));
        chain.add(agent != null ? agent.majorVersion() : missing(field));
        return chain;
    }

    /** The levels above the first that was withheld. */
    int length() {
        return length;
    }

    Dimension dimension(int level) {
        return dimensions[level];
    }

    String key(int level) {
        return keys[level];
    }

    String parent(int level) {
        return level == 0 ? ROOT : keys[level - 1];
    }

    boolean skipped(int level) {
        return skipped[level];
    }

    /** Whether a level is missing that this channel normally has. */
    boolean withheld() {
        return withheld;
    }

    /** Whether there is anything to judge. */
    boolean collected() {
        return collected || withheld;
    }

    static Dimension[] levels(Block block) {
        return block == Block.PLACE ? PLACE : CLIENT;
    }

    static String parentOf(String key) {
        int end = key.lastIndexOf(SEPARATOR);
        return end < 0 ? ROOT : key.substring(0, end);
    }

    static boolean isSkipped(String key) {
        int last = key.length() - 1;
        return last >= 0 && key.charAt(last) == '-' && (last == 0 || key.charAt(last - 1) == SEPARATOR);
    }

    private static String missing(Field<?> field) {
        return field instanceof Field.Withheld<?> ? null : SKIPPED;
    }

    @SuppressWarnings("StringEquality")
    private void add(String value) {
        if (withheld || value == null) {
            withheld = true;
            return;
        }
        // By identity: a client that calls itself "-" is a value, not a missing one.
        boolean skip = value == SKIPPED;
        String component = skip ? value : component(value);
        skipped[length] = skip;
        collected |= !skip;
        keys[length] = length == 0 ? component : keys[length - 1] + SEPARATOR + component;
        length++;
    }

    private static String component(String value) {
        if (value.isEmpty()) {
            return "?";
        }
        String bounded = value.length() > MAX_COMPONENT ? value.substring(0, MAX_COMPONENT) : value;
        return bounded.equals("-") ? "_" : bounded.replace(SEPARATOR, '_');
    }
}
