package jp.sekisho.tradingapp.login;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Login by authorization code with PKCE, logout at the identity provider as well. */
@Configuration
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository clients, StartOfLogin start)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/", "/login", "/login-failed", "/error")
                        .permitAll()
                        // What a browser fetches by itself would begin a login and put an end to the customer's.
                        .requestMatchers("/app.css", "/icon.svg", "/favicon.ico", "/apple-touch-icon*.png")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2Login(login -> login.loginPage("/login")
                        .failureUrl("/login-failed")
                        .defaultSuccessUrl("/", true)
                        .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(start)))
                .logout(logout -> logout.logoutSuccessHandler(everywhere(clients)))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(
                                "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                                        + " frame-ancestors 'none'"))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .csrf(Customizer.withDefaults())
                .build();
    }

    private static OidcClientInitiatedLogoutSuccessHandler everywhere(ClientRegistrationRepository clients) {
        var handler = new OidcClientInitiatedLogoutSuccessHandler(clients);
        handler.setPostLogoutRedirectUri("{baseUrl}/");
        return handler;
    }
}
