package jp.sekisho.policies.password;

import java.util.List;

/** Keys and characters next to each other, and the same thing again and again. */
final class Walks {

    /**
     * @param keys in the order in which a finger or the alphabet walks
     * @param least so many in a row are a walk: more where the line has vowels and so is part of words
     */
    private record Line(String keys, int least) {

        boolean walkedIn(String text) {
            return forwards(text) || forwards(new StringBuilder(text).reverse().toString());
        }

        private boolean forwards(String text) {
            int run = 1;
            for (int i = 1; i < text.length(); i++) {
                int key = keys.indexOf(text.charAt(i - 1));
                boolean next = key >= 0 && key + 1 < keys.length() && keys.charAt(key + 1) == text.charAt(i);
                run = next ? run + 1 : 1;
                if (run >= least) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final List<Line> RUNS = List.of(
            new Line("0123456789", 4),
            new Line("abcdefghijklmnopqrstuvwxyz", 5),
            new Line("abcd", 4),
            new Line("wxyz", 4),
            new Line("アイウエオ", 4),
            new Line("イロハニホヘト", 4));

    /** US and JIS (JIS X 6002): where the two differ, a line of each; the upper rows with the shift key held, too. */
    private static final List<Line> KEYBOARD = List.of(
            new Line("1234567890-=", 4),
            new Line("1234567890-^", 4),
            new Line("!@#$%^&*()_+", 4),
            new Line("!\"#$%&'()=~|", 4),
            new Line("qwertyuiop[]", 5),
            new Line("qwertyuiop@[", 5),
            new Line("qwer", 4),
            new Line("uiop@[", 4),
            new Line("asdfghjkl;'", 4),
            new Line("asdfghjkl;:]", 4),
            new Line("zxcvbnm,./", 4),
            new Line("1qaz", 4),
            new Line("2wsx", 4),
            new Line("3edc", 4),
            new Line("4rfv", 4),
            new Line("5tgb", 4),
            new Line("6yhn", 4),
            new Line("7ujm", 4),
            new Line("8ik,", 4),
            new Line("9ol.", 4),
            new Line("0p;/", 4),
            // The kana on the same keys.
            new Line("ヌフアウエオヤユヨワ", 4),
            new Line("タテイスカンナニラセ", 4),
            new Line("チトシハキクマノリレケム", 4),
            new Line("ツサソヒコミモネルメロ", 4));

    private Walks() {}

    /** The same character four times, or the same piece three times, or nothing but one piece. */
    static boolean repeats(String folded) {
        return folded.matches("(?s).*(.)\\1{3}.*|.*(.{2,16})\\2{2}.*|(.{1,64})\\3+");
    }

    static boolean runs(String folded) {
        return RUNS.stream().anyMatch(line -> line.walkedIn(folded));
    }

    static boolean onKeyboard(String folded) {
        return KEYBOARD.stream().anyMatch(line -> line.walkedIn(folded));
    }
}
