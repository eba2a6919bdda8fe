package jp.sekisho.policies.anomaly;

import java.time.Instant;

/**
 * The session that an operation comes from.
 *
 * @param loggedInAt when the customer logged in
 * @param deviceChanged whether it is used with another device than it began on
 * @param networkChanged whether it is used from another network than it began in
 */
public record SessionSight(Instant loggedInAt, boolean deviceChanged, boolean networkChanged) {}
