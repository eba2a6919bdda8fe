package jp.sekisho.integrationtests.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.stack.proxy.ForwardingProxy;
import jp.sekisho.stack.proxy.Origin;

/** Somebody with a browser, as far as HTTP goes: sends forms, keeps cookies (also Secure ones, of localhost only). */
final class Visitor {

    static final String CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/140.0.0.0 Safari/537.36";
    static final String SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.0 Safari/605.1.15";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final World world;

    private Visitor(World world, String userAgent) {
        this.world = world;
        headers.put("User-Agent", userAgent);
        headers.put("Accept-Language", "ja");
    }

    static Visitor from(World world, Origin origin) {
        return from(world, origin.address(), CHROME);
    }

    static Visitor from(World world, String address, String userAgent) {
        Visitor visitor = new Visitor(world, userAgent);
        visitor.comeFrom(address);
        return visitor;
    }

    void comeFrom(String address) {
        send(post(world.base().resolve(ForwardingProxy.FROM), Map.of("address", address)));
    }

    /** Sent with every request from now on. */
    Visitor header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    /** The name of the device token's cookie. */
    String deviceCookie() throws Exception {
        return Tables.cookieName(world.realmId());
    }

    /** Goes on with what the other has; the session of Keycloak stays behind. */
    Visitor withDeviceOf(Visitor other) throws Exception {
        cookies.put(deviceCookie(), other.cookies.get(deviceCookie()));
        return this;
    }

    /** Everything but the device token and where the visitor is. */
    void forgetSession() throws Exception {
        String device = deviceCookie();
        cookies.keySet().removeIf(name -> !name.equals(device) && !name.startsWith("sekisho-demo"));
    }

    /** As the app sends a browser. */
    Page openLogin() {
        return openLogin(Map.of());
    }

    Page openLogin(Map<String, String> parameters) {
        return get(world.app().loginPage(parameters));
    }

    /** A new login, whatever session there is. */
    Page logIn(Customer customer, String password) throws Exception {
        forgetSession();
        return openLogin().password(customer.username(), password);
    }

    Page logIn(Customer customer) throws Exception {
        return logIn(customer, customer.password());
    }

    /** First login with the authenticator app on this browser, which is remembered; the first of the customer's codes. */
    Page enrol(Customer customer) throws Exception {
        return enrol(customer, 0);
    }

    Page enrol(Customer customer, int periodsAhead) throws Exception {
        return logIn(customer).otp(world.otp(customer, periodsAhead)).remember(true);
    }

    Page get(URI uri) {
        return follow(HttpRequest.newBuilder(uri).GET());
    }

    Page submit(URI action, Map<String, String> form) {
        return follow(post(action, form));
    }

    private Page follow(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request);
        Optional<String> location = response.headers().firstValue("Location");
        while (location.isPresent() && location.get().startsWith(world.base().toString())) {
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

    World world() {
        return world;
    }

    @Override
    public String toString() {
        return DemoRealm.NAME + cookies.keySet();
    }
}
