package jp.sekisho.policies.password;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others know of a customer, too: no password contains it.
 *
 * @param names names and user name, each in every script that is known of it
 * @param birthday where known
 * @param phones in any notation
 * @param mails addresses of mail; the part before the @ counts
 * @param numbers of customer and accounts
 */
public record OwnData(
        List<String> names,
        Optional<LocalDate> birthday,
        List<String> phones,
        List<String> mails,
        List<String> numbers) {

    public static final OwnData NONE = new OwnData(List.of(), Optional.empty(), List.of(), List.of(), List.of());

    /** A shorter one in Latin letters counts as a word of its own only: "abe" is no part of "alphabet". */
    private static final int LATIN_WITHIN = 4;

    private static final int LATIN_ALONE = 3;
    private static final int DIGITS = 4;
    private static final int SUBSCRIBER = 8;
    private static final List<String> DATES = List.of(
            "yyyyMMdd", "yyMMdd", "yyyyMd", "yyMd", "ddMMyyyy", "MMddyyyy", "ddMMyy", "MMddyy", "MMdd", "yyyyMM");

    public OwnData {
        names = List.copyOf(names);
        phones = List.copyOf(phones);
        mails = List.copyOf(mails);
        numbers = List.copyOf(numbers);
    }

    Optional<Fault> within(String password) {
        Set<String> meanings = Spelling.meanings(password);
        if (names.stream().flatMap(OwnData::spellings).anyMatch(name -> within(name, password, meanings))) {
            return Optional.of(Fault.OWN_NAME);
        }
        if (mails.stream().flatMap(OwnData::localParts).anyMatch(part -> within(part, password, meanings))) {
            return Optional.of(Fault.OWN_ADDRESS);
        }
        if (phones.stream().flatMap(OwnData::dialled).anyMatch(digits -> anyHas(meanings, digits))) {
            return Optional.of(Fault.OWN_PHONE);
        }
        if (numbers.stream().map(Spelling::letters).anyMatch(n -> n.length() >= DIGITS && anyHas(meanings, n))) {
            return Optional.of(Fault.OWN_NUMBER);
        }
        if (birthday.stream().flatMap(OwnData::written).anyMatch(date -> anyHas(meanings, date))) {
            return Optional.of(Fault.OWN_BIRTHDAY);
        }
        return Optional.empty();
    }

    /** What an estimate of strength should know besides its dictionaries. */
    public List<String> words() {
        return Stream.concat(
                        names.stream().flatMap(OwnData::spellings),
                        mails.stream().flatMap(OwnData::localParts))
                .distinct()
                .toList();
    }

    private static boolean within(String word, String password, Set<String> meanings) {
        boolean latin = word.chars().allMatch(c -> c < 128);
        if (!latin || word.length() >= LATIN_WITHIN) {
            return anyHas(meanings, word);
        }
        return word.length() == LATIN_ALONE
                && List.of(Spelling.folded(password).split("[^a-z]+")).contains(word);
    }

    private static boolean anyHas(Set<String> meanings, String word) {
        return meanings.stream().anyMatch(meant -> meant.contains(word));
    }

    /** Japanese names as they stand, and their kana in Latin letters. */
    private static Stream<String> spellings(String name) {
        Set<String> words = new HashSet<>();
        for (String part : Spelling.folded(name).split("[\\s・･,.]+")) {
            String word = Spelling.letters(part);
            words.add(word);
            words.addAll(Kana.latin(word));
        }
        words.removeIf(String::isEmpty);
        return words.stream();
    }

    private static Stream<String> localParts(String mail) {
        String local = mail.contains("@") ? mail.substring(0, mail.lastIndexOf('@')) : mail;
        return Stream.concat(Stream.of(local), Stream.of(local.split("[._+-]")))
                .map(Spelling::letters)
                .filter(part -> part.length() >= LATIN_WITHIN);
    }

    /** The whole number at home and from abroad, what a neighbour dials, and the last four digits. */
    private static Stream<String> dialled(String phone) {
        String digits = Spelling.digits(phone).replaceFirst("^81(?=[1-9])", "0");
        if (digits.length() < SUBSCRIBER) {
            return Stream.empty();
        }
        return Stream.of(
                digits,
                digits.replaceFirst("^0", ""),
                digits.substring(digits.length() - SUBSCRIBER),
                digits.substring(digits.length() - DIGITS));
    }

    private static Stream<String> written(LocalDate date) {
        return Stream.concat(
                DATES.stream()
                        .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                                .format(date)),
                Stream.concat(inEra(date), Stream.of(date.getYear() + "年" + date.getMonthValue() + "月")))
                .map(Spelling::letters)
                .filter(text -> text.length() >= DIGITS)
                .collect(Collectors.toSet())
                .stream();
    }

    /** 昭和50年4月12日, S50.4.12, 500412. */
    private static Stream<String> inEra(LocalDate date) {
        JapaneseDate japanese;
        try {
            japanese = JapaneseDate.from(date);
        } catch (DateTimeException beforeTheCalendar) {
            return Stream.empty();
        }
        JapaneseEra era = japanese.getEra();
        int year = japanese.get(ChronoField.YEAR_OF_ERA);
        int month = date.getMonthValue();
        int day = date.getDayOfMonth();
        String padded = String.format(Locale.ROOT, "%02d%02d%02d", year, month, day);
        String plain = "" + year + month + day;
        String letter = era.getDisplayName(TextStyle.NARROW, Locale.ENGLISH);
        String name = era.toString();
        String kanji = era.getDisplayName(TextStyle.FULL, Locale.JAPAN);
        return Stream.of(
                padded,
                letter + padded,
                letter + plain,
                name + padded,
                name + plain,
                name + year,
                kanji + padded,
                kanji + plain,
                kanji + year + "年" + month + "月" + day);
    }
}
