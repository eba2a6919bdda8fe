package jp.sekisho.integrationtests.lock;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sends forms and keeps cookies, also those that are Secure: it only ever speaks to localhost. */
final class Browser {

    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final URI base;

    Browser(URI base) {
        this.base = base;
    }

    Browser cookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    Page get(String path) throws IOException, InterruptedException {
        return follow(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    /** The password grant. */
    HttpResponse<String> grant(String realm, String user, String password, Map<String, String> more)
            throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", "password", "client_id", LockedRealm.CLIENT, "username", user, "password", password));
        form.putAll(more);
        return send(post(base.resolve("/realms/" + realm + "/protocol/openid-connect/token"), form));
    }

    /** The login page. */
    Page login(String realm, String parameters) throws IOException, InterruptedException {
        return get("/realms/" + realm + "/protocol/openid-connect/auth?response_type=code&scope=openid&client_id="
                + LockedRealm.CLIENT + "&redirect_uri=" + encoded("http://localhost/app") + parameters);
    }

    final class Page {

        private final HttpResponse<String> response;

        private Page(HttpResponse<String> response) {
            this.response = response;
        }

        String body() {
            return response.body();
        }

        /** Whether the customer was sent back to the application. */
        boolean passed() {
            return response.headers()
                    .firstValue("Location")
                    .filter(location -> location.startsWith("http://localhost/app?") && location.contains("code="))
                    .isPresent();
        }

        Page submit(Map<String, String> form) throws IOException, InterruptedException {
            Matcher action = ACTION.matcher(response.body());
            if (!action.find()) {
                throw new IllegalStateException("No form in " + response.statusCode() + " " + response.body());
            }
            return follow(post(URI.create(action.group(1).replace("&amp;", "&")), form));
        }
    }

    private Page follow(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        Optional<String> location = response.headers().firstValue("Location");
        while (location.isPresent() && location.get().startsWith(base.toString())) {
            response = send(HttpRequest.newBuilder(URI.create(location.get())).GET());
            location = response.headers().firstValue("Location");
        }
        return new Page(response);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String set : response.headers().allValues("Set-Cookie")) {
            String[] pair = set.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return response;
    }

    private static HttpRequest.Builder post(URI uri, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + '=' + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
