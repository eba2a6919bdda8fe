package jp.sekisho.tradingapp.operations;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.sekisho.client.Confirmation;
import jp.sekisho.client.UnconfirmedException;
import jp.sekisho.tradingapp.books.Transaction;
import jp.sekisho.tradingapp.login.IdentityProvider;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Sends the customer to confirm, and looks at the token that he comes back with. The request is pushed (RFC 9126): his browser
 * carries nothing of it but a reference.
 */
// JP25-11
@Component
class Confirming {

    static final String PATH = "/confirmed";

    private static final String PENDING = "confirmation.";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Pushed(String request_uri) {}

    /** What this browser session is sent for. */
    record Pending(
            OAuth2AuthorizationRequest request, String nonce, Confirmation confirmation, Transaction transaction) {}

    private final IdentityProvider provider;
    private final LocaleResolver languages;
    private final RestClient http;
    private final RestClientAuthorizationCodeTokenResponseClient codes =
            new RestClientAuthorizationCodeTokenResponseClient();
    private final OidcIdTokenDecoderFactory idTokens = new OidcIdTokenDecoderFactory();

    Confirming(IdentityProvider provider, LocaleResolver languages) {
        this.provider = provider;
        this.languages = languages;
        var factory = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        factory.setReadTimeout(PATIENCE);
        this.http = RestClient.builder().requestFactory(factory).build();
    }

    /** @return where the customer confirms */
    String start(Transaction transaction, Confirmation confirmation, HttpServletRequest request) {
        ClientRegistration client = client();
        String nonce = UUID.randomUUID().toString();
        Map<String, Object> parameters = new TreeMap<>(confirmation.parameters());
        parameters.put(OidcParameterNames.NONCE, nonce);
        parameters.put("ui_locales", languages.resolveLocale(request).getLanguage());
        OAuth2AuthorizationRequest.Builder start = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(client.getProviderDetails().getAuthorizationUri())
                .clientId(client.getClientId())
                .redirectUri(UriComponentsBuilder.fromUriString(
                                request.getRequestURL().toString())
                        .replacePath(request.getContextPath() + PATH)
                        .toUriString())
                .scope("openid")
                .state(UUID.randomUUID().toString())
                .additionalParameters(all -> all.putAll(parameters));
        OAuth2AuthorizationRequestCustomizers.withPkce().accept(start);
        OAuth2AuthorizationRequest asked = start.build();
        String pushed = push(client, asked);
        request.getSession()
                .setAttribute(PENDING + asked.getState(), new Pending(asked, nonce, confirmation, transaction));
        return UriComponentsBuilder.fromUriString(asked.getAuthorizationUri())
                .queryParam("client_id", "{client}")
                .queryParam("request_uri", "{pushed}")
                .encode()
                .buildAndExpand(client.getClientId(), pushed)
                .toUriString();
    }

    private String push(ClientRegistration client, OAuth2AuthorizationRequest asked) {
        var form = new LinkedMultiValueMap<String, String>();
        form.add("response_type", asked.getResponseType().getValue());
        form.add("client_id", asked.getClientId());
        form.add("redirect_uri", asked.getRedirectUri());
        form.add("scope", String.join(" ", asked.getScopes()));
        form.add("state", asked.getState());
        asked.getAdditionalParameters().forEach((name, value) -> form.add(name, value.toString()));
        try {
            Pushed pushed = http.post()
                    .uri(client.getProviderDetails()
                            .getConfigurationMetadata()
                            .get("pushed_authorization_request_endpoint")
                            .toString())
                    .headers(headers -> headers.setBasicAuth(
                            URLEncoder.encode(client.getClientId(), StandardCharsets.UTF_8),
                            URLEncoder.encode(client.getClientSecret(), StandardCharsets.UTF_8)))
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .body(form)
                    .retrieve()
                    .body(Pushed.class);
            return Optional.ofNullable(pushed).map(Pushed::request_uri).orElseThrow();
        } catch (RestClientException | NoSuchElementException refused) {
            throw new OAuth2AuthorizationException(new OAuth2Error("pushed_request"), refused);
        }
    }

    /** What this browser session was sent for by this state: once. */
    Optional<Pending> take(String state, HttpSession session) {
        Optional<Pending> pending = Optional.ofNullable((Pending) session.getAttribute(PENDING + state));
        session.removeAttribute(PENDING + state);
        return pending;
    }

    /** @throws UnconfirmedException and others: then nothing was confirmed */
    void check(Pending pending, String code) {
        ClientRegistration client = client();
        OAuth2AuthorizationRequest asked = pending.request();
        Object idToken = codes.getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(
                        client,
                        new OAuth2AuthorizationExchange(
                                asked,
                                OAuth2AuthorizationResponse.success(code)
                                        .redirectUri(asked.getRedirectUri())
                                        .state(asked.getState())
                                        .build())))
                .getAdditionalParameters()
                .get(OidcParameterNames.ID_TOKEN);
        if (idToken == null) {
            throw new JwtException("no ID token");
        }
        // Signature, issuer, audience and expiry, by the library.
        Jwt token = idTokens.createDecoder(client).decode(idToken.toString());
        if (!pending.nonce().equals(token.getClaimAsString(OidcParameterNames.NONCE))) {
            throw new JwtException("the nonce of another request");
        }
        pending.confirmation()
                .check(new Confirmation.Token(
                        token.getClaimAsString("iss"),
                        token.getAudience(),
                        token.getSubject(),
                        token.getClaimAsString("operation"),
                        token.getClaimAsString("digest"),
                        token.getClaimAsString("acr"),
                        token.getClaimAsInstant("auth_time")));
    }

    /** Where customers log in, and confirm. */
    String frontEnd() {
        return client().getClientId();
    }

    private ClientRegistration client() {
        return provider.discover().orElseThrow(() -> new OAuth2AuthorizationException(new OAuth2Error("unavailable")));
    }
}
