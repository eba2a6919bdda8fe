package jp.sekisho.eventlisteners.session;

import java.io.IOException;
import java.time.Duration;
import org.apache.http.client.HttpClient;
import org.apache.http.client.config.RequestConfig;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.simple.SimpleHttp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one app. Keycloak's own client would wait for the operating system where an address swallows what is sent to it, for
 * minutes in which no other app is told.
 */
// JP25-11
final class BackChannel {

    private static final Logger LOG = LoggerFactory.getLogger(BackChannel.class);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final RequestConfig IN_TIME = RequestConfig.custom()
            .setConnectTimeout((int) LONGEST.toMillis())
            .setConnectionRequestTimeout((int) LONGEST.toMillis())
            .setSocketTimeout((int) LONGEST.toMillis())
            .build();

    private final HttpClient client;

    /** @param client with the server's trust and proxies */
    BackChannel(HttpClient client) {
        this.client = client;
    }

    /** @return whether the app took it */
    boolean tell(String url, String logoutToken) {
        try {
            int status = SimpleHttp.create(client)
                    .withRequestConfig(IN_TIME)
                    .doPost(url)
                    .param(OAuth2Constants.LOGOUT_TOKEN, logoutToken)
                    .asStatus();
            return status >= 200 && status <= 299;
        } catch (IOException away) {
            LOG.debug("{} is not reached", url, away);
            return false;
        }
    }
}
