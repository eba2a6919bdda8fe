package jp.sekisho.eventlisteners.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// JP25-11
class BackChannelTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Without timeouts of its own, as Keycloak's. */
    private final CloseableHttpClient http = HttpClients.createMinimal();

    private final BackChannel channel = new BackChannel(http);

    @AfterEach
    void close() throws IOException {
        http.close();
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "302, false", "400, false", "503, false"})
    void onlyAnAnswerOfSuccessIsHeard(int status, boolean heard) throws IOException {
        AtomicReference<String> form = new AtomicReference<>();
        HttpServer app = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        app.createContext("/", exchange -> {
            form.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        app.start();
        try {
            assertThat(channel.tell(url(app.getAddress().getPort()), "a.b.c")).isEqualTo(heard);
            assertThat(form.get()).isEqualTo("logout_token=a.b.c");
        } finally {
            app.stop(0);
        }
    }

    @Test
    void whoTakesTheCallAndSaysNothingIsNotWaitedFor() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, HERE)) {
            assertTimeoutPreemptively(
                    SOON,
                    () -> assertThat(channel.tell(url(silent.getLocalPort()), "a.b.c"))
                            .isFalse());
        }
    }

    @Test
    void whoSwallowsTheCallIsNotWaitedFor() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, HERE)) {
            fill(full, queue);
            assertTimeoutPreemptively(
                    SOON,
                    () -> assertThat(channel.tell(url(full.getLocalPort()), "a.b.c"))
                            .isFalse());
        } finally {
            for (Socket each : queue) {
                each.close();
            }
        }
    }

    /** Until nobody more is let in: the next call gets no answer at all. */
    private static void fill(ServerSocket server, List<Socket> queue) throws IOException {
        while (true) {
            Socket next = new Socket();
            queue.add(next);
            try {
                next.connect(server.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
    }

    private static String url(int port) {
        return "http://" + HERE.getHostAddress() + ":" + port + "/logout";
    }
}
