package jp.sekisho.tradingapp.login;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** What is asked of the identity provider: PKCE, the customer's language and, if one was named, a level. */
@Component
class StartOfLogin implements OAuth2AuthorizationRequestResolver {

    private final DefaultOAuth2AuthorizationRequestResolver standard;
    private final LocaleResolver languages;

    StartOfLogin(ClientRegistrationRepository clients, LocaleResolver languages) {
        this.standard = new DefaultOAuth2AuthorizationRequestResolver(
                clients, OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI);
        this.standard.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        this.languages = languages;
    }

    @Override
    public OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return extended(standard.resolve(request), request);
    }

    @Override
    public OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
        return extended(standard.resolve(request, registrationId), request);
    }

    private OAuth2AuthorizationRequest extended(OAuth2AuthorizationRequest start, HttpServletRequest request) {
        return start == null
                ? null
                : OAuth2AuthorizationRequest.from(start)
                        .additionalParameters(parameters -> extend(parameters, request))
                        .build();
    }

    private void extend(Map<String, Object> parameters, HttpServletRequest request) {
        parameters.put("ui_locales", languages.resolveLocale(request).getLanguage());
        Level.ofKey(request.getParameter("level")).ifPresent(level -> parameters.put("acr_values", level.acr()));
    }
}
