package jp.sekisho.checkpoint.session;

import org.keycloak.provider.ProviderEvent;

/** Published on this node when the end of a session was committed: its apps need not wait for the next look. */
public record SessionEnded() implements ProviderEvent {}
