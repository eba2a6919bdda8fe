package jp.sekisho.stack.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
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

/** A phisher worth the name: what he relays is what the real site says and hears, and he keeps what is typed. */
class PhishingProxyTest {

    private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(10);
    private HttpServer real;
    private URI realBase;
    private PhishingProxy phisher;
    private int port;

    @BeforeEach
    void start() throws Exception {
        real = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        realBase = URI.create("http://localhost:" + real.getAddress().getPort());
        real.createContext("/", exchange -> {
            heard.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                    + exchange.getRequestHeaders().getFirst("Cookie") + " "
                    + exchange.getRequestHeaders().getFirst("Origin"));
            byte[] page = ("<form action='" + realBase + "/next'>{rpId:\"localhost\"}</form>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
            exchange.getResponseHeaders().add("Set-Cookie", "KEYCLOAK_IDENTITY=a.b.c;Path=/;HttpOnly");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        real.start();
        port = Ports.free();
        phisher = PhishingProxy.start(port, realBase, Origin.US_HOSTING);
    }

    @AfterEach
    void stop() {
        phisher.close();
        real.stop(0);
    }

    @Test
    void everythingIsRelayedUnderHisNameAndHeKeepsWhatIsTypedAndTheSession() throws Exception {
        String fake = phisher.lure(realBase).getAuthority();
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login?back=1"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Cookie", "AUTH_SESSION_ID=1")
                                .header("Origin", "http://" + fake)
                                .POST(BodyPublishers.ofString("username=suzuki&password=Biwa%2Dko"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(heard.take())
                .startsWith("/login?back=1 username=suzuki&password=Biwa%2Dko AUTH_SESSION_ID=1; ")
                .endsWith(" " + realBase);
        assertThat(page.body())
                .contains("http://" + fake + "/next")
                .contains("{rpId:\"" + phisher.lure(realBase).getHost() + "\"}");
        assertThat(phisher.typed()).containsEntry("password", "Biwa-ko");
        assertThat(phisher.sessions()).containsExactly("KEYCLOAK_IDENTITY=a.b.c");
    }
}
