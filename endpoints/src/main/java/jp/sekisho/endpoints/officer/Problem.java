package jp.sekisho.endpoints.officer;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** An error as a problem document (RFC 9457). Thrown before anything was written: it rolls the request back. */
final class Problem extends WebApplicationException {

    private static final long serialVersionUID = 1L;

    private static final MediaType TYPE = new MediaType("application", "problem+json");

    private Problem(Response.Status status, String code, String detail) {
        super(Response.status(status)
                .type(TYPE)
                .entity(Map.of(
                        "type",
                        "urn:sekisho:problem:" + code,
                        "title",
                        status.getReasonPhrase(),
                        "status",
                        status.getStatusCode(),
                        "detail",
                        detail))
                .build());
    }

    static Problem badRequest(String code, String detail) {
        return new Problem(Response.Status.BAD_REQUEST, code, detail);
    }

    static Problem forbidden(String detail) {
        return new Problem(Response.Status.FORBIDDEN, "forbidden", detail);
    }

    static Problem notFound(String detail) {
        return new Problem(Response.Status.NOT_FOUND, "not-found", detail);
    }

    static Problem conflict(String code, String detail) {
        return new Problem(Response.Status.CONFLICT, code, detail);
    }
}
