package jp.sekisho.tradingapp.operations;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import jp.sekisho.client.UnconfirmedException;
import jp.sekisho.tradingapp.operations.Confirming.Pending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a customer comes back to who was sent to confirm. */
@Controller
class ConfirmedController {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedController.class);
    private static final String UNCONFIRMED = "redirect:" + Operations.BOOKS + "?unconfirmed=";

    private final Confirming confirming;
    private final Operations operations;

    ConfirmedController(Confirming confirming, Operations operations) {
        this.confirming = confirming;
        this.operations = operations;
    }

    @GetMapping(Confirming.PATH)
    String confirmed(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(required = false) String code,
            @RequestParam(name = "error_description", defaultValue = "") String why,
            @AuthenticationPrincipal OidcUser user,
            HttpSession session) {
        Optional<Pending> pending = confirming
                .take(state, session)
                .filter(asked -> asked.transaction().customer().equals(user.getSubject()));
        if (pending.isEmpty()) {
            return UNCONFIRMED + Unconfirmed.OTHER;
        }
        if (code == null) {
            operations.look(
                    pending.get().transaction(), pending.get().confirmation().operation());
            return UNCONFIRMED + Unconfirmed.of(why);
        }
        try {
            confirming.check(pending.get(), code);
        } catch (UnconfirmedException | JwtException | OAuth2AuthorizationException refused) {
            LOG.warn("A transaction is not confirmed: {}", refused.getMessage());
            return UNCONFIRMED + Unconfirmed.OTHER;
        }
        operations.confirmed(
                pending.get().transaction(), pending.get().confirmation().operation());
        return "redirect:" + Operations.BOOKS;
    }
}
