package jp.sekisho.endpoints.operation;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code …/sekisho/openapi.json}: what apps may ask, for whoever builds one. */
public final class OpenApi {

    private static final String DOCUMENT = read();

    private OpenApi() {}

    public static Response document() {
        return Response.ok(DOCUMENT, MediaType.APPLICATION_JSON_TYPE).build();
    }

    private static String read() {
        try (InputStream document = OpenApi.class.getResourceAsStream("openapi.json")) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
