package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;

/** Where the keys of all realms of a server come from. */
interface KeySource {

    /** What a realm's values are under now; empty where there is no key, whether none was made or it cannot be read. */
    Optional<KeyRing> of(String realmId);

    /** One look whether there are other keys. */
    void look();
}
