package jp.sekisho.integrationtests.login;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Requests to Keycloak's own interfaces by who bears a token. */
final class Bearer {

    private Bearer() {}

    static HttpResponse<String> put(URI uri, String token, String type, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri).header("Content-Type", type).PUT(BodyPublishers.ofString(body)), token);
    }

    static HttpResponse<String> post(URI uri, String token, String type, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(uri).header("Content-Type", type).POST(BodyPublishers.ofString(body)), token);
    }

    static HttpResponse<String> send(HttpRequest.Builder request, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        request.header("Authorization", "Bearer " + token)
                                .header("Accept", "application/json")
                                .build(),
                        BodyHandlers.ofString());
    }
}
