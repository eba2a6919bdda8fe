package jp.sekisho.stack.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void takenPortIsNamedTogetherWithTheSettingThatMovesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThat(Ports.isFree(port)).isFalse();
            assertThatThrownBy(() -> Ports.require(port, "mail inbox", "SEKISHO_INBOX_PORT"))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContainingAll(Integer.toString(port), "mail inbox", "SEKISHO_INBOX_PORT=<port>");
            assertThat(Ports.freeFrom(port)).isGreaterThan(port);
        }
    }

    /** Between the choice and the use of a port a test opens many connections. */
    @Test
    void freePortsAreNoneOfOutgoingConnectionsAndGivenOnce() throws Exception {
        List<Integer> given =
                IntStream.range(0, 500).mapToObj(i -> Ports.free()).toList();

        assertThat(given).doesNotHaveDuplicates().allMatch(port -> port >= 1024 && port < 32768);
    }

    @Test
    void freePortCanBeListenedOn() throws Exception {
        int port = Ports.require(Ports.free(), "nothing", "NOTHING");

        try (ServerSocket socket = new ServerSocket(port)) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
