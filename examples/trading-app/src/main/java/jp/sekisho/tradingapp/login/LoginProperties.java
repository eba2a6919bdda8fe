package jp.sekisho.tradingapp.login;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * How the app is known to the identity provider.
 *
 * @param issuer the realm's address, such as {@code https://id.example.jp/realms/broker}
 */
@ConfigurationProperties("sekisho")
public record LoginProperties(String issuer, String clientId, String clientSecret) {

    public LoginProperties {
        Assert.hasText(issuer, "SEKISHO_ISSUER must name the realm's address");
        Assert.hasText(clientId, "SEKISHO_CLIENT_ID must name this app's client");
        Assert.hasText(clientSecret, "SEKISHO_CLIENT_SECRET must hold this app's client secret");
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
