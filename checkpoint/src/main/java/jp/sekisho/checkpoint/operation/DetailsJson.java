package jp.sekisho.checkpoint.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Details.OrderType;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.policies.operation.Payee.AccountType;
import jp.sekisho.policies.payee.HolderName;

/** The details of an operation as JSON: texts throughout, so that what is signed does not hang on how anybody writes a number. */
public final class DetailsJson {

    private static final Pattern QUANTITY = Pattern.compile("(0|[1-9][0-9]{0,17})(\\.[0-9]{1,8})?");
    private static final Pattern SHARE = Pattern.compile("0(\\.[0-9]{1,8})?|1(\\.0{1,8})?");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    /** Letters, for Unicode, that show nothing: fillers of Hangul, Braille without a dot. */
    private static final String BLANK = "\u115F\u1160\u3164\uFFA0\u2800";

    /** The marks of kana, where they stand alone. */
    private static final String VOICES = "\u3099\u309A";

    private static final int NAME = 60;
    private static final int ATTRIBUTES = 20;

    private final JsonNode object;
    private final String path;

    private DetailsJson(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** @throws UnreadableDetails for what is unknown, of another type, or cannot be meant */
    public static Details read(JsonNode details) {
        DetailsJson json = in(
                details,
                "",
                "amount",
                "payee",
                "instrument",
                "side",
                "positionEffect",
                "action",
                "orderType",
                "quantity",
                "available",
                "holdingsShare",
                "dailyTurnover",
                "attributes");
        return new Details(
                json.at("amount", DetailsJson::money),
                json.at("payee", DetailsJson::payee),
                json.name("instrument"),
                json.word("side", Side.class),
                json.word("positionEffect", PositionEffect.class),
                json.word("action", Action.class).orElse(Action.PLACE),
                json.word("orderType", OrderType.class),
                json.text("quantity", QUANTITY).map(BigDecimal::new),
                json.at("available", DetailsJson::money),
                json.text("holdingsShare", SHARE).map(BigDecimal::new),
                json.at("dailyTurnover", DetailsJson::money),
                json.attributes());
    }

    /** A bank account by itself. */
    static Payee payee(JsonNode account) {
        return payee(new DetailsJson(account, ""));
    }

    private static Money money(DetailsJson json) {
        DetailsJson money = in(json.object, json.path, "value", "currency");
        String value = money.required("value");
        String currency = money.required("currency");
        try {
            return Money.of(value, currency);
        } catch (IllegalArgumentException refused) {
            throw new UnreadableDetails(
                    json.path, "An amount is decimal digits and a currency (ISO 4217) that has so many places.");
        }
    }

    private static Payee payee(DetailsJson json) {
        DetailsJson payee = in(
                json.object, json.path, "bank", "branch", "accountType", "account", "holder", "bankName", "branchName");
        try {
            return new Payee(
                    payee.required("bank"),
                    payee.required("branch"),
                    payee.word("accountType", AccountType.class)
                            .orElseThrow(() -> payee.wrong("accountType", "It is required.")),
                    payee.required("account"),
                    payee.name("holder")
                            .filter(HolderName::valid)
                            .orElseThrow(() -> payee.wrong("holder", "A name as banks write it (Zengin) is required.")),
                    payee.nameBesideCode("bankName"),
                    payee.nameBesideCode("branchName"));
        } catch (UnreadableDetails named) {
            throw named;
        } catch (IllegalArgumentException refused) {
            throw payee.wrong(refused.getMessage(), "Banks have four digits, branches three, accounts seven.");
        }
    }

    private static DetailsJson in(JsonNode object, String path, String... known) {
        if (!object.isObject()) {
            throw new UnreadableDetails(path, "An object is required.");
        }
        Set<String> names = Set.of(known);
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new UnreadableDetails(path + '/' + name.replace("~", "~0").replace("/", "~1"), "It is unknown.");
            }
        });
        return new DetailsJson(object, path);
    }

    private <T> Optional<T> at(String name, Function<DetailsJson, T> reading) {
        return Optional.ofNullable(object.get(name))
                .map(node -> reading.apply(new DetailsJson(node, path + '/' + name)));
    }

    private Optional<String> text(String name) {
        JsonNode node = object.get(name);
        if (node != null && !node.isTextual()) {
            throw wrong(name, "A text is required.");
        }
        return Optional.ofNullable(node).map(JsonNode::textValue);
    }

    private String required(String name) {
        return text(name).orElseThrow(() -> wrong(name, "It is required."));
    }

    private Optional<String> text(String name, Pattern shape) {
        Optional<String> text = text(name);
        if (text.filter(said -> !shape.matcher(said).matches()).isPresent()) {
            throw wrong(name, "It is not of the form " + shape.pattern() + '.');
        }
        return text;
    }

    /** What a person reads. */
    private Optional<String> name(String name) {
        Optional<String> text = text(name);
        if (text.filter(said -> said.isBlank()
                        || said.length() > NAME
                        || said.codePoints().anyMatch(DetailsJson::unseen))
                .isPresent()) {
            throw wrong(name, "At most " + NAME + " characters that can be seen.");
        }
        return text;
    }

    /** One that is shown with its code behind it, and must not look as if it had one itself. */
    private Optional<String> nameBesideCode(String name) {
        Optional<String> text = name(name);
        if (text.filter(said -> said.codePoints().anyMatch(DetailsJson::asInCodes))
                .isPresent()) {
            throw wrong(name, "It has a digit or a bracket.");
        }
        return text;
    }

    /** Of any script and width; the zero of Chinese numerals is none of them, which names of branches have. */
    private static boolean asInCodes(int point) {
        int type = Character.getType(point);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.OTHER_NUMBER
                || type == Character.START_PUNCTUATION
                || type == Character.END_PUNCTUATION;
    }

    /** What would make the page show something else than what is there: nothing, what is piled on another letter, another direction. */
    private static boolean unseen(int point) {
        int type = Character.getType(point);
        byte direction = Character.getDirectionality(point);
        return BLANK.indexOf(point) >= 0
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || type == Character.NON_SPACING_MARK && VOICES.indexOf(point) < 0
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private <E extends Enum<E>> Optional<E> word(String name, Class<E> words) {
        Optional<String> text = text(name);
        Optional<E> word = text.flatMap(said -> Stream.of(words.getEnumConstants())
                .filter(known -> known.name().equals(said))
                .findFirst());
        if (word.isEmpty() && text.isPresent()) {
            throw wrong(
                    name, "It is none of " + Stream.of(words.getEnumConstants()).toList() + '.');
        }
        return word;
    }

    private Set<String> attributes() {
        Set<String> names = new TreeSet<>();
        JsonNode list = object.get("attributes");
        if (list == null) {
            return names;
        }
        if (!list.isArray() || list.size() > ATTRIBUTES) {
            throw wrong("attributes", "At most " + ATTRIBUTES + " names are required.");
        }
        for (JsonNode name : list) {
            if (!name.isTextual() || !ATTRIBUTE.matcher(name.textValue()).matches()) {
                throw wrong("attributes", "It is not of the form " + ATTRIBUTE.pattern() + '.');
            }
            names.add(name.textValue());
        }
        return names;
    }

    private UnreadableDetails wrong(String name, String why) {
        return new UnreadableDetails(path + '/' + name, why);
    }
}
