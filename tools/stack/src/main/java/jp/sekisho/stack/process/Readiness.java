package jp.sekisho.stack.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/** Waits until a process that was started answers. */
public final class Readiness {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private Readiness() {}

    /**
     * Waits until the URL answers with success or a redirect.
     *
     * @param name of the process, for messages
     * @throws ProcessFailed if the process ends or does not answer in time; it does not run then
     */
    public static void await(String name, LoggedProcess process, URI url, Duration timeout) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
        HttpRequest request = HttpRequest.newBuilder(url).timeout(ANSWER).build();
        Instant deadline = Instant.now().plus(timeout);
        while (!answers(client, request)) {
            if (!process.isAlive()) {
                throw new ProcessFailed(name + " ended at its start (exit " + process.exitCode() + ")", process);
            }
            if (Instant.now().isAfter(deadline)) {
                process.kill();
                throw new ProcessFailed(name + " is not ready after " + timeout.toSeconds() + " s", process);
            }
            pause(process);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) {
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void pause(LoggedProcess process) {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            process.kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }
}
