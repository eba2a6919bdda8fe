package jp.sekisho.policies.payee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HolderNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "セキショ タロウ | ｾｷｼﾖ ﾀﾛｳ",
                "せきしょ　たろう | ｾｷｼﾖ ﾀﾛｳ",
                "キュウヨ イチロウ | ｷﾕｳﾖ ｲﾁﾛｳ",
                "ｶﾞｸ ﾊﾟﾙﾏ | ｶﾞｸ ﾊﾟﾙﾏ",
                "ヴァイオレット エマ | ｳﾞｱｲｵﾚﾂﾄ ｴﾏ",
                "ワタナベ ヲウ | ﾜﾀﾅﾍﾞ ｵｳ",
                "オーノ ジロー | ｵ-ﾉ ｼﾞﾛ-",
                "ジョン・スミス | ｼﾞﾖﾝ.ｽﾐｽ",
                "Ｊｏｈｎ　Ｓｍｉｔｈ | JOHN SMITH",
                "José Núñez | JOSE NUNEZ",
                "O’Brien Patrick | OBRIEN PATRICK",
                "Groß Jürgen | GROSS JURGEN",
                "カブシキガイシャ セキショ | ｶ)ｾｷｼﾖ",
                "株式会社セキショ | ｶ)ｾｷｼﾖ",
                "㈱セキショ | ｶ)ｾｷｼﾖ",
                "(カ)セキショ | ｶ)ｾｷｼﾖ",
                "カ) セキショ | ｶ)ｾｷｼﾖ",
                "セキショ株式会社 | ｾｷｼﾖ(ｶ",
                "セキショ(カ) | ｾｷｼﾖ(ｶ",
                "セキショ株式会社カスミガセキシシャ | ｾｷｼﾖ(ｶ)ｶｽﾐｶﾞｾｷｼｼﾔ",
                "ゴウドウガイシャ ネクサス・ツールズ | ﾄﾞ)ﾈｸｻｽ.ﾂ-ﾙｽﾞ",
                "シュウキョウホウジン セキデラ | ｼﾕｳ)ｾｷﾃﾞﾗ",
                "トクテイヒエイリカツドウホウジン マモリ | ﾄｸﾋ)ﾏﾓﾘ"
            })
    void isWrittenAsBanksKeepIt(String name, String written) {
        assertThat(HolderName.written(name)).isEqualTo(written);
        assertThat(HolderName.valid(name)).isTrue();
        assertThat(HolderName.written(written)).isEqualTo(written);
        assertThat(HolderName.same(name, written)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Family and given name in either order, with and without a space.
                "セキショ タロウ | ﾀﾛｳ ｾｷｼﾖ",
                "セキショ タロウ | ｾｷｼﾖﾀﾛｳ",
                "セキショ タロウ | ﾀﾛｳｾｷｼﾖ",
                "Smith John Fitzgerald | JOHN FITZGERALD SMITH",
                "Smith-Jones Mary | MARY SMITH JONES",
                "ジョン.スミス | スミス ジョン",
                // Mark and letter apart, as full-width marks, as half-width ones.
                "ガク タダシ | カ゛ク タタ゛シ",
                "ガク タダシ | ｶﾞｸ ﾀﾀﾞｼ",
                // Kana of two kinds and both sizes.
                "ちゃや きょうこ | チヤヤ キヨウコ"
            })
    void isTheSame(String one, String other) {
        assertThat(HolderName.same(one, other)).isTrue();
        assertThat(HolderName.same(other, one)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 48})
    void ofALongNameBanksKeepTheBeginning(int places) {
        String name = "アレクサンドラ エリザベスマリア コンスタンティノープル ヴィルヘルミーナ フォンホーエンツォレルン";
        String kept = HolderName.written(name).substring(0, places);
        assertThat(HolderName.same(kept, name)).isTrue();
        assertThat(HolderName.same(name, kept)).isTrue();
        assertThat(HolderName.same(kept.substring(1), name)).isFalse();
        assertThat(HolderName.same(kept.substring(0, places - 1), name)).isFalse();
    }

    /** Differs for an honest reason, perhaps: a person looks at it, and nobody is refused for it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Married name.
                "セキショ ハナコ | ヤマダ ハナコ",
                // Trade name, with and without the person's own.
                "セキショ タロウ | ﾏﾙﾔ ｼﾖｳﾃﾝ",
                "セキショ タロウ | ﾏﾙﾔ ｼﾖｳﾃﾝ ｾｷｼﾖ ﾀﾛｳ",
                // The firm of a person is not the person.
                "セキショ | カ)セキショ",
                "カ)セキショ | ユ)セキショ",
                // Before and behind are two firms.
                "カ)セキショ | セキショ(カ",
                // Foreign names: no one kana for Latin letters, and a middle name that one side lacks.
                "スミス ジョン | SMITH JOHN",
                "SMITH JOHN | SMITH JOHN F",
                // A long vowel and a voice make another name: 大野 and 小野, 高木 and 高儀.
                "オーノ タロウ | オノ タロウ",
                "オオノ タロウ | オノ タロウ",
                "タカギ タロウ | タカキ タロウ",
                "ヴェラ エマ | ベラ エマ",
                // Not the beginning of a record that is full.
                "セキショ タロウ | ｾｷｼﾖ ﾀﾛ"
            })
    void isNotTheSame(String one, String other) {
        assertThat(HolderName.same(one, other)).isFalse();
        assertThat(HolderName.same(other, one)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "　",
                "関所 太郎",
                "髙橋 一郎",
                "ｾｷｼﾖ*ﾀﾛｳ",
                "ｾｷｼﾖ<b>",
                "()-",
                "゛セキ",
                "ア゛キ",
                "マ゜キ",
                "Ω",
                "😀",
                "セキショ\u0000",
                "アアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアアア"
            })
    void isNothingThatATransferCarries(String name) {
        assertThat(HolderName.valid(name)).isFalse();
    }

    @Test
    void ofANameInKanjiNothingIsKnown() {
        assertThat(HolderName.same("関所 太郎", "関所 太郎")).isFalse();
    }

    @Test
    void aCustomerMayHaveANameInKanaAndOneInLatinLetters() {
        List<String> names = List.of("スミス ジョン", "John Smith");
        assertThat(HolderName.same("ｽﾐｽ ｼﾞﾖﾝ", names)).isTrue();
        assertThat(HolderName.same("SMITH JOHN", names)).isTrue();
        assertThat(HolderName.same("SMITH JANE", names)).isFalse();
        assertThat(HolderName.same("SMITH JOHN", List.of())).isFalse();
    }

    @Property
    void anythingIsReadAndWhatIsWrittenStays(@ForAll String one, @ForAll String other) {
        String written = HolderName.written(one);
        assertThat(HolderName.same(one, other)).isEqualTo(HolderName.same(other, one));
        if (HolderName.valid(one)) {
            assertThat(HolderName.written(written)).isEqualTo(written);
            assertThat(HolderName.valid(written)).isTrue();
            assertThat(HolderName.same(one, written)).isTrue();
        }
    }
}
