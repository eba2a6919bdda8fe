package jp.sekisho.endpoints.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Errors as problem documents (RFC 9457). */
public final class Problem {

    private static final String TYPE = "application/problem+json";

    private Problem() {}

    public static Response badRequest(String code, String detail) {
        return of(Response.Status.BAD_REQUEST, code, detail);
    }

    /** No token, or none that serves here. */
    public static Response unauthorized(String detail) {
        return of(Response.Status.UNAUTHORIZED, "unauthorized", detail);
    }

    public static Response forbidden(String detail) {
        return of(Response.Status.FORBIDDEN, "forbidden", detail);
    }

    /** The login was too weak or is too old: what a client asks for next, as the essential {@code acr}. */
    public static Response stepUpRequired(String acr) {
        return of(
                Response.Status.FORBIDDEN,
                "step-up-required",
                "A login within the last minutes is required that reaches " + acr + '.');
    }

    public static Response notFound(String detail) {
        return of(Response.Status.NOT_FOUND, "not-found", detail);
    }

    public static Response conflict(String code, String detail) {
        return of(Response.Status.CONFLICT, code, detail);
    }

    /** Well formed, and makes no sense. @param pointer to what (RFC 6901) */
    public static Response unprocessable(String code, String pointer, String detail) {
        return of(422, "Unprocessable Content", code, detail, Map.of("pointer", pointer));
    }

    /** @param pointer to what cannot be read (RFC 6901) */
    public static Response unreadable(String pointer, String detail) {
        Response.Status status = Response.Status.BAD_REQUEST;
        return of(status.getStatusCode(), status.getReasonPhrase(), "body", detail, Map.of("pointer", pointer));
    }

    public static Response tooLarge(String detail) {
        return of(413, "Content Too Large", "too-large", detail, Map.of());
    }

    public static Response unsupported(String detail) {
        return of(Response.Status.UNSUPPORTED_MEDIA_TYPE, "media-type", detail);
    }

    /** @param retryAfter how long to wait */
    public static Response tooMany(String code, Duration retryAfter, String detail) {
        long seconds = Math.max(1, retryAfter.toSeconds() + (retryAfter.toNanosPart() > 0 ? 1 : 0));
        return Response.fromResponse(of(429, "Too Many Requests", code, detail, Map.of()))
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }

    /** @param more what the caller needs to go on */
    public static Response conflict(String code, String detail, Map<String, ?> more) {
        Response.Status status = Response.Status.CONFLICT;
        return of(status.getStatusCode(), status.getReasonPhrase(), code, detail, more);
    }

    /** The server lacks what it needs for this. */
    public static Response unavailable(String code, String detail) {
        return of(Response.Status.SERVICE_UNAVAILABLE, code, detail);
    }

    private static Response of(Response.Status status, String code, String detail) {
        return of(status.getStatusCode(), status.getReasonPhrase(), code, detail, Map.of());
    }

    private static Response of(int status, String title, String code, String detail, Map<String, ?> more) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "urn:sekisho:problem:" + code);
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        document.putAll(more);
        return Response.status(status).type(TYPE).entity(document).build();
    }
}
