package jp.sekisho.policies.payee;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The holder of a bank account: the same as the customer, or not. It says no more than that: trade names, married names and names
 * of foreigners differ for honest reasons, so whoever asks has a person look at what differs, and refuses nobody for it.
 *
 * <p>Family and given name may come in either order, with or without a space. Kana are compared with kana and Latin letters with
 * Latin letters: there is no one way to write the one in the other, so a customer who has both names is asked for both.
 */
public final class HolderName {

    private static final int MOST_PARTS = 4;

    private HolderName() {}

    /** Whether a transfer can carry the name, once it is {@linkplain #written written} for it. */
    public static boolean valid(String name) {
        String spelt = Zengin.spelt(name);
        return Zengin.has(spelt) && Zengin.halfWidth(spelt).length() <= Zengin.PLACES;
    }

    /** As banks keep it: of half width, with small kana written large and legal forms abbreviated. */
    public static String written(String name) {
        return Zengin.halfWidth(Zengin.spelt(name));
    }

    /** Whether both are the same name; what no transfer can carry is nobody's. */
    public static boolean same(String one, String other) {
        if (!Zengin.has(Zengin.spelt(one)) || !Zengin.has(Zengin.spelt(other))) {
            return false;
        }
        Set<String> common = new HashSet<>(orders(one));
        common.retainAll(orders(other));
        return !common.isEmpty() || begins(written(one), written(other)) || begins(written(other), written(one));
    }

    /** Whether it is one of the names that a customer has. */
    public static boolean same(String holder, List<String> names) {
        return names.stream().anyMatch(name -> same(holder, name));
    }

    /** A record has so many places: of a longer name, banks keep the beginning. */
    private static boolean begins(String kept, String whole) {
        return (kept.length() == Zengin.RECORD || kept.length() == Zengin.PLACES) && whole.startsWith(kept);
    }

    /** The name in each order of its parts, without what parts them. */
    private static Set<String> orders(String name) {
        List<String> parts = Stream.of(Zengin.spelt(name).split("[ .,/]+"))
                .filter(part -> !part.isEmpty())
                // Between Latin letters a hyphen joins names; between kana it is a long vowel.
                .map(part -> part.replaceAll("(?<=[A-Z])-(?=[A-Z])", ""))
                .collect(Collectors.toCollection(ArrayList::new));
        Set<String> orders = new HashSet<>();
        if (parts.size() > MOST_PARTS) {
            orders.add(String.join("", parts));
        } else {
            permute(parts, "", orders);
        }
        return orders;
    }

    private static void permute(List<String> left, String before, Set<String> orders) {
        if (left.isEmpty()) {
            orders.add(before);
        }
        for (int i = 0; i < left.size(); i++) {
            List<String> others = new ArrayList<>(left);
            permute(others, before + others.remove(i), orders);
        }
    }
}
