package jp.sekisho.tradingapp;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.oidcLogin;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.cookie;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.OidcLoginRequestPostProcessor;
import org.springframework.test.web.servlet.MockMvc;

/** Nothing answers at the issuer's address: the app must start and speak all the same. */
@SpringBootTest(properties = {"sekisho.issuer=http://localhost:1/realms/broker", "sekisho.client-secret=test"})
@AutoConfigureMockMvc
class HomePageTest {

    @Autowired
    private MockMvc app;

    @Test
    void aVisitorIsWelcomedInJapanese() throws Exception {
        app.perform(get("/"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("lang=\"ja\"")))
                .andExpect(content().string(containsString("ログイン")))
                .andExpect(content().string(not(containsString("保有ポジション"))))
                .andExpect(header().string("Content-Security-Policy", containsString("default-src 'none'")))
                .andExpect(header().string("X-Frame-Options", "DENY"))
                .andExpect(header().string("Referrer-Policy", "no-referrer"));
    }

    @Test
    void theLanguageCanBeChosen() throws Exception {
        app.perform(get("/?lang=en"))
                .andExpect(content().string(containsString("Log in")))
                .andExpect(cookie().value("trading-app-language", "en"));
        app.perform(get("/").header("Accept-Language", "en-GB,en;q=0.8"))
                .andExpect(content().string(containsString("lang=\"en\"")));
        app.perform(get("/?lang=<script>").header("Accept-Language", ";;;"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("lang=\"ja\"")));
    }

    @Test
    void theCustomerSeesHowTheLoginWasDone() throws Exception {
        app.perform(get("/").with(customer("urn:sekisho:acr:mfa", List.of("pwd", "otp"))))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("山田 花子 様")))
                .andExpect(content().string(containsString("data-level=\"mfa\"")))
                .andExpect(content().string(containsString("確認コード（ワンタイムパスワード）")))
                .andExpect(content().string(containsString("2026年11月24日 08:30:00（日本時間）")))
                .andExpect(content().string(containsString("見本データです")));
    }

    @Test
    void aCustomerFindsHisSafetyPages() throws Exception {
        app.perform(get("/").with(customer("urn:sekisho:acr:mfa", List.of("pwd", "otp"))))
                .andExpect(
                        content().string(containsString("href=\"http://localhost:1/realms/broker/sekisho/pages/\"")));
    }

    @Test
    void inEnglishTheGivenNameComesFirst() throws Exception {
        app.perform(get("/").header("Accept-Language", "en")
                        .with(customer("urn:sekisho:acr:phishing-resistant", List.of("hwk"))))
                .andExpect(content().string(containsString("花子 山田")))
                .andExpect(content().string(containsString("Passkey (phishing-resistant multi-factor)")));
    }

    @Test
    void anUnknownLevelIsNotTakenForAKnownOne() throws Exception {
        app.perform(get("/").with(customer("0", List.of("unheard-of"))))
                .andExpect(content().string(containsString("data-level=\"unknown\"")))
                .andExpect(content().string(not(containsString("unheard-of"))));
    }

    @Test
    void whatTheTokenSaysIsNotMarkup() throws Exception {
        app.perform(get("/").with(oidcLogin().idToken(token -> token.claim("family_name", "<b>x</b>"))))
                .andExpect(content().string(containsString("&lt;b&gt;x&lt;/b&gt;")));
    }

    @Test
    void withoutTheIdentityProviderTheLoginSaysSo() throws Exception {
        app.perform(get("/login"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(content().string(containsString("ログインサービスに接続できません")));
    }

    @Test
    void aFailedLoginOffersAnother() throws Exception {
        app.perform(get("/login-failed"))
                .andExpect(status().isForbidden())
                .andExpect(content().string(containsString("もう一度ログインする")));
    }

    @Test
    void everyOtherPageNeedsALogin() throws Exception {
        app.perform(get("/orders")).andExpect(redirectedUrl("/login"));
    }

    @Test
    void logoutNeedsThePagesOwnToken() throws Exception {
        app.perform(post("/logout").with(customer("urn:sekisho:acr:password", List.of("pwd"))))
                .andExpect(status().isForbidden());
        app.perform(post("/logout")
                        .with(customer("urn:sekisho:acr:password", List.of("pwd")))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());
    }

    private static OidcLoginRequestPostProcessor customer(String acr, List<String> amr) {
        return oidcLogin()
                .idToken(token -> token.claim("family_name", "山田")
                        .claim("given_name", "花子")
                        .claim("email", "hanako@example.jp")
                        .claim("acr", acr)
                        .claim("amr", amr)
                        .claim("auth_time", Instant.parse("2026-11-23T23:30:00Z")));
    }
}
