package jp.sekisho.tradingapp.operations;

import java.util.Locale;
import java.util.stream.Stream;

/** Why the customer came back without a token, as far as it matters to him. */
public enum Unconfirmed {
    CANCELLED,
    DISOWNED,
    NO_PASSKEY,
    OTHER;

    /** @param why the {@code error_description}, whatever it is */
    static Unconfirmed of(String why) {
        return Stream.of(values())
                .filter(reason -> reason.key().equals(why))
                .findFirst()
                .orElse(OTHER);
    }

    /** As the description and the messages have it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
