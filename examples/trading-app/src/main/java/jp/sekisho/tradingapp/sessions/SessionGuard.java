package jp.sekisho.tradingapp.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Reports a customer's first request after a login, and each that comes from another address or browser than the one before.
 * Nothing is shown before the answer: this app's cookie may have been stolen.
 */
@Component
class SessionGuard implements HandlerInterceptor {

    private static final String LAST = Sighting.class.getName();

    private final SessionReports reports;

    SessionGuard(SessionReports reports) {
        this.reports = reports;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Optional<Sighting> now = session(request).map(session -> Sighting.of(session, request));
        if (!(handler instanceof HandlerMethod) || now.isEmpty()) {
            return true;
        }
        Sighting sighting = now.get();
        if (sighting.equals(request.getSession().getAttribute(LAST))) {
            return true;
        }
        return switch (reports.report(sighting)) {
            case GOES_ON -> {
                request.getSession().setAttribute(LAST, sighting);
                yield true;
            }
            case OVER -> {
                new SecurityContextLogoutHandler().logout(request, response, null);
                yield instead(request, response, "/session-ended");
            }
            case UNKNOWN -> instead(request, response, "/unavailable");
        };
    }

    /** Whose session at the identity provider this request is part of; empty for who is not logged in. */
    private static Optional<String> session(HttpServletRequest request) {
        return Optional.ofNullable(request.getUserPrincipal())
                .filter(Authentication.class::isInstance)
                .map(user -> ((Authentication) user).getPrincipal())
                .filter(OidcUser.class::isInstance)
                .map(user -> ((OidcUser) user).getIdToken().getClaimAsString("sid"));
    }

    private static boolean instead(HttpServletRequest request, HttpServletResponse response, String page)
            throws IOException {
        response.sendRedirect(request.getContextPath() + page);
        return false;
    }
}
