package jp.sekisho.tradingapp.notices;

import java.util.Map;
import java.util.Optional;
import jp.sekisho.tradingapp.login.LoginProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The customer's choice whether each login is told to him, kept by the identity provider. */
@Component
public class LoginNotices {

    private static final Logger LOG = LoggerFactory.getLogger(LoginNotices.class);

    private record Notice(boolean wanted, boolean mayChoose) {}

    private record Notices(Notice login) {}

    private final RestClient identityProvider;

    LoginNotices(LoginProperties properties) {
        identityProvider = RestClient.create(properties.issuer() + "/sekisho/account/notices");
    }

    /** @return nothing where the identity provider does not answer: the rest of the page does without */
    public Optional<Boolean> wanted(String accessToken) {
        try {
            Notices notices = identityProvider
                    .get()
                    .headers(headers -> headers.setBearerAuth(accessToken))
                    .retrieve()
                    .body(Notices.class);
            return Optional.ofNullable(notices).map(Notices::login).map(Notice::wanted);
        } catch (RestClientException e) {
            LOG.warn("The choice of notices cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** @throws RestClientException if the choice was not accepted */
    public void choose(String accessToken, boolean wanted) {
        identityProvider
                .put()
                .headers(headers -> headers.setBearerAuth(accessToken))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("login", wanted))
                .retrieve()
                .toBodilessEntity();
    }
}
