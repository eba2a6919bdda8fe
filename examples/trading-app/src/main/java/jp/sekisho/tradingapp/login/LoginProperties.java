package jp.sekisho.tradingapp.login;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * How the app is known to the identity provider.
 *
 * @param issuer the realm's address, such as {@code https://id.example.jp/realms/broker}
 * @param clientId where customers log in
 * @param backendId of the app's own account
 */
@ConfigurationProperties("sekisho")
public record LoginProperties(String issuer, String clientId, String clientSecret, String backendId) {

    public LoginProperties {
        Assert.hasText(issuer, "SEKISHO_ISSUER must name the realm's address");
        Assert.hasText(clientId, "SEKISHO_CLIENT_ID must name this app's client");
        Assert.hasText(clientSecret, "SEKISHO_CLIENT_SECRET must hold this app's client secret");
        Assert.hasText(backendId, "SEKISHO_BACKEND_ID must name the client of this app's server");
    }

    /** Where customers see their devices and logins: pages of the identity provider, which knows them from this login. */
    public String customersPages() {
        return issuer + "/sekisho/pages/";
    }

    @Override
    public String toString() {
        return "LoginProperties[" + issuer + ", " + clientId + "]";
    }
}
