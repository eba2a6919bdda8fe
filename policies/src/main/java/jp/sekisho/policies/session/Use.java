package jp.sekisho.policies.session;

import java.time.Instant;

/**
 * When a session was used.
 *
 * @param began its login
 * @param last before the request in hand
 * @param now the request in hand
 */
public record Use(Instant began, Instant last, Instant now) {}
