package jp.sekisho.tradingapp.sessions;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import jp.sekisho.tradingapp.login.AppAccount;
import jp.sekisho.tradingapp.login.LoginProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
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
    private final AppAccount account;

    SessionsOfProvider(LoginProperties properties, AppAccount account) {
        var http = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        http.setReadTimeout(PATIENCE);
        sessions = RestClient.builder()
                .requestFactory(http)
                .baseUrl(properties.issuer() + "/sekisho/sessions")
                .build();
        this.account = account;
    }

    @Override
    public Standing report(Sighting sighting) {
        try {
            Answer answer = sessions.post()
                    .uri("/{session}/report", sighting.session())
                    .headers(headers -> headers.setBearerAuth(account.token(false)))
                    .body(Map.of("address", sighting.address(), "userAgent", sighting.userAgent()))
                    .retrieve()
                    .body(Answer.class);
            return answer != null && "goes-on".equals(answer.session()) ? Standing.GOES_ON : Standing.OVER;
        } catch (HttpClientErrorException.NotFound noSuchSession) {
            return Standing.OVER;
        } catch (HttpClientErrorException.Unauthorized stale) {
            account.forget();
            return unknown(stale);
        } catch (RestClientException | OAuth2AuthorizationException | IllegalArgumentException trouble) {
            return unknown(trouble);
        }
    }

    private static Standing unknown(RuntimeException trouble) {
        LOG.warn("A customer's session cannot be reported: {}", trouble.getMessage());
        return Standing.UNKNOWN;
    }
}
