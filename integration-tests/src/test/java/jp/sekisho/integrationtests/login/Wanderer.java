package jp.sekisho.integrationtests.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Visitor;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** A browser in two realms: each has cookies of its own, under the same names. */
final class Wanderer {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Map<String, String>> cookies = new HashMap<>();
    private final URI keycloak;

    Wanderer(URI keycloak) {
        this.keycloak = keycloak;
    }

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return follow(HttpRequest.newBuilder(uri).GET());
    }

    /** Sends a form of the page with its hidden fields and these values. */
    HttpResponse<String> submit(HttpResponse<String> page, String css, Map<String, String> values)
            throws IOException, InterruptedException {
        Element form = Jsoup.parse(page.body(), page.uri().toString()).selectFirst(css);
        if (form == null) {
            throw new AssertionError("No " + css + ": " + page.statusCode() + " " + page.body());
        }
        Map<String, String> all = new LinkedHashMap<>();
        form.select("input[type=hidden][name]").forEach(field -> all.put(field.attr("name"), field.val()));
        all.putAll(values);
        return follow(HttpRequest.newBuilder(URI.create(form.absUrl("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(App.form(all))));
    }

    private HttpResponse<String> follow(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        Optional<String> location = response.headers().firstValue("Location");
        while (location.isPresent() && location.get().startsWith(keycloak.toString())) {
            response = send(HttpRequest.newBuilder(URI.create(location.get())).GET());
            location = response.headers().firstValue("Location");
        }
        return response;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String realm = request.copy().build().uri().getPath().split("/")[2];
        Map<String, String> own = cookies.computeIfAbsent(realm, ignored -> new TreeMap<>());
        request.header("User-Agent", Visitor.CHROME).header("Accept-Language", "ja");
        if (!own.isEmpty()) {
            request.header(
                    "Cookie",
                    own.entrySet().stream()
                            .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            own.put(pair[0], pair[1]);
        }
        return response;
    }
}
