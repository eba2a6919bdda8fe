package jp.sekisho.policies.password;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kana in Latin letters, in every way a name is commonly spelt: Hepburn and Kunrei (Cabinet Notification No. 1 of 1954,
 * tables 1 and 2), long vowels written out, dropped or with h, the n before b, m, p as n or m.
 */
final class Kana {

    private static final char LONG = 'ー';
    private static final char DOUBLING = 'ッ';
    private static final char NASAL = 'ン';
    private static final int MOST = 256;

    /** Kana, then its spellings. */
    private static final String TABLE = """
            ア a イ i ウ u エ e オ o
            カ ka キ ki ク ku ケ ke コ ko
            サ sa シ shi,si ス su セ se ソ so
            タ ta チ chi,ti ツ tsu,tu テ te ト to
            ナ na ニ ni ヌ nu ネ ne ノ no
            ハ ha ヒ hi フ fu,hu ヘ he ホ ho
            マ ma ミ mi ム mu メ me モ mo
            ヤ ya ユ yu ヨ yo
            ラ ra リ ri ル ru レ re ロ ro
            ワ wa ヰ i,wi ヱ e,we ヲ o,wo
            ガ ga ギ gi グ gu ゲ ge ゴ go
            ザ za ジ ji,zi ズ zu ゼ ze ゾ zo
            ダ da ヂ ji,zi,di ヅ zu,du デ de ド do
            バ ba ビ bi ブ bu ベ be ボ bo
            パ pa ピ pi プ pu ペ pe ポ po
            ヴ vu,bu
            キャ kya キュ kyu キョ kyo
            シャ sha,sya シュ shu,syu ショ sho,syo シェ she
            チャ cha,tya チュ chu,tyu チョ cho,tyo チェ che
            ニャ nya ニュ nyu ニョ nyo
            ヒャ hya ヒュ hyu ヒョ hyo
            ミャ mya ミュ myu ミョ myo
            リャ rya リュ ryu リョ ryo
            ギャ gya ギュ gyu ギョ gyo
            ジャ ja,zya,jya ジュ ju,zyu,jyu ジョ jo,zyo,jyo ジェ je
            ビャ bya ビュ byu ビョ byo
            ピャ pya ピュ pyu ピョ pyo
            ファ fa フィ fi フェ fe フォ fo
            ティ ti ディ di デュ du ウィ wi ウェ we ウォ wo
            ヴァ va ヴィ vi ヴェ ve ヴォ vo
            """;

    private static final Map<String, List<String>> SPELLINGS = spellings();

    private Kana() {}

    /** A hiragana as the katakana that sounds the same; anything else as it is. */
    static int katakana(int codePoint) {
        boolean hiragana = codePoint >= 'ぁ' && codePoint <= 'ゖ';
        return hiragana ? codePoint - 'ぁ' + 'ァ' : codePoint;
    }

    /**
     * The spellings of a name.
     *
     * @param name folded
     * @return empty where it is not kana throughout
     */
    static Set<String> latin(String name) {
        Set<String> spelt = Set.of("");
        boolean doubled = false;
        int at = 0;
        while (at < name.length()) {
            char kana = name.charAt(at);
            if (kana == DOUBLING) {
                doubled = true;
                at++;
            } else if (kana == LONG) {
                spelt = append(spelt, List.of("", "h"));
                at++;
            } else if (kana == NASAL) {
                spelt = append(spelt, List.of("n", "m"));
                at++;
            } else {
                int length = at + 2 <= name.length() && SPELLINGS.containsKey(name.substring(at, at + 2)) ? 2 : 1;
                List<String> next = SPELLINGS.get(name.substring(at, at + length));
                if (next == null) {
                    return Set.of();
                }
                spelt = append(
                        spelt, doubled ? next.stream().flatMap(Kana::doubled).toList() : next);
                doubled = false;
                at += length;
            }
        }
        return spelt.stream()
                .filter(latin -> !latin.isEmpty())
                .flatMap(Kana::shortened)
                .filter(Kana::spellable)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> append(Set<String> spelt, List<String> next) {
        return spelt.stream()
                .flatMap(before -> next.stream().map(before::concat))
                .limit(MOST)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Hepburn doubles ch as tch; not everybody does. */
    private static Stream<String> doubled(String syllable) {
        String doubled = syllable.charAt(0) + syllable;
        return syllable.startsWith("ch") ? Stream.of(doubled, 't' + syllable) : Stream.of(doubled);
    }

    /** m for n only before b, m, p. */
    private static boolean spellable(String name) {
        return !name.matches(".*m([^aiueoybmp].*|$)");
    }

    private static Stream<String> shortened(String name) {
        String dropped = name.replace("ou", "o").replace("oo", "o").replace("uu", "u");
        String aspirated = name.replace("ou", "oh").replace("oo", "oh");
        return Stream.of(name, dropped, aspirated);
    }

    private static Map<String, List<String>> spellings() {
        Map<String, List<String>> spellings = new HashMap<>();
        List<String> words = new ArrayList<>(List.of(TABLE.strip().split("\\s+")));
        for (int i = 0; i < words.size(); i += 2) {
            spellings.put(words.get(i), List.of(words.get(i + 1).split(",")));
        }
        return Map.copyOf(spellings);
    }
}
