package jp.sekisho.eventlisteners.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.storage.outbox.Outbox.Taken;
import jp.sekisho.storage.outbox.OutboxMessage;
import org.junit.jupiter.api.Test;

class ShareTest {

    private static final Instant NOW = Instant.EPOCH;

    private static List<Taken> ofRealms(String... realms) {
        return Stream.of(realms).map(ShareTest::ofRealm).toList();
    }

    private static Taken ofRealm(String realm) {
        OutboxMessage message = new OutboxMessage(
                "m", Optional.empty(), realm, "mail", "login", Optional.of("u"), "k", "ja", "{}", NOW, NOW);
        return new Taken(realm, message, 1, NOW, NOW);
    }

    private static List<String> split(String... realms) {
        return Share.split(ofRealms(realms), 2).stream()
                .map(share -> String.join("", share.stream().map(Taken::id).toList()))
                .toList();
    }

    @Test
    void fewMessagesAreOneShareAndManySeveral() {
        assertThat(split()).isEmpty();
        assertThat(split("a")).containsExactly("a");
        assertThat(split("a", "a")).containsExactly("aa");
        assertThat(split("a", "a", "a", "a", "a")).containsExactly("aa", "aa", "a");
    }

    @Test
    void noShareIsOfTwoRealms() {
        assertThat(split("a", "b", "a", "a", "b")).containsExactly("aa", "a", "bb");
    }

    @Test
    void theOldestComeFirst() {
        List<Taken> taken = ofRealms("a", "a", "a");
        assertThat(Share.split(taken, 2).stream().flatMap(List::stream)).containsExactlyElementsOf(taken);
    }
}
