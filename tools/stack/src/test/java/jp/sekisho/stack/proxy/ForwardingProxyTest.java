package jp.sekisho.stack.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import jp.sekisho.stack.net.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingProxyTest {

    private final BlockingQueue<Headers> seen = new ArrayBlockingQueue<>(10);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private ForwardingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestHeaders());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        proxy = ForwardingProxy.start(
                Ports.free(),
                Origin.TOKYO_HOME,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.stop(0);
    }

    @Test
    void browserThatHasNotChosenComesFromTheFallback() throws Exception {
        get("/realms/broker");

        Headers headers = seen.take();
        assertThat(headers.get("X-Forwarded-For")).containsExactly(Origin.TOKYO_HOME.address());
        assertThat(headers.get("X-Forwarded-Proto")).containsExactly("http");
        assertThat(headers.get("X-Forwarded-Host")).containsExactly("localhost");
        assertThat(headers.get("X-Forwarded-Port"))
                .containsExactly(Integer.toString(proxy.base().getPort()));
    }

    @Test
    void forgedHeadersAreThrownAway() throws Exception {
        get(
                "/",
                "X-Forwarded-For",
                "1.2.3.4",
                "X-Forwarded-For",
                "5.6.7.8, 9.9.9.9",
                "x-forwarded-host",
                "evil.example",
                "X-Forwarded-Prefix",
                "/evil",
                "Forwarded",
                "for=1.2.3.4",
                "X-Real-IP",
                "1.2.3.4");

        Headers headers = seen.take();
        assertThat(headers.get("X-Forwarded-For")).containsExactly(Origin.TOKYO_HOME.address());
        assertThat(headers.get("X-Forwarded-Host")).containsExactly("localhost");
        assertThat(headers).doesNotContainKeys("Forwarded", "X-Forwarded-Prefix", "X-Real-ip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"105.112.42.180", "2001:db8::7"})
    void chosenAddressIsForwarded(String address) throws Exception {
        HttpResponse<String> chosen = choose(address);
        assertThat(chosen.statusCode()).isEqualTo(303);
        String cookie = chosen.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax");

        get("/", "Cookie", cookie.substring(0, cookie.indexOf(';')));

        assertThat(InetAddress.getByName(seen.take().getFirst("X-Forwarded-For")))
                .isEqualTo(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tokyo", "1.2.3", "1.2.3.4.5", "10.0.0.0/8", "1.2.3.*", "<script>alert(1)</script>"})
    void whatIsNotAnAddressIsRefusedAndNotEchoedAsHtml(String text) throws Exception {
        HttpResponse<String> refused = choose(text);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(refused.body()).contains("IP アドレスではありません").doesNotContain("<script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1.2.3.4", "0102", "010203040506"})
    void forgedCookieCountsAsNotChosen(String value) throws Exception {
        get("/", "Cookie", ForwardingProxy.COOKIE + "=" + value);

        assertThat(seen.take().getFirst("X-Forwarded-For")).isEqualTo(Origin.TOKYO_HOME.address());
    }

    @Test
    void theClientsWishForAnotherProtocolEndsHere() throws Exception {
        assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_2);
        get("/");

        assertThat(seen.take()).doesNotContainKeys("Upgrade", "Http2-settings");
    }

    @Test
    void pageOffersEveryPresetAndStaysOutOfTheServer() throws Exception {
        HttpResponse<String> page = get(ForwardingProxy.FROM);

        assertThat(page.body())
                .contains(Origin.PRESETS.stream().map(Origin::address).toList());
        assertThat(seen).isEmpty();
    }

    private HttpResponse<String> choose(String address) throws Exception {
        return client.send(
                HttpRequest.newBuilder(proxy.base().resolve(ForwardingProxy.FROM))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("address=" + URLEncoder.encode(address, StandardCharsets.UTF_8)))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(proxy.base().resolve(path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
