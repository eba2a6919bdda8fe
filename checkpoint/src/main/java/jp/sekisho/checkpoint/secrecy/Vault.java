package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;

/** One entry of the vault for each realm. */
interface Vault {

    /** @throws RuntimeException the vault cannot be read */
    Optional<String> entry(String realmId);

    boolean knows(String realmId);
}
