package jp.sekisho.storage.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that has to leave.
 *
 * @param id random
 * @param stopHash of its stop code; empty where it has none
 * @param channel {@code mail} or {@code webhook} or another channel's id
 * @param notice the notice's code
 * @param userId Keycloak's id of the customer; empty where it is for the desk and about nobody
 * @param deduplication two messages with the same key in a realm and channel are one
 * @param locale BCP 47, as it was when the fact happened
 * @param payload the notice's values as JSON
 * @param notBefore when it may leave first
 */
public record OutboxMessage(
        String id,
        Optional<String> stopHash,
        String realmId,
        String channel,
        String notice,
        Optional<String> userId,
        String deduplication,
        String locale,
        String payload,
        Instant createdAt,
        Instant notBefore) {}
