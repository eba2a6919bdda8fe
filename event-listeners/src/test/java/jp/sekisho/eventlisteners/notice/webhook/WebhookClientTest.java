package jp.sekisho.eventlisteners.notice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.UnsupportedSchemeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a gateway that means no good; a test that hangs has failed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookClientTest {

    private static final Set<String> LOCALHOST = Set.of("localhost");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final DnsResolver LOOPBACK = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};

    @TempDir
    static Path directory;

    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = Gateway.start(directory);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void behave() {
        gateway.answers(HttpServerExchange::endExchange);
    }

    @Test
    void postsWhatItIsGiven() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        gateway.answers(exchange -> {
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst(new HttpString("webhook-id")) + " "
                    + exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE) + " "
                    + new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            exchange.setStatusCode(202);
        });
        try (WebhookClient client = toTheGateway(LONG)) {
            assertThat(client.post(here(), Map.of("webhook-id", "id-1"), "{\"text\":\"ログイン\"}"))
                    .isEqualTo(202);
        }
        assertThat(seen).containsExactly("POST id-1 application/json; charset=UTF-8 {\"text\":\"ログイン\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAnAnswerAndNotFollowed(int status) throws Exception {
        gateway.answers(exchange -> {
            exchange.getResponseHeaders().put(Headers.LOCATION, "/elsewhere");
            exchange.setStatusCode(status);
        });
        try (WebhookClient client = toTheGateway(LONG)) {
            assertThat(post(client, here())).isEqualTo(status);
        }
        assertThat(gateway.paths()).doesNotContain("/elsewhere");
    }

    /** Each byte comes well within the time that a read may take; only the whole takes for ever. */
    @Test
    void anAnswerThatDribblesIsAbortedAtTheDeadline() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        gateway.answers(exchange -> {
            OutputStream body = exchange.getOutputStream();
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                body.write('.');
                body.flush();
            }
        });
        try (WebhookClient client = toTheGateway(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> post(client, here())).isInstanceOf(IOException.class);
        } finally {
            over.countDown();
        }
    }

    @Test
    void aGatewayThatSaysNothingIsLeftAtTheDeadline() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        gateway.answers(exchange -> over.await());
        try (WebhookClient client = toTheGateway(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> post(client, here())).isInstanceOf(IOException.class);
        } finally {
            over.countDown();
        }
    }

    /** The gateway writes until the client hangs up. */
    @Test
    void anEndlessAnswerIsCutAndItsStatusCounts() throws Exception {
        CompletableFuture<Long> hungUpAfter = new CompletableFuture<>();
        gateway.answers(exchange -> {
            long written = 0;
            byte[] much = new byte[16 * 1024];
            try (OutputStream body = exchange.getOutputStream()) {
                while (true) {
                    body.write(much);
                    written += much.length;
                }
            } catch (IOException hungUp) {
                hungUpAfter.complete(written);
            }
        });
        try (WebhookClient client = toTheGateway(LONG)) {
            assertThat(post(client, here())).isEqualTo(200);
            assertThat(hungUpAfter.get(10, TimeUnit.SECONDS)).isGreaterThan(64L * 1024);
        }
    }

    @Test
    void aLongAnswerOfKnownLengthIsCutAndItsStatusCounts() throws Exception {
        CompletableFuture<Boolean> wholeAnswerWasTaken = new CompletableFuture<>();
        gateway.answers(exchange -> {
            exchange.setStatusCode(201).setResponseContentLength(64L * 1024 * 1024);
            try {
                exchange.getOutputStream().write(new byte[64 * 1024 * 1024]);
                wholeAnswerWasTaken.complete(true);
            } catch (IOException hungUp) {
                wholeAnswerWasTaken.complete(false);
            }
        });
        try (WebhookClient client = toTheGateway(LONG)) {
            assertThat(post(client, here())).isEqualTo(201);
            assertThat(wholeAnswerWasTaken.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    /** No connection may be lost to a gateway that answers too much: there are only so many. */
    @Test
    void connectionsAreGivenBackWhateverTheAnswer() throws Exception {
        try (WebhookClient client = toTheGateway(LONG)) {
            for (int i = 0; i < 5; i++) {
                gateway.answers(exchange -> exchange.getOutputStream().write(new byte[1024 * 1024]));
                assertThat(post(client, here())).isEqualTo(200);
                gateway.answers(exchange -> exchange.setStatusCode(500));
                assertThat(post(client, here())).isEqualTo(500);
            }
        }
    }

    @Test
    void plainHttpIsRefused() throws Exception {
        try (WebhookClient client = toTheGateway(LONG)) {
            assertThatThrownBy(() -> post(client, gateway.url("http", "localhost")))
                    .isInstanceOf(UnsupportedSchemeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "localhost.localdomain", "2130706433", "0x7f.1"})
    void addressesAndHostsThatAreNotListedAreRefused(String host) throws Exception {
        int before = gateway.paths().size();
        try (WebhookClient client = toTheGateway(LONG)) {
            assertThatThrownBy(() -> post(client, gateway.url("https", host)))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("not among the allowed hosts");
        }
        assertThat(gateway.paths()).hasSize(before);
    }

    @Test
    void aListedHostWithAPrivateAddressIsRefused() throws Exception {
        int before = gateway.paths().size();
        AllowedHosts notInternal = new AllowedHosts(LOCALHOST, Set.of(), LOOPBACK);
        try (WebhookClient client = new WebhookClient(notInternal, gateway.trust(), 1, LONG)) {
            assertThatThrownBy(() -> post(client, here()))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("not on the internet");
        }
        assertThat(gateway.paths()).hasSize(before);
    }

    @Test
    void anUntrustedCertificateIsRefused() throws Exception {
        AllowedHosts hosts = new AllowedHosts(LOCALHOST, LOCALHOST, LOOPBACK);
        try (WebhookClient client = new WebhookClient(hosts, SSLContext.getDefault(), 1, LONG)) {
            assertThatThrownBy(() -> post(client, here())).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        Set<String> other = Set.of("hooks.example.jp");
        AllowedHosts hosts = new AllowedHosts(other, other, LOOPBACK);
        try (WebhookClient client = new WebhookClient(hosts, gateway.trust(), 1, LONG)) {
            assertThatThrownBy(() -> post(client, gateway.url("https", "hooks.example.jp")))
                    .isInstanceOf(SSLException.class);
        }
    }

    private static WebhookClient toTheGateway(Duration longest) throws Exception {
        return new WebhookClient(new AllowedHosts(LOCALHOST, LOCALHOST, LOOPBACK), gateway.trust(), 1, longest);
    }

    private static URI here() {
        return gateway.url("https", "localhost");
    }

    private static int post(WebhookClient client, URI url) throws IOException {
        return client.post(url, Map.of(), "{}");
    }
}
