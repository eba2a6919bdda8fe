package jp.sekisho.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * What a trading app asks before it moves money: propose, have the customer confirm where it is said, redeem, execute, report.
 * Whatever is not answered by 200 is an exception, so that nothing is executed by oversight.
 */
public final class SekishoClient {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String issuer;
    private final String clientId;
    private final AccessTokens tokens;
    private final HttpClient http;
    private final Duration patience;

    /** @param issuer the realm's address, as its tokens name it @param clientId of this app's server */
    public SekishoClient(String issuer, String clientId, AccessTokens tokens) {
        this(
                issuer,
                clientId,
                tokens,
                HttpClient.newBuilder().connectTimeout(PATIENCE).build(),
                PATIENCE);
    }

    /**
     * @param http for mutual TLS, or a proxy of the firm's own; it follows no redirects
     * @param patience how long an answer may take
     */
    public SekishoClient(String issuer, String clientId, AccessTokens tokens, HttpClient http, Duration patience) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("Tokens go to one address only: follow no redirects.");
        }
        this.issuer = issuer;
        this.clientId = clientId;
        this.tokens = tokens;
        this.http = http;
        this.patience = patience;
    }

    /**
     * Asks. The same id with the same content gives the same answer, so that it is asked a second time where the connection broke.
     *
     * @throws NoAnswerException also where the server decided about something else than was asked
     */
    public Answer propose(Proposal proposal) {
        ObjectNode body = proposal.json();
        HttpResponse<String> response;
        try {
            response = send(post("", body));
        } catch (HttpTimeoutException slow) {
            throw silent(slow);
        } catch (IOException broken) {
            response = answered(post("", body));
        }
        Answer answer = Answers.read(response);
        if (!answer.known().digest().equals(digest(answer.known().operation(), proposal))) {
            throw new NoAnswerException("Something else was decided about than was asked.", null);
        }
        return answer;
    }

    /**
     * Once it returns, and only then, the app executes exactly this. It is never sent twice: where no answer comes,
     * {@link #find} says whether it was redeemed.
     *
     * @param proposal what the app is about to do, from its own records
     */
    public Answer redeem(String operation, Proposal proposal) {
        return Answers.read(answered(post(
                '/' + segment(operation) + "/redeem",
                JsonNodeFactory.instance.objectNode().put("digest", digest(operation, proposal)))));
    }

    /** Tells what became of it. The same result may be told again. */
    public Answer result(String operation, Result result) {
        return Answers.read(answered(post(
                '/' + segment(operation) + "/result",
                JsonNodeFactory.instance.objectNode().put("result", result.name()))));
    }

    /** How it stands. */
    public Answer find(String operation) {
        return Answers.read(answered(request('/' + segment(operation)).GET()));
    }

    /**
     * What the customer's confirmation must say, and how it is asked for.
     *
     * @param frontEnd the client that the customer is logged in to
     * @param now when it is asked for
     */
    public Confirmation confirmation(Answer.StepUp asked, Proposal proposal, String frontEnd, Instant now) {
        String operation = asked.known().operation();
        return new Confirmation(
                issuer, frontEnd, proposal.customer().subject(), operation, digest(operation, proposal), now);
    }

    private String digest(String operation, Proposal proposal) {
        return new Content(operation, issuer, clientId, proposal).digest();
    }

    private HttpRequest.Builder post(String path, ObjectNode body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(issuer + "/sekisho/operations" + path))
                .timeout(patience)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> answered(HttpRequest.Builder request) {
        try {
            return send(request);
        } catch (IOException broken) {
            throw silent(broken);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = send(request, false);
            // Refused at the door: it did nothing, whatever it was.
            return response.statusCode() == 401 ? send(request, true) : response;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("Interrupted while waiting for an answer.", stopped);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, boolean renew)
            throws IOException, InterruptedException {
        return http.send(
                request.setHeader("Authorization", "Bearer " + tokens.token(renew))
                        .build(),
                BodyHandlers.ofString());
    }

    private static NoAnswerException silent(IOException broken) {
        return new NoAnswerException("No answer: " + broken, broken);
    }

    private static String segment(String operation) {
        return URLEncoder.encode(operation, StandardCharsets.UTF_8);
    }
}
