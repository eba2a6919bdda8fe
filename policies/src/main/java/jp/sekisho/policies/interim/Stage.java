package jp.sekisho.policies.interim;

import java.time.LocalDate;

/**
 * A dated stage on the way from passwords to passkeys. It goes on until the next one that is about the same customer.
 *
 * @param from its first day, in the realm's zone
 */
// JP25-4
public record Stage(LocalDate from, Ask ask, Whom whom) {}
