package jp.sekisho.checkpoint.notice;

import java.util.Set;
import org.keycloak.provider.ProviderEvent;

/**
 * Published on this node when a transaction that wrote notices was committed: they need not wait for the next look.
 *
 * @param channels ids of those that got one
 */
public record NoticeWritten(Set<String> channels) implements ProviderEvent {

    public NoticeWritten {
        channels = Set.copyOf(channels);
    }
}
