package jp.sekisho.policies.payee;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The characters of the Japanese bank-transfer format, as {@code zengin.properties} has them with their sources. */
final class Zengin {

    private static final char VOICED = '\u3099';
    private static final char SEMIVOICED = '\u309A';

    private static final ResourceBundle DATA =
            ResourceBundle.getBundle("jp.sekisho.policies.payee.zengin", Locale.ROOT, Zengin.class.getClassLoader());

    static final int PLACES = Integer.parseInt(DATA.getString("places"));
    static final int RECORD = Integer.parseInt(DATA.getString("record"));

    private static final Set<Integer> LETTERS = characters("letters");
    private static final Set<Integer> MARKS = characters("marks");
    private static final Set<Integer> LEFT_OUT = characters("left-out");
    private static final Set<Integer> CAN_BE_VOICED = characters("voiced");
    private static final Set<Integer> CAN_BE_SEMIVOICED = characters("semivoiced");
    private static final Map<Integer, Integer> WRITTEN = written();
    private static final Map<Integer, Integer> HALF_WIDTH = halfWidth();
    private static final Map<String, String> FORMS = forms();
    private static final Pattern FORM = formPattern();

    private Zengin() {}

    /** In the format's letters, of full width, each mark of voice on its own; what the format does not have stays as it is. */
    static String spelt(String name) {
        String voices = name.replace('゛', VOICED).replace('゜', SEMIVOICED);
        String composed = Normalizer.normalize(voices, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        StringBuilder spelt = new StringBuilder();
        Normalizer.normalize(composed, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> !accent(c) && !LEFT_OUT.contains(c))
                .map(Zengin::katakana)
                .map(c -> WRITTEN.getOrDefault(c, c))
                .forEach(spelt::appendCodePoint);
        return abbreviated(spelt.toString().strip().replaceAll("\\s+", " "));
    }

    /** Whether the format has each of its characters, and one of them is a letter. */
    static boolean has(String spelt) {
        int before = 0;
        boolean letters = false;
        for (int c : spelt.codePoints().toArray()) {
            boolean letter = LETTERS.contains(c);
            boolean voice = c == VOICED && CAN_BE_VOICED.contains(before)
                    || c == SEMIVOICED && CAN_BE_SEMIVOICED.contains(before);
            if (!letter && !voice && !MARKS.contains(c) && c != ' ') {
                return false;
            }
            letters |= letter;
            before = c;
        }
        return letters;
    }

    static String halfWidth(String spelt) {
        StringBuilder narrow = new StringBuilder();
        spelt.codePoints().map(c -> HALF_WIDTH.getOrDefault(c, c)).forEach(narrow::appendCodePoint);
        return narrow.toString();
    }

    /** Behind it at the beginning, before it at the end, on both sides within. */
    private static String abbreviated(String name) {
        return FORM.matcher(name).replaceAll(form -> {
            String letters = FORMS.get(form.group().replaceAll("[() ]", ""));
            String before = form.start() == 0 ? "" : "(";
            String after = form.end() == name.length() && form.start() > 0 ? "" : ")";
            return before + letters + after;
        });
    }

    private static Pattern formPattern() {
        Comparator<String> longestFirst =
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());
        String within = FORMS.keySet().stream().sorted(longestFirst).collect(Collectors.joining("|"));
        String alone = FORMS.keySet().stream()
                .filter(word -> word.length() > 1 && !FORMS.containsValue(word))
                .sorted(longestFirst)
                .collect(Collectors.joining("|"));
        return Pattern.compile(
                " ?\\((?:" + within + ")\\) ?| ?(?:" + alone + ") ?|^(?:" + within + ")\\) ?| ?\\((?:" + within + ")$");
    }

    /** Each way to say or write a form, and what stands for it. */
    private static Map<String, String> forms() {
        Map<String, String> forms = new HashMap<>();
        for (String form : DATA.getString("forms").split(" +")) {
            String[] parts = form.split(":");
            String letters = decomposed(parts[0]);
            forms.put(letters, letters);
            Stream.of(parts[1].split(",")).forEach(word -> forms.put(decomposed(word), letters));
        }
        return Map.copyOf(forms);
    }

    private static String decomposed(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD);
    }

    private static boolean accent(int c) {
        return c >= 0x300 && c <= 0x36F;
    }

    private static int katakana(int c) {
        return c >= 'ぁ' && c <= 'ゖ' ? c - 'ぁ' + 'ァ' : c;
    }

    private static Set<Integer> characters(String key) {
        return Set.copyOf(DATA.getString(key).codePoints().boxed().collect(Collectors.toCollection(HashSet::new)));
    }

    private static Map<Integer, Integer> written() {
        int[] from = DATA.getString("instead-of").codePoints().toArray();
        int[] to = DATA.getString("written").codePoints().toArray();
        if (from.length != to.length) {
            throw new IllegalStateException("zengin.properties: instead-of and written differ in length");
        }
        Map<Integer, Integer> written = new HashMap<>();
        for (int i = 0; i < from.length; i++) {
            written.put(from[i], to[i]);
        }
        return Map.copyOf(written);
    }

    private static Map<Integer, Integer> halfWidth() {
        Map<Integer, Integer> narrow = new HashMap<>();
        for (int half = 'ｱ'; half <= 'ﾝ'; half++) {
            narrow.put(
                    Normalizer.normalize(Character.toString(half), Normalizer.Form.NFKC)
                            .codePointAt(0),
                    half);
        }
        narrow.put((int) VOICED, (int) 'ﾞ');
        narrow.put((int) SEMIVOICED, (int) 'ﾟ');
        return Map.copyOf(narrow);
    }
}
