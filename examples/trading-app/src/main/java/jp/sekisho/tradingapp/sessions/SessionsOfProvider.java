package jp.sekisho.tradingapp.sessions;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import jp.sekisho.tradingapp.login.IdentityProvider;
import jp.sekisho.tradingapp.login.LoginProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Reports with the app's own account, not with the customer's token. */
@Component
class SessionsOfProvider implements SessionReports {

    private static final Logger LOG = LoggerFactory.getLogger(SessionsOfProvider.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private record Answer(String session) {}

    private final RestClient sessions;
    private final OAuth2AuthorizedClientService tokens;
    private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;
    private final OAuth2AuthorizeRequest account;

    SessionsOfProvider(LoginProperties properties, IdentityProvider provider) {
        var http = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        http.setReadTimeout(PATIENCE);
        sessions = RestClient.builder()
                .requestFactory(http)
                .baseUrl(properties.issuer() + "/sekisho/sessions")
                .build();
        tokens = new InMemoryOAuth2AuthorizedClientService(provider);
        manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(provider, tokens);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .clientCredentials()
                .build());
        account = OAuth2AuthorizeRequest.withClientRegistrationId(IdentityProvider.ACCOUNT)
                .principal(properties.clientId())
                .build();
    }

    @Override
    public Standing report(Sighting sighting) {
        try {
            Answer answer = sessions.post()
                    .uri("/{session}/report", sighting.session())
                    .headers(headers -> headers.setBearerAuth(token()))
                    .body(Map.of("address", sighting.address(), "userAgent", sighting.userAgent()))
                    .retrieve()
                    .body(Answer.class);
            return answer != null && "goes-on".equals(answer.session()) ? Standing.GOES_ON : Standing.OVER;
        } catch (HttpClientErrorException.NotFound noSuchSession) {
            return Standing.OVER;
        } catch (HttpClientErrorException.Unauthorized stale) {
            tokens.removeAuthorizedClient(
                    IdentityProvider.ACCOUNT, account.getPrincipal().getName());
            return unknown(stale);
        } catch (RestClientException | OAuth2AuthorizationException | IllegalArgumentException trouble) {
            return unknown(trouble);
        }
    }

    private String token() {
        return manager.authorize(account).getAccessToken().getTokenValue();
    }

    private static Standing unknown(RuntimeException trouble) {
        LOG.warn("A customer's session cannot be reported: {}", trouble.getMessage());
        return Standing.UNKNOWN;
    }
}
