package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;

/** One entry of the vault, of each realm. */
interface Vault {

    /** @throws RuntimeException the vault cannot be read */
    Optional<String> entry(String realmId);

    boolean knows(String realmId);
}
