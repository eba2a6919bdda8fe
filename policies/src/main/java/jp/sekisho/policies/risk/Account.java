package jp.sekisho.policies.risk;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What the user record says of a customer.
 *
 * @param createdAt when the account was opened
 * @param residence country of residence, ISO 3166-1 alpha-2, where known
 */
public record Account(Instant createdAt, Optional<String> residence) {

    public Account {
        residence = residence.map(country -> country.strip().toUpperCase(Locale.ROOT));
    }
}
