package jp.sekisho.tradingapp.notices;

import jp.sekisho.tradingapp.login.IdentityProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.RestClientException;

@Controller
class NoticesController {

    private final LoginNotices notices;

    NoticesController(LoginNotices notices) {
        this.notices = notices;
    }

    @GetMapping("/notices")
    String show(
            @RegisteredOAuth2AuthorizedClient(IdentityProvider.ID) OAuth2AuthorizedClient client,
            @RequestParam(defaultValue = "false") boolean refused,
            Model model) {
        model.addAttribute("signedIn", true);
        model.addAttribute("refused", refused);
        notices.wanted(client.getAccessToken().getTokenValue())
                .ifPresent(wanted -> model.addAttribute("wanted", wanted));
        return "notices";
    }

    @PostMapping("/notices")
    String choose(
            @RegisteredOAuth2AuthorizedClient(IdentityProvider.ID) OAuth2AuthorizedClient client,
            @RequestParam boolean login) {
        try {
            notices.choose(client.getAccessToken().getTokenValue(), login);
            return "redirect:/notices";
        } catch (RestClientException refused) {
            return "redirect:/notices?refused=true";
        }
    }
}
