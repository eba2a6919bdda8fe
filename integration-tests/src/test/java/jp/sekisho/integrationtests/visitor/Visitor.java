package jp.sekisho.integrationtests.visitor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Authenticator;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.ForwardingProxy;

/** Somebody with a browser, as far as HTTP goes: sends forms, keeps cookies (also Secure ones, of localhost only). */
public final class Visitor {

    public static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/140.0.0.0 Safari/537.36";
    public static final String SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.0 Safari/605.1.15";

    private static final String DEVICE = "__Host-sekisho-device-";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final App app;

    public Visitor(App app) {
        this(app, CHROME);
    }

    private Visitor(App app, String userAgent) {
        this.app = app;
        headers.put("User-Agent", userAgent);
        headers.put("Accept-Language", "ja");
    }

    /** Through the proxy, from somewhere in the world. */
    public static Visitor from(App app, String address, String userAgent) {
        Visitor visitor = new Visitor(app, userAgent);
        visitor.comeFrom(address);
        return visitor;
    }

    public void comeFrom(String address) {
        send(post(app.keycloak().resolve(ForwardingProxy.FROM), Map.of("address", address)));
    }

    /** The same browser at the same moment, for what is sent at once. */
    public Visitor copy() {
        return at(app);
    }

    /** The same browser, sent there by another app, or to another node. */
    public Visitor at(App other) {
        Visitor there = new Visitor(other, headers.get("User-Agent"));
        there.headers.putAll(headers);
        there.cookies.putAll(cookies);
        return there;
    }

    /** Sent with every request from now on. */
    public Visitor header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** Goes on with what the other has; the session of Keycloak stays behind. */
    public Visitor withDeviceOf(Visitor other) {
        other.cookies.forEach((name, value) -> {
            if (name.startsWith(DEVICE)) {
                cookies.put(name, value);
            }
        });
        return this;
    }

    /** The same session on another device. */
    public Visitor forgetDevice() {
        cookies.keySet().removeIf(name -> name.startsWith(DEVICE));
        return this;
    }

    /** Everything but the device token and where the visitor is. */
    public void forgetSession() {
        cookies.keySet().removeIf(name -> !name.startsWith(DEVICE) && !name.startsWith("sekisho-demo"));
    }

    /** As the app sends a browser. */
    public Page openLogin() {
        return openLogin(Map.of());
    }

    public Page openLogin(Map<String, String> parameters) {
        return get(app.loginPage(parameters));
    }

    /** A new login, whatever session there is. */
    public Page logIn(Customer customer, String password) {
        forgetSession();
        return openLogin().password(customer.username(), password);
    }

    public Page logIn(Customer customer) {
        return logIn(customer, customer.password());
    }

    /** First login with the authenticator app on this browser, which is remembered; the first of the customer's codes. */
    /** The same by passkey; where he is asked, this browser is remembered. */
    public Page logIn(SoftPasskey passkey) {
        forgetSession();
        Page page = openLogin().passkey(passkey);
        return page.kind() == Page.Kind.REMEMBER ? page.remember(true) : page;
    }

    public Page enrol(Customer customer) {
        return enrol(customer, 0);
    }

    public Page enrol(Customer customer, int periodsAhead) {
        return logIn(customer)
                .otp(new Authenticator(customer, Clock.systemUTC()).code(periodsAhead))
                .remember(true);
    }

    /** The password grant, of this browser: with its cookies. */
    public HttpResponse<String> grant(String username, String password, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", "password", "client_id", app.client(), "username", username, "password", password));
        form.putAll(more);
        return send(post(app.tokenEndpoint(), form));
    }

    /** A call of this very browser, with its cookies, such as a page of ours makes. */
    public HttpResponse<String> call(String method, URI uri, String token, String body) {
        return send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The refresh grant of a public client, from where the visitor is. */
    public HttpResponse<String> refresh(String refreshToken) {
        return send(post(
                app.tokenEndpoint(),
                Map.of("grant_type", "refresh_token", "client_id", app.client(), "refresh_token", refreshToken)));
    }

    public Page get(URI uri) {
        return follow(HttpRequest.newBuilder(uri).GET());
    }

    Page submit(URI action, Map<String, String> form) {
        return follow(post(action, form));
    }

    private Page follow(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request);
        Optional<String> location = response.headers().firstValue("Location");
        while (location.isPresent()
                && location.get().startsWith(app.keycloak().toString())
                && !location.get().startsWith(app.callback())) {
            response = send(HttpRequest.newBuilder(URI.create(location.get())).GET());
            location = response.headers().firstValue("Location");
        }
        return new Page(this, response);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        headers.forEach(request::header);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String setCookie) {
        String[] pair = setCookie.split(";", 2)[0].split("=", 2);
        if (setCookie.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private static HttpRequest.Builder post(URI uri, Map<String, String> form) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(App.form(form)));
    }

    App app() {
        return app;
    }
}
