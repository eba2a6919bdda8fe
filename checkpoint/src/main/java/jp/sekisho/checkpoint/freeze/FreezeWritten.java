package jp.sekisho.checkpoint.freeze;

import org.keycloak.provider.ProviderEvent;

/** Published on this node when a freeze was committed: its consequences need not wait for the next look. */
public record FreezeWritten() implements ProviderEvent {}
