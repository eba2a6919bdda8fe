package jp.sekisho.tradingapp.login;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How surely a customer was recognised: the levels that the identity provider publishes. */
public enum Level {
    PASSWORD("urn:sekisho:acr:password"),
    MFA("urn:sekisho:acr:mfa"),
    PHISHING_RESISTANT("urn:sekisho:acr:phishing-resistant"),
    OPERATION("urn:sekisho:acr:operation");

    private final String acr;

    Level(String acr) {
        this.acr = acr;
    }

    /** The value of the claim {@code acr}, and of the parameter {@code acr_values} that asks for it. */
    public String acr() {
        return acr;
    }

    /** @return nothing if the identity provider names a level that this app does not know */
    public static Optional<Level> of(String acr) {
        return Arrays.stream(values()).filter(level -> level.acr.equals(acr)).findFirst();
    }

    /** @return nothing if there is no such level, or none was named */
    public static Optional<Level> ofKey(String key) {
        return Arrays.stream(values()).filter(level -> level.key().equals(key)).findFirst();
    }

    /** The name in addresses and message keys. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
