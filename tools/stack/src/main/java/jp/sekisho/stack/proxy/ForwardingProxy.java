package jp.sekisho.stack.proxy;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The reverse proxy in front of Keycloak, as a firm has one: what a client says of its own origin is thrown away, and Keycloak is told the
 * peer's address. Since every visitor of the demo is on this machine, the peer's address is the one that the browser chose at
 * {@code /from}.
 */
public final class ForwardingProxy implements AutoCloseable {

    /** The page where a browser sets where it comes from; a POST with form field {@code address} does the same. */
    public static final String FROM = "/from";

    private static final HttpString HTTP2_SETTINGS = new HttpString("HTTP2-Settings");

    static final String COOKIE = "sekisho-demo-from";

    private static final IPAddressStringParameters NUMBERS = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefix(false)
            .allowMask(false)
            .allow_inet_aton(false)
            .toParams();

    private static final int MAX_REQUEST_MILLIS = (int) TimeUnit.SECONDS.toMillis(60);

    /** Beyond these there is a 503: more than tests and visitors have on their way at once. */
    private static final int CONNECTIONS_PER_THREAD = 100;

    private final Undertow undertow;
    private final LoadBalancingProxyClient client;
    private final URI base;

    private ForwardingProxy(Undertow undertow, LoadBalancingProxyClient client, URI base) {
        this.undertow = undertow;
        this.client = client;
        this.base = base;
    }

    /**
     * @param port where to listen, on 127.0.0.1
     * @param fallback where a browser comes from that has not chosen
     * @param servers the servers behind, asked in turn
     */
    public static ForwardingProxy start(int port, Origin fallback, URI... servers) {
        LoadBalancingProxyClient client =
                new LoadBalancingProxyClient().setProblemServerRetry(1).setConnectionsPerThread(CONNECTIONS_PER_THREAD);
        for (URI server : servers) {
            client.addHost(server);
        }
        HttpHandler forward = ProxyHandler.builder()
                .setProxyClient(client)
                .setMaxRequestTime(MAX_REQUEST_MILLIS)
                .build();
        HttpHandler pages = new PathHandler(exchange -> {
                    dropClaimedOrigin(exchange);
                    // Good for one hop: the server would answer the client's wish for HTTP/2 to this proxy.
                    exchange.getRequestHeaders().remove(Headers.UPGRADE);
                    exchange.getRequestHeaders().remove(HTTP2_SETTINGS);
                    // The handler behind tells the server this address, in X-Forwarded-For.
                    InetAddress from = chosen(exchange)
                            .orElseGet(() -> address(fallback.address()).orElseThrow());
                    exchange.setSourceAddress(new InetSocketAddress(from, 0));
                    forward.handleRequest(exchange);
                })
                .addExactPath(FROM, new FromPage(fallback));
        Undertow undertow =
                Undertow.builder().addHttpListener(port, "127.0.0.1", pages).build();
        undertow.start();
        return new ForwardingProxy(undertow, client, URI.create("http://localhost:" + port));
    }

    /** One server more, in turn with the others: nobody is bound to one. */
    public void add(URI server) {
        client.addHost(server);
    }

    /** Asked no more, as a load balancer does with one that is no longer ready; what is under way there goes on. */
    public void remove(URI server) {
        client.removeHost(server);
    }

    public URI base() {
        return base;
    }

    @Override
    public void close() {
        undertow.stop();
    }

    /** An address in numbers; names are never looked up. */
    static Optional<InetAddress> address(String text) {
        IPAddress address = new IPAddressString(text.strip(), NUMBERS).getAddress();
        return address == null || address.isMultiple() ? Optional.empty() : Optional.of(address.toInetAddress());
    }

    static Optional<InetAddress> chosen(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getRequestCookie(COOKIE))
                .map(Cookie::getValue)
                .flatMap(ForwardingProxy::decoded);
    }

    static Cookie choice(InetAddress address) {
        return new CookieImpl(COOKIE, HexFormat.of().formatHex(address.getAddress()))
                .setPath("/")
                .setHttpOnly(true)
                .setSameSiteMode("Lax");
    }

    private static Optional<InetAddress> decoded(String hex) {
        try {
            return Optional.of(InetAddress.getByAddress(HexFormat.of().parseHex(hex)));
        } catch (IllegalArgumentException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static void dropClaimedOrigin(HttpServerExchange exchange) {
        List<HttpString> claimed = exchange.getRequestHeaders().getHeaderNames().stream()
                .filter(ForwardingProxy::claimsOrigin)
                .toList();
        claimed.forEach(exchange.getRequestHeaders()::remove);
    }

    private static boolean claimsOrigin(HttpString header) {
        String name = header.toString().toLowerCase(Locale.ROOT);
        return name.equals("forwarded") || name.startsWith("x-forwarded-") || name.equals("x-real-ip");
    }
}
