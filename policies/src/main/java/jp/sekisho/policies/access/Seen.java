package jp.sekisho.policies.access;

import java.util.Optional;

/**
 * What rules look at in a login. What is withheld or not collected is empty and matches no rule, neither one that allows nor
 * one that denies.
 */
public record Seen(Optional<IpAddress> address, Optional<Long> asn, Optional<String> country, boolean knownDevice) {}
