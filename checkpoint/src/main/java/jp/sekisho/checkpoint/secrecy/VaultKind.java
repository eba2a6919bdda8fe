package jp.sekisho.checkpoint.secrecy;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A vault as the server is configured with it.
 *
 * @param resolvers how it makes the name of an entry of a realm and a name; empty for its default, which is by realm
 */
record VaultKind(String id, Optional<String> resolvers) {

    static final String RESOLVERS = "keyResolvers";

    private static final String KEYSTORE = "keystore";
    private static final String KEY_ONLY = "KEY_ONLY";

    /** Why it does not keep an entry of one realm from who edits another one; empty where it does. */
    // FFAJ-2.2-S1
    Optional<String> unfit() {
        if (id.equals(KEYSTORE)) {
            // One may call his realm as that one, but for a capital letter.
            return Optional.of("needs a vault that tells capital letters from small ones: a keystore does not");
        }
        return resolvers
                .filter(names ->
                        Stream.of(names.split(",")).map(VaultKind::name).anyMatch(KEY_ONLY::equals))
                .map(shared -> "needs a vault without the key resolver " + KEY_ONLY
                        + ", by which every realm names the entry");
    }

    private static String name(String resolver) {
        return resolver.strip().toUpperCase(Locale.ROOT);
    }
}
