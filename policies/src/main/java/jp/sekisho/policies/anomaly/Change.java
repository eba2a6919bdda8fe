package jp.sekisho.policies.anomaly;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What of a customer may have changed before money leaves. */
public enum Change {
    /** A password, passkey or authenticator that is new. */
    CREDENTIAL,
    /** An address, of his mails or of his home. */
    CONTACT,
    PHONE,
    /** The device of the session became his. */
    DEVICE;

    private static final List<String> PHONES = List.of("phone", "mobile", "tel");

    private static final List<String> ADDRESSES = List.of(
            "mail", "address", "street", "locality", "region", "postal", "zip", "city", "prefecture", "country");

    /** Of an attribute of his; firms name attributes as they like, and one counts for what its name says. */
    public static Optional<Change> of(String attribute) {
        String name = attribute.toLowerCase(Locale.ROOT);
        if (PHONES.stream().anyMatch(name::contains)) {
            return Optional.of(PHONE);
        }
        return ADDRESSES.stream().anyMatch(name::contains) ? Optional.of(CONTACT) : Optional.empty();
    }
}
