package jp.sekisho.benchmarks.login;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.sekisho.benchmarks.site.Customer;
import jp.sekisho.benchmarks.site.Realms;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * A login over plain HTTP: the page, its form with name and password or the answer of a passkey, the way back with a code. Anything else between is
 * an error: what is measured is the login that asks nothing more.
 */
public final class Login {

    /** Cookies with this prefix stay in the browser, all others are of one login. */
    private static final String DEVICE = "__Host-sekisho-device-";

    /** On Keycloak's page in a script, on ours in an attribute. */
    private static final Pattern CHALLENGE = Pattern.compile("challenge(?:\\s*:\\s*|=)\"([^\"]+)\"");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final Lane lane;
    private final Customer customer;
    private final Map<String, String> cookies;

    private Login(HttpClient http, Lane lane, Customer customer) {
        this.http = http;
        this.lane = lane;
        this.customer = customer;
        this.cookies = new HashMap<>(customer.cookies());
    }

    /** @throws IOException if the customer was not let in at once */
    public static void run(HttpClient http, Lane lane, Customer customer) throws IOException, InterruptedException {
        code(http, lane, customer);
    }

    /** The same, and what an app exchanges for tokens. */
    public static String code(HttpClient http, Lane lane, Customer customer) throws IOException, InterruptedException {
        return new Login(http, lane, customer).code();
    }

    private String code() throws IOException, InterruptedException {
        URI start = lane.server()
                .resolve("/realms/" + lane.realm() + "/protocol/openid-connect/auth?"
                        + form(Map.of(
                                "response_type",
                                "code",
                                "client_id",
                                Realms.CLIENT,
                                "redirect_uri",
                                Realms.CALLBACK,
                                "scope",
                                "openid")));
        HttpResponse<String> page = send(HttpRequest.newBuilder(start));
        Element form = Jsoup.parse(page.body())
                .selectFirst(customer.passkey().isPresent() ? "form#webauth" : "form#kc-form-login");
        if (form == null) {
            throw new IOException(lane.name() + ": no login form: " + page.statusCode() + " " + page.body());
        }
        HttpResponse<String> back = send(HttpRequest.newBuilder(URI.create(form.attr("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(answer(page.body())))));
        String location = back.headers().firstValue("Location").orElse("");
        if (!location.startsWith(Realms.CALLBACK) || !location.contains("code=")) {
            throw new IOException(lane.name() + ": " + customer.name() + " was not let in: " + back.statusCode() + " "
                    + location + " " + Jsoup.parse(back.body()).text());
        }
        cookies.forEach((name, value) -> {
            if (name.startsWith(DEVICE)) {
                customer.cookies().put(name, value);
            }
        });
        return location.replaceAll(".*[?&]code=([^&]+).*", "$1");
    }

    private Map<String, String> answer(String page) throws IOException {
        if (customer.passkey().isEmpty()) {
            return Map.of("username", customer.name(), "password", Realms.PASSWORD, "credentialId", "");
        }
        Matcher challenge = CHALLENGE.matcher(page);
        if (!challenge.find()) {
            throw new IOException(lane.name() + ": no challenge on the page");
        }
        return customer.passkey().get().answer(challenge.group(1), lane.server());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        request.timeout(PATIENCE)
                .header("Accept", "text/html")
                .header("Accept-Language", "ja")
                .header("User-Agent", customer.userAgent())
                .header("X-Forwarded-For", customer.address());
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        // Secure cookies too: it only ever speaks to localhost.
        for (String set : response.headers().allValues("Set-Cookie")) {
            String[] pair = set.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return response;
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
