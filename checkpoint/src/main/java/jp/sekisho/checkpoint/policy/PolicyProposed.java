package jp.sekisho.checkpoint.policy;

import org.keycloak.provider.ProviderEvent;

/**
 * Published before a realm's policy is saved. Who knows that this server could not obey it throws an
 * {@link UnreadablePolicyException}, and it is refused.
 */
public record PolicyProposed(RealmPolicy policy) implements ProviderEvent {}
