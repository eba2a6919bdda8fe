package jp.sekisho.tradingapp.sessions;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import jp.sekisho.client.AccessTokens;
import jp.sekisho.client.NoAnswerException;
import jp.sekisho.tradingapp.login.LoginProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
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
    private final AccessTokens account;

    SessionsOfProvider(LoginProperties properties, AccessTokens account) {
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
            return answered(sighting);
        } catch (HttpClientErrorException.NotFound noSuchSession) {
            return Standing.OVER;
        } catch (RestClientException | NoAnswerException trouble) {
            return unknown(trouble);
        }
    }

    private Standing answered(Sighting sighting) {
        try {
            return sent(sighting, account.token(false));
        } catch (HttpClientErrorException.Unauthorized stale) {
            return sent(sighting, account.token(true));
        }
    }

    private Standing sent(Sighting sighting, String token) {
        Answer answer = sessions.post()
                .uri("/{session}/report", sighting.session())
                .headers(headers -> headers.setBearerAuth(token))
                .body(Map.of("address", sighting.address(), "userAgent", sighting.userAgent()))
                .retrieve()
                .body(Answer.class);
        return answer != null && "goes-on".equals(answer.session()) ? Standing.GOES_ON : Standing.OVER;
    }

    private static Standing unknown(RuntimeException trouble) {
        LOG.warn("A customer's session cannot be reported: {}", trouble.getMessage());
        return Standing.UNKNOWN;
    }
}
