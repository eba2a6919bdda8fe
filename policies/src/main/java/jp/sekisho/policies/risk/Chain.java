package jp.sekisho.policies.risk;

import java.util.function.Function;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Field;
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
        chain.add(evidence.place(), Place::country);
        chain.add(evidence.network(), network -> Long.toString(network.asn()));
        chain.add(evidence.address(), ClientAddress::prefix);
        chain.add(evidence.address(), ClientAddress::address);
        return chain;
    }

    static Chain client(Field<UserAgent> userAgent) {
        Chain chain = new Chain(CLIENT);
        chain.add(userAgent, UserAgent::deviceType);
        chain.add(userAgent, UserAgent::os);
        chain.add(userAgent, UserAgent::browser);
        chain.add(userAgent, UserAgent::majorVersion);
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

    private <T> void add(Field<T> field, Function<T, String> part) {
        if (withheld || field instanceof Field.Withheld<T>) {
            withheld = true;
        } else if (field instanceof Field.Present<T> present) {
            collected = true;
            append(component(part.apply(present.value())), false);
        } else {
            append(SKIPPED, true);
        }
    }

    private void append(String component, boolean skip) {
        keys[length] = length == 0 ? component : keys[length - 1] + SEPARATOR + component;
        skipped[length] = skip;
        length++;
    }

    private static String component(String value) {
        if (value.isEmpty()) {
            return "?";
        }
        String bounded = value.length() > MAX_COMPONENT ? value.substring(0, MAX_COMPONENT) : value;
        for (int i = 0; i < bounded.length(); i++) {
            if (!storable(bounded.charAt(i))) {
                return replaced(bounded);
            }
        }
        return bounded.equals(SKIPPED) ? "_" : bounded;
    }

    private static String replaced(String value) {
        char[] chars = value.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = storable(chars[i]) ? chars[i] : '_';
        }
        return new String(chars);
    }

    /** What every database stores as it is and what is not ours to read: no control, no half of a pair. */
    private static boolean storable(char c) {
        return c != SEPARATOR && c >= ' ' && !Character.isSurrogate(c);
    }
}
