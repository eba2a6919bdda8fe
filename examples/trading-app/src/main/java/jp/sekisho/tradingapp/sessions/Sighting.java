package jp.sekisho.tradingapp.sessions;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Objects;

/**
 * From where, and with what, a customer's request came.
 *
 * @param session of the identity provider
 * @param address empty where it is not known
 * @param userAgent the header as it came, empty where there is none
 */
public record Sighting(String session, String address, String userAgent) implements Serializable {

    static Sighting of(String session, HttpServletRequest request) {
        return new Sighting(
                session,
                Objects.requireNonNullElse(request.getRemoteAddr(), ""),
                Objects.requireNonNullElse(request.getHeader("User-Agent"), ""));
    }
}
