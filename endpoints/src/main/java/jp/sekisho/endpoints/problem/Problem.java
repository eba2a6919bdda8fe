package jp.sekisho.endpoints.problem;

import jakarta.ws.rs.core.Response;
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

    /** The server lacks what it needs for this. */
    public static Response unavailable(String code, String detail) {
        return of(Response.Status.SERVICE_UNAVAILABLE, code, detail);
    }

    private static Response of(Response.Status status, String code, String detail) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "urn:sekisho:problem:" + code);
        document.put("title", status.getReasonPhrase());
        document.put("status", status.getStatusCode());
        document.put("detail", detail);
        return Response.status(status).type(TYPE).entity(document).build();
    }
}
