package jp.sekisho.integrationtests.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import jp.sekisho.stack.net.Ports;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy of the compose file, with its own configuration, between raw clients and two servers that tell what they heard. */
class HaproxyIT {

    @TempDir
    private static Path unpacked;

    private static Node one;
    private static Node two;
    private static Haproxy haproxy;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Haproxy.installed(), "No haproxy on the PATH: the proxy of docker/ is not tried");
        one = Node.start("one");
        two = Node.start("two");
        haproxy = Haproxy.start(
                unpacked,
                one.address(),
                one.address().getPort(),
                two.address(),
                two.address().getPort());
    }

    @AfterAll
    static void stop() {
        if (haproxy != null) {
            haproxy.close();
            one.close();
            two.close();
        }
    }

    @BeforeEach
    void bothAreReady() throws Exception {
        one.ready = true;
        two.ready = true;
        haproxy.await("both are asked", () -> asked(20).containsAll(List.of("one", "two")));
        one.heard.clear();
        two.heard.clear();
    }

    @Test
    void whatAClientSaysOfWhereItComesFromIsThrownAway() throws Exception {
        String answer = get(
                "/realms/broker/",
                "127.0.0.1",
                "X-Forwarded-For: 203.0.113.9",
                "x-forwarded-for: 203.0.113.10, 127.0.0.2",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Port: 1",
                "X-Forwarded-Prefix: /x",
                "X-Forwarded-Proto: http",
                "Forwarded: for=203.0.113.11",
                "X-Real-IP: 203.0.113.12",
                "ssl-client-cert: forged",
                "X-SSL-Client-Cert: forged");

        assertThat(answer).startsWith("HTTP/1.1 200");
        Map<String, List<String>> heard = heard();
        assertThat(heard.get("X-forwarded-for")).containsExactly("127.0.0.1");
        assertThat(heard.get("X-forwarded-proto")).containsExactly("https");
        assertThat(heard.keySet())
                .doesNotContain(
                        "X-forwarded-host",
                        "X-forwarded-port",
                        "X-forwarded-prefix",
                        "Forwarded",
                        "X-real-ip",
                        "Ssl-client-cert",
                        "X-ssl-client-cert");
    }

    @Test
    void administrationIsForTheStaffsNetworksInWhateverDisguise() throws Exception {
        for (String path : List.of(
                "/admin/",
                "/admin/realms/broker/sekisho/alerts",
                "/realms/master/account",
                "/%61dmin/realms",
                "//admin/realms",
                "/./admin/realms",
                "/realms/x/../../admin/realms",
                "/realms/x/%2e%2e/master/",
                "/admin;x=y/realms",
                "/ADMIN/",
                "/realms;a=b/master/")) {
            assertThat(get(path, "127.0.0.1")).as(path).matches(status -> status.startsWith("HTTP/1.1 40"));
        }
        assertThat(one.heard).isEmpty();
        assertThat(two.heard).isEmpty();
        assertThat(get("/admin/realms/broker/sekisho/alerts", "127.0.0.2")).startsWith("HTTP/1.1 200");
        assertThat(get("/admin/realms/broker/sekisho/alerts", "127.0.0.3")).startsWith("HTTP/1.1 200");
        assertThat(get("/realms/broker/protocol/openid-connect/auth?client_id=x", "127.0.0.1"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aRequestThatReachedANodeIsNeverSentAgain() throws Exception {
        one.dies = true;
        two.dies = true;
        try {
            assertThat(get("/realms/broker/login-actions/authenticate", "127.0.0.1"))
                    .startsWith("HTTP/1.1 502");
        } finally {
            one.dies = false;
            two.dies = false;
        }
        assertThat(one.heard.size() + two.heard.size()).isEqualTo(1);
    }

    @Test
    void aNodeThatIsNotReadyIsAskedNoMore() throws Exception {
        one.ready = false;
        haproxy.await(
                "only the other one is asked",
                () -> asked(6).equals(List.of("two", "two", "two", "two", "two", "two")));
    }

    @Test
    void whereNoNodeIsReadyAPageSaysSoInBothLanguages() throws Exception {
        noNodeIsReady();

        String page = get("/realms/broker/", "127.0.0.1");
        assertThat(page)
                .contains("content-type: text/html; charset=utf-8", "cache-control: no-store", "retry-after: 30")
                .contains("ただいまご利用いただけません", "Temporarily unavailable")
                .doesNotContain("<a ", "href");
        for (String path : List.of("/realms/broker/sekisho/operations", "/realms/broker/sekisho/operations/x/redeem")) {
            assertThat(get(path, "127.0.0.1"))
                    .as("an app is told as the interface tells errors: " + path)
                    .startsWith("HTTP/1.1 503")
                    .contains("content-type: application/problem+json", "retry-after: 30", "\"status\":503")
                    .doesNotContain("<html");
        }
    }

    private static void noNodeIsReady() throws Exception {
        one.ready = false;
        two.ready = false;
        haproxy.await(
                "nobody is asked", () -> get("/realms/broker/", "127.0.0.1").startsWith("HTTP/1.1 503"));
    }

    /** Who is answered before his request was read to its end gets a reset over HTTP/2, and no answer. */
    @Test
    void whereNoNodeIsReadyAnAppHearsSoWhateverItSends() throws Exception {
        noNodeIsReady();
        for (String body : List.of("{}", "[" + "1,".repeat(30_000) + "1]")) {
            HttpResponse<String> answer = haproxy.post("/realms/broker/sekisho/operations", body);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("urn:sekisho:problem:unavailable");
        }
    }

    @Test
    void noQueryIsInTheLog() throws Exception {
        get("/realms/broker/login-actions/authenticate?code=topsecret", "127.0.0.1");
        haproxy.await(
                "the request is logged", () -> haproxy.log().contains("/realms/broker/login-actions/authenticate"));
        assertThat(haproxy.log()).doesNotContain("topsecret").contains("127.0.0.1 [");
    }

    private static Map<String, List<String>> heard() {
        return Stream.concat(one.heard.stream(), two.heard.stream()).findFirst().orElseThrow();
    }

    /** Which node answers, so many times. */
    private static List<String> asked(int times) throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        for (int time = 0; time < times; time++) {
            String answer = get("/realms/broker/", "127.0.0.1");
            names.add(answer.substring(answer.lastIndexOf('\n') + 1));
        }
        return names;
    }

    private static String get(String path, String from, String... headers) throws IOException {
        return haproxy.get(path, from, headers);
    }

    /** In a node's place: says its name, and remembers what it heard. */
    private static final class Node implements AutoCloseable {

        private final HttpServer server;
        private final String name;
        private final List<Map<String, List<String>>> heard = new CopyOnWriteArrayList<>();
        private volatile boolean ready = true;
        private volatile boolean dies;

        private Node(HttpServer server, String name) {
            this.server = server;
            this.name = name;
        }

        static Node start(String name) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Ports.free()), 0);
            Node node = new Node(server, name);
            server.createContext("/", node::answer);
            server.createContext("/health/ready", node::health);
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
            return node;
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        private void health(HttpExchange exchange) throws IOException {
            exchange.sendResponseHeaders(ready ? 200 : 503, -1);
            exchange.close();
        }

        private void answer(HttpExchange exchange) throws IOException {
            heard.add(Map.copyOf(exchange.getRequestHeaders()));
            if (dies) {
                exchange.close();
                return;
            }
            byte[] body = name.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
