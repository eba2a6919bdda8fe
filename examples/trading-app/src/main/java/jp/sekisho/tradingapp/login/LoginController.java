package jp.sekisho.tradingapp.login;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The way to the identity provider, and what is said when it is closed. */
@Controller
class LoginController {

    private final IdentityProvider provider;

    LoginController(IdentityProvider provider) {
        this.provider = provider;
    }

    /** @param level the level asked for, by its key; without one the identity provider decides */
    @GetMapping("/login")
    String login(@RequestParam(required = false) String level, HttpServletResponse response) {
        if (provider.discover().isEmpty()) {
            return unavailable(response);
        }
        var start = UriComponentsBuilder.fromPath("/oauth2/authorization/" + IdentityProvider.ID);
        Level.ofKey(level).ifPresent(known -> start.queryParam("level", known.key()));
        return "redirect:" + start.toUriString();
    }

    @GetMapping("/unavailable")
    String unavailable(HttpServletResponse response) {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        return "unavailable";
    }

    /** Whose session did not go on here as it was. */
    @GetMapping("/session-ended")
    String ended() {
        return "session-ended";
    }

    @GetMapping("/login-failed")
    String failed(HttpServletResponse response) {
        response.setStatus(HttpStatus.FORBIDDEN.value());
        return "login-failed";
    }
}
