package jp.sekisho.authenticators.credential;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.freeze.Reopening;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.mynumber.NoIndividualNumberValidator;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.mynumber.IndividualNumber;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.theme.Theme;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a credential may be called instead, and who may say so. */
final class Renaming {

    private static final Logger LOG = LoggerFactory.getLogger(Renaming.class);

    private final KeycloakSession session;

    Renaming(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Returns where it is not renamed, or may get this name.
     *
     * @param stored as it is; null where there is none
     * @param wanted as it is to be
     * @throws jakarta.ws.rs.WebApplicationException with the answer, where it must not
     */
    void check(RealmModel realm, UserModel user, CredentialModel stored, CredentialModel wanted) {
        if (stored == null
                || Objects.equals(stored.getUserLabel(), wanted.getUserLabel())
                || !RealmPolicies.in(realm)) {
            return;
        }
        Optional<UserModel> caller = caller();
        // Of nobody in particular it may be the customer himself.
        if (caller.isEmpty() || caller.get().getId().equals(user.getId())) {
            ownChange(realm, user);
        }
        if (IndividualNumber.in(wanted.getUserLabel())) {
            throw ErrorResponse.error(words(realm, caller), Status.BAD_REQUEST);
        }
    }

    /** As it is for a change that an event tells of. */
    // JP25-8
    private void ownChange(RealmModel realm, UserModel user) {
        boolean frozen = CustomerFile.of(session, realm, Customers.pseudonym(session, realm, user))
                .latest()
                .frozen(Operation.CREDENTIAL_CHANGE);
        // Who binds a new password leaves the old one without its name.
        if (frozen && !Reopening.underWay(session, realm, user)) {
            LOG.warn("a credential of user {} is not renamed: frozen", user.getId());
            throw new ClientErrorException("account_frozen", Status.FORBIDDEN);
        }
        Hold.of(session, realm, Optional.empty()).ifPresent(until -> {
            LOG.warn("a credential of user {} is not renamed: the session is held until {}", user.getId(), until);
            throw new ForbiddenException("session_held");
        });
    }

    private Optional<UserModel> caller() {
        return Optional.ofNullable(session.getContext().getUserSession()).map(UserSessionModel::getUser);
    }

    private String words(RealmModel realm, Optional<UserModel> caller) {
        try {
            return session.theme()
                    .getTheme(Theme.Type.LOGIN)
                    .getEnhancedMessages(realm, session.getContext().resolveLocale(caller.orElse(null)))
                    .getProperty(NoIndividualNumberValidator.MESSAGE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
