package jp.sekisho.eventlisteners.notice;

import java.util.List;
import java.util.Set;
import jp.sekisho.checkpoint.notice.NoticeChannel;
import jp.sekisho.checkpoint.notice.NoticeChannelFactory;
import org.keycloak.models.KeycloakSessionFactory;

/** Empties the outbox, on every node. */
final class OutboxWorker {

    private final List<ChannelLoop> loops;

    private OutboxWorker(List<ChannelLoop> loops) {
        this.loops = loops;
    }

    static OutboxWorker start(KeycloakSessionFactory factory) {
        List<ChannelLoop> loops = factory.getProviderFactoriesStream(NoticeChannel.class)
                .map(NoticeChannelFactory.class::cast)
                .map(channel -> new ChannelLoop(factory, channel.getId(), channel.concurrency()))
                .toList();
        loops.forEach(ChannelLoop::start);
        return new OutboxWorker(loops);
    }

    void wake(Set<String> channels) {
        loops.stream().filter(loop -> channels.contains(loop.channel())).forEach(ChannelLoop::wake);
    }

    void stop() {
        loops.forEach(ChannelLoop::stop);
    }
}
