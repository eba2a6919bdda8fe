package jp.sekisho.policies.password;

import java.util.Set;

/** Whether who knows one of two passwords as good as knows the other. */
// FFAJ-1.4-S1
public final class Likeness {

    /** So much of the shorter one may be another without making it another. */
    private static final int IN = 3;

    /** A shorter one is no part of anything by more than chance. */
    private static final int PART = 4;

    private Likeness() {}

    public static boolean between(String one, String other) {
        Set<String> meanings = Spelling.meanings(one);
        String plain = Spelling.folded(other);
        String letters = Spelling.letters(other);
        String meant = Spelling.letters(Spelling.withoutFigures(plain));
        return meanings.stream().anyMatch(first -> near(first, plain) || near(first, letters) || near(first, meant));
    }

    private static boolean near(String one, String other) {
        String shorter = one.length() <= other.length() ? one : other;
        String longer = one.length() <= other.length() ? other : one;
        return !shorter.isEmpty() && similar(shorter, longer);
    }

    private static boolean similar(String shorter, String longer) {
        return shorter.length() >= PART && longer.contains(shorter) || edits(shorter, longer) <= shorter.length() / IN;
    }

    /** Levenshtein's: characters to insert, to leave out or to change. */
    private static int edits(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
