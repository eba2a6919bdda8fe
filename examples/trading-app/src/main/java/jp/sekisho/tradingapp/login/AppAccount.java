package jp.sekisho.tradingapp.login;

import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.stereotype.Component;

/** The app's own account at the identity provider, by whose tokens it speaks for itself. */
@Component
public class AppAccount {

    private final OAuth2AuthorizedClientService tokens;
    private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;
    private final OAuth2AuthorizeRequest account;

    AppAccount(LoginProperties properties, IdentityProvider provider) {
        tokens = new InMemoryOAuth2AuthorizedClientService(provider);
        manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(provider, tokens);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .clientCredentials()
                .build());
        account = OAuth2AuthorizeRequest.withClientRegistrationId(IdentityProvider.ACCOUNT)
                .principal(properties.clientId())
                .build();
    }

    /**
     * @param renew whether the last one was refused
     * @throws RuntimeException where the identity provider gives none
     */
    public String token(boolean renew) {
        if (renew) {
            forget();
        }
        return manager.authorize(account).getAccessToken().getTokenValue();
    }

    /** The last one was refused. */
    public void forget() {
        tokens.removeAuthorizedClient(
                IdentityProvider.ACCOUNT, account.getPrincipal().getName());
    }
}
