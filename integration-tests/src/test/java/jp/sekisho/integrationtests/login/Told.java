package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import jp.sekisho.demo.Customer;
import jp.sekisho.policies.notice.Notice;

/** The messages to a customer, in the outbox and in his mail. */
record Told(World world, Customer customer, String id) {

    private record Message(String notice, String state) {}

    /** At least once: a node may end between the mail server's answer and its own note of it. */
    void everything() throws Exception {
        World.await(
                "all messages to " + customer.username() + " have left: " + messages(),
                () -> messages().stream().noneMatch(message -> message.state().equals("PENDING")));
        assertThat(messages()).extracting(Message::state).doesNotContain("DEAD");
        assertThat(world.mailsTo(customer).size())
                .as("mails to " + customer.username())
                .isGreaterThanOrEqualTo((int) messages().stream()
                        .filter(message -> message.state().equals("SENT"))
                        .count());
    }

    /** How often he is told, in whatever state that is. */
    long of(Notice notice) {
        return messages().stream()
                .filter(message -> message.notice().equals(notice.code()))
                .count();
    }

    /** All but the summary, which is due when the hour is over. */
    private List<Message> messages() {
        try {
            return world.tables().outbox(id).stream()
                    .map(message -> message.split(" ", 3))
                    .map(words -> new Message(words[0], words[1]))
                    .filter(message -> !message.notice().equals(Notice.HELD_BACK.code()))
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
