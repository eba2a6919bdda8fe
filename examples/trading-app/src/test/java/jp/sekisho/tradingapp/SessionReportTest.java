package jp.sekisho.tradingapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.oidcLogin;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** What this app tells the identity provider of a customer, and what comes of the answer. */
@SpringBootTest(properties = "sekisho.client-secret=test")
@AutoConfigureMockMvc
class SessionReportTest {

    private static final String HOME = "192.0.2.10";
    private static final String AWAY = "198.51.100.20";
    private static final String CHROME = "Chrome";

    private static final Provider PROVIDER = Provider.start();

    @Autowired
    private MockMvc app;

    private final MockHttpSession session = new MockHttpSession();

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("sekisho.issuer", PROVIDER::issuer);
    }

    @AfterAll
    static void stop() {
        PROVIDER.server.stop(0);
    }

    @BeforeEach
    void quiet() {
        PROVIDER.reports.clear();
        PROVIDER.answer(200, "{\"session\":\"goes-on\"}");
    }

    @Test
    void aLoginIsReportedAndThenWhatIsOtherThanBefore() throws Exception {
        open(HOME, CHROME).andExpect(status().isOk());
        open(HOME, CHROME).andExpect(status().isOk());
        open(AWAY, CHROME).andExpect(status().isOk());
        open(AWAY, "Safari").andExpect(status().isOk());
        open(AWAY, "Safari").andExpect(status().isOk());

        assertThat(PROVIDER.reports).hasSize(3);
        assertThat(PROVIDER.reports.get(0)).contains("/sessions/s-1/report Bearer of-the-app", HOME, CHROME);
        assertThat(PROVIDER.reports.get(1)).contains(AWAY, CHROME);
        assertThat(PROVIDER.reports.get(2)).contains(AWAY, "Safari");
    }

    @Test
    void anotherLoginInTheSameBrowserIsReportedToo() throws Exception {
        open(HOME, CHROME).andExpect(status().isOk());
        open("s-2", HOME, CHROME).andExpect(status().isOk());

        assertThat(PROVIDER.reports).hasSize(2);
        assertThat(PROVIDER.reports.get(1)).contains("/sessions/s-2/report");
    }

    @Test
    void whereTheAnswerSaysSoTheSessionEndsHereAndNothingIsShown() throws Exception {
        open(HOME, CHROME).andExpect(status().isOk());
        for (String over : List.of("{\"session\":\"log-in-again\"}", "{\"session\":\"ended\"}", "{}")) {
            PROVIDER.answer(200, over);
            ends();
        }
        PROVIDER.answer(404, "{}");
        ends();
    }

    private void ends() throws Exception {
        MockHttpSession stolen = new MockHttpSession();
        visit(stolen, "s-1", AWAY, CHROME)
                .andExpect(redirectedUrl("/session-ended"))
                .andExpect(content().string(""));
        assertThat(stolen.isInvalid()).isTrue();
    }

    /** Who holds the app's cookie might come from anywhere while nobody can be asked. */
    @Test
    void whileNobodyCanBeAskedNothingIsShownAndNobodyIsLoggedOut() throws Exception {
        open(HOME, CHROME).andExpect(status().isOk());
        for (int trouble : List.of(401, 403, 500)) {
            PROVIDER.answer(trouble, "{}");
            open(AWAY, CHROME).andExpect(redirectedUrl("/unavailable"));
        }
        assertThat(session.isInvalid()).isFalse();
        open(HOME, CHROME).andExpect(status().isOk());

        PROVIDER.answer(200, "{\"session\":\"goes-on\"}");
        open(AWAY, CHROME).andExpect(status().isOk());
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() throws Exception {
        PROVIDER.answer(401, "{}");
        open(HOME, CHROME).andExpect(redirectedUrl("/unavailable"));
        assertThat(PROVIDER.reports).hasSize(2);
    }

    @Test
    void whoIsLoggedOutIsToldSo() throws Exception {
        app.perform(get("/session-ended"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("お客さまの安全のためにログアウトいたしております")))
                .andExpect(content().string(containsString("href=\"/login\"")));
        app.perform(get("/session-ended").header("Accept-Language", "en"))
                .andExpect(content().string(containsString("We do so for your safety")));
        app.perform(get("/unavailable")).andExpect(status().isServiceUnavailable());
        assertThat(PROVIDER.reports).isEmpty();
    }

    private ResultActions open(String address, String userAgent) throws Exception {
        return open("s-1", address, userAgent);
    }

    private ResultActions open(String sid, String address, String userAgent) throws Exception {
        return visit(session, sid, address, userAgent);
    }

    private ResultActions visit(MockHttpSession in, String sid, String address, String userAgent) throws Exception {
        return app.perform(get("/").session(in)
                .with(oidcLogin().idToken(token -> token.claim("sid", sid)))
                .with(request -> {
                    request.setRemoteAddr(address);
                    return request;
                })
                .header("User-Agent", userAgent));
    }

    /** Publishes its metadata, gives the app a token, and keeps what is reported. */
    private record Provider(HttpServer server, List<String> reports, int[] status, String[] body) {

        static Provider start() {
            try {
                var provider = new Provider(
                        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
                        new CopyOnWriteArrayList<>(),
                        new int[1],
                        new String[1]);
                provider.server.createContext("/realms/broker", provider::handle);
                provider.server.start();
                return provider;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        String issuer() {
            return "http://localhost:" + server.getAddress().getPort() + "/realms/broker";
        }

        void answer(int with, String text) {
            status[0] = with;
            body[0] = text;
        }

        private void handle(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getPath();
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (path.endsWith("/openid-configuration")) {
                send(exchange, 200, """
                        {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
                         "jwks_uri": "%1$s/certs", "userinfo_endpoint": "%1$s/userinfo",
                         "response_types_supported": ["code"], "subject_types_supported": ["public"],
                         "id_token_signing_alg_values_supported": ["RS256"]}
                        """.formatted(issuer()));
            } else if (path.endsWith("/token")) {
                assertThat(sent)
                        .contains("grant_type=client_credentials", "client_assertion=", "client_id=trading-backend");
                send(
                        exchange,
                        200,
                        "{\"access_token\": \"of-the-app\", \"token_type\": \"Bearer\", \"expires_in\": 300}");
            } else {
                reports.add(path + ' ' + exchange.getRequestHeaders().getFirst("Authorization") + ' ' + sent);
                send(exchange, status[0], body[0]);
            }
        }

        private static void send(HttpExchange exchange, int status, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }
}
