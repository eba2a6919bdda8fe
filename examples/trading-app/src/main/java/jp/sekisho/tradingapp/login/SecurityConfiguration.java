package jp.sekisho.tradingapp.login;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OidcBackChannelLogoutHandler;
import org.springframework.security.oauth2.client.oidc.session.InMemoryOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Login by authorization code with PKCE; a logout here ends the session there, and the other way round. */
@Configuration
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository clients, StartOfLogin start)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/", "/login", "/login-failed", "/session-ended", "/unavailable", "/error")
                        .permitAll()
                        .requestMatchers("/backend-keys")
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
                // POST /logout/connect/back-channel/sekisho
                .oidcLogout(logout -> logout.backChannel(Customizer.withDefaults()))
                .logout(logout -> logout.logoutSuccessHandler(everywhere(clients)))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(
                                "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                                        + " frame-ancestors 'none'"))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .csrf(Customizer.withDefaults())
                .build();
    }

    /** Which session of the identity provider each session of this app came of; several nodes would share it. */
    @Bean
    OidcSessionRegistry sessions() {
        return new InMemoryOidcSessionRegistry();
    }

    @Bean
    OidcBackChannelLogoutHandler fromElsewhere(
            OidcSessionRegistry sessions, @Value("${server.servlet.session.cookie.name}") String cookie) {
        var handler = new OidcBackChannelLogoutHandler(sessions);
        handler.setSessionCookieName(cookie);
        return handler;
    }

    private static OidcClientInitiatedLogoutSuccessHandler everywhere(ClientRegistrationRepository clients) {
        var handler = new OidcClientInitiatedLogoutSuccessHandler(clients);
        handler.setPostLogoutRedirectUri("{baseUrl}/");
        return handler;
    }
}
