package jp.sekisho.authenticators.offer;

import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionContext.Status;
import org.keycloak.authentication.RequiredActionContextResult;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.constants.OID4VCIConstants;
import org.keycloak.models.Constants;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's own required action makes the offer; its page is not shown, but what stands on it stays with the form. What is
 * offered Keycloak reads from notes of the login, where an application's request for another action may stand: that one is put
 * back.
 */
final class StockOffer {

    private final RequiredActionContext context;
    private final RequiredActionFactory ours;
    private final AuthenticationSessionModel login;

    StockOffer(RequiredActionContext context, RequiredActionFactory ours) {
        this.context = context;
        this.ours = ours;
        this.login = context.getAuthenticationSession();
    }

    /** @return false where the feature is off, or the customer may not have the credential any more */
    boolean made(String parameter) {
        return Optional.ofNullable(context.getSession()
                        .getProvider(
                                RequiredActionProvider.class, OID4VCIConstants.VERIFIABLE_CREDENTIAL_OFFER_PROVIDER_ID))
                .filter(stock -> context.getRealm().isVerifiableCredentialsEnabled())
                .filter(stock -> made(stock, parameter))
                .isPresent();
    }

    private boolean made(RequiredActionProvider stock, String parameter) {
        String requested = login.getClientNote(Constants.KC_ACTION_PARAMETER);
        login.setClientNote(Constants.KC_ACTION_PARAMETER, parameter);
        // Keycloak would go on with the offer that it made last in this tab, which may be another one.
        login.removeAuthNote(OID4VCIConstants.CREDENTIAL_OFFER_NONCE);
        try {
            RequiredActionContextResult inner = inner();
            stock.requiredActionChallenge(inner);
            return inner.getStatus() == Status.CHALLENGE;
        } finally {
            login.removeAuthNote(OID4VCIConstants.CREDENTIAL_OFFER_NONCE);
            restore(requested);
        }
    }

    private void restore(String requested) {
        if (requested == null) {
            login.removeClientNote(Constants.KC_ACTION_PARAMETER);
        } else {
            login.setClientNote(Constants.KC_ACTION_PARAMETER, requested);
        }
    }

    /** With an event of its own: what Keycloak says of the offer is not said of the login. */
    private RequiredActionContextResult inner() {
        return new RequiredActionContextResult(
                login,
                context.getRealm(),
                context.getEvent().clone(),
                context.getSession(),
                context.getHttpRequest(),
                context.getUser(),
                ours);
    }
}
