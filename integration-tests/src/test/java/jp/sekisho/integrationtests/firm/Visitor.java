package jp.sekisho.integrationtests.firm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.models.utils.Base32;
import org.keycloak.models.utils.HmacOTP;

/** A customer's browser without scripts: sends forms, keeps cookies (Secure ones too: it only speaks to localhost). */
public final class Visitor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
    private static final int TOTP_SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final URI base;

    public Visitor(URI base) {
        this.base = base;
    }

    /** A page, or the way back to the application. */
    public record Page(int status, String html, Optional<URI> callback) {

        public boolean shows(String id) {
            return html.contains("id=\"" + id + '"');
        }

        /** A parameter of the way back. */
        public Optional<String> parameter(String name) {
            return callback.map(URI::getQuery)
                    .flatMap(query -> Pattern.compile("(?:^|&)" + name + "=([^&]*)")
                            .matcher(query)
                            .results()
                            .map(result -> result.group(1))
                            .findFirst());
        }

        private URI action() {
            Matcher action = ACTION.matcher(html);
            if (!action.find()) {
                throw new IllegalStateException("No form in " + status + " " + html);
            }
            return URI.create(action.group(1).replace("&amp;", "&"));
        }
    }

    /** Asks for a login, or for the page that a login leads to. */
    public Page authorize(Map<String, String> more) throws IOException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>(Map.of(
                "response_type", "code", "client_id", Firm.APP, "redirect_uri", Firm.CALLBACK, "scope", "openid"));
        query.putAll(more);
        return follow(HttpRequest.newBuilder(realm("/protocol/openid-connect/auth?" + form(query))));
    }

    public Page submit(Page page, Map<String, String> fields) throws IOException, InterruptedException {
        return follow(post(page.action(), fields));
    }

    public Page password(Page page, String name) throws IOException, InterruptedException {
        return submit(page, Map.of("username", name, "password", Firm.PASSWORD));
    }

    /**
     * A code of the customer's app.
     *
     * @param periodsAhead 0 for the code of this moment; 1 for the next one, where that of this moment may be used up
     */
    public Page totp(Page page, int periodsAhead) throws IOException, InterruptedException {
        int period = Math.toIntExact(Clock.systemUTC().instant().getEpochSecond() / TOTP_SECONDS) + periodsAhead;
        String code = new HmacOTP(6, HmacOTP.HMAC_SHA1, 0).generateHOTP(Base32.decode(Firm.TOTP_KEY), period);
        return submit(page, Map.of("otp", code));
    }

    /** The access token that the way back is worth. */
    public String token(Page back) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(post(
                realm("/protocol/openid-connect/token"),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        Firm.APP,
                        "redirect_uri",
                        Firm.CALLBACK,
                        "code",
                        back.parameter("code").orElseThrow())));
        JsonNode tokens = JSON.readTree(answer.body());
        if (!tokens.hasNonNull("access_token")) {
            throw new IllegalStateException("No token: " + answer.body());
        }
        return tokens.path("access_token").asText();
    }

    /** The account interface. */
    public HttpResponse<String> account(String token, String method, String path, Optional<JsonNode> body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(realm("/account" + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.map(JsonNode::toString)
                                        .map(BodyPublishers::ofString)
                                        .orElseGet(BodyPublishers::noBody))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI realm(String path) {
        return base.resolve("/realms/" + Firm.REALM + path);
    }

    private Page follow(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        Optional<String> location = response.headers().firstValue("Location");
        while (location.filter(to -> to.startsWith(base.toString())).isPresent()) {
            response = send(HttpRequest.newBuilder(URI.create(location.get())));
            location = response.headers().firstValue("Location");
        }
        return new Page(response.statusCode(), response.body(), location.map(URI::create));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        request.header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        for (String set : response.headers().allValues("Set-Cookie")) {
            String[] pair = set.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return response;
    }

    private static HttpRequest.Builder post(URI uri, Map<String, String> fields) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields)));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + '=' + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
