package jp.sekisho.checkpoint.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LaterMailsTest {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final LaterMails mails = new LaterMails(2);

    private boolean send(String mail) {
        return mails.send(waiting::add, () -> sent.add(mail));
    }

    @Test
    void whatThereIsNoRoomForIsNotSentAndTakesNoRoomOfOthers() {
        assertThat(send("first")).isTrue();
        assertThat(send("second")).isTrue();
        assertThat(send("third")).isFalse();
        assertThat(send("fourth")).isFalse();

        waiting.remove().run();
        assertThat(send("fifth")).as("one was sent").isTrue();
        assertThat(send("sixth")).isFalse();

        waiting.forEach(Runnable::run);
        assertThat(sent).containsExactly("first", "second", "fifth");
    }

    @Test
    void whatFailsOrIsRefusedByAServerThatStopsLeavesItsRoom() {
        for (int i = 0; i < 3; i++) {
            assertThat(mails.send(waiting::add, () -> {
                        throw new IllegalStateException("no mail server");
                    }))
                    .isTrue();
            assertThatThrownBy(waiting.remove()::run).hasMessage("no mail server");
            assertThat(mails.send(
                            mail -> {
                                throw new RejectedExecutionException();
                            },
                            () -> sent.add("never")))
                    .isFalse();
        }
        assertThat(send("first")).isTrue();
        assertThat(send("second")).isTrue();
        assertThat(send("third")).isFalse();
    }
}
