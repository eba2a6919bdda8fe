package jp.sekisho.integrationtests.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where an app hears of sessions that ended (OpenID Connect Back-Channel Logout 1.0). */
final class BackChannel implements AutoCloseable {

    private static final String TOKEN = "logout_token=";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final List<JsonNode> missed = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    private BackChannel(HttpServer server) {
        this.server = server;
    }

    static BackChannel open() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        BackChannel channel = new BackChannel(server);
        server.createContext("/", channel::answer);
        server.start();
        return channel;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        String token = URLDecoder.decode(form.substring(TOKEN.length()), StandardCharsets.US_ASCII);
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        (down ? missed : heard).add(claims);
        exchange.sendResponseHeaders(down ? 503 : 200, -1);
        exchange.close();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/logout";
    }

    /** What the logout tokens say. */
    List<JsonNode> heard() {
        return heard;
    }

    /** What came while the app was down. */
    List<JsonNode> missed() {
        return missed;
    }

    void down(boolean now) {
        down = now;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
