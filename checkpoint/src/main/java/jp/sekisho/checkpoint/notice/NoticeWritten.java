package jp.sekisho.checkpoint.notice;

import org.keycloak.provider.ProviderEvent;

/** Published on this node when a transaction that wrote notices was committed: they need not wait for the next look. */
public record NoticeWritten() implements ProviderEvent {}
