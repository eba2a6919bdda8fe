package jp.sekisho.tradingapp.login;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;

/** The firm's identity provider, discovered when it is needed first, so that the app starts without it. */
@Component
public class IdentityProvider implements ClientRegistrationRepository {

    /** The name of the provider in this app's addresses, {@code /login/oauth2/code/sekisho} among them. */
    public static final String ID = "sekisho";

    private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);

    private final LoginProperties properties;
    private volatile ClientRegistration discovered;

    public IdentityProvider(LoginProperties properties) {
        this.properties = properties;
    }

    @Override
    public ClientRegistration findByRegistrationId(String id) {
        return id.equals(ID) ? discover().orElse(null) : null;
    }

    /** @return nothing as long as the provider cannot be reached */
    public Optional<ClientRegistration> discover() {
        if (discovered == null) {
            try {
                discovered = ClientRegistrations.fromIssuerLocation(properties.issuer())
                        .registrationId(ID)
                        .clientId(properties.clientId())
                        .clientSecret(properties.clientSecret())
                        .scope("openid", "profile", "email")
                        .build();
            } catch (IllegalArgumentException | IllegalStateException e) {
                LOG.warn("No OpenID provider answers at {}: {}", properties.issuer(), e.getMessage());
            }
        }
        return Optional.ofNullable(discovered);
    }
}
