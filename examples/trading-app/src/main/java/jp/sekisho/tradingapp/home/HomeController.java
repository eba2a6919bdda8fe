package jp.sekisho.tradingapp.home;

import java.util.Locale;
import jp.sekisho.tradingapp.login.Level;
import jp.sekisho.tradingapp.login.LoginProperties;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class HomeController {

    private final LoginProperties properties;

    HomeController(LoginProperties properties) {
        this.properties = properties;
    }

    @GetMapping("/")
    String home(@AuthenticationPrincipal OidcUser user, Locale locale, Model model) {
        if (user == null) {
            return "welcome";
        }
        model.addAttribute("login", LoginView.of(user, locale));
        model.addAttribute("positions", SamplePosition.ALL);
        model.addAttribute("mfa", Level.MFA.key());
        model.addAttribute("phishingResistant", Level.PHISHING_RESISTANT.key());
        model.addAttribute("safety", properties.customersPages());
        return "home";
    }
}
