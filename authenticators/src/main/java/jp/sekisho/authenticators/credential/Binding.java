package jp.sekisho.authenticators.credential;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.notice.CredentialChange;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.PasskeyNames;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.mynumber.IndividualNumber;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.UserStoragePrivateUtil;

/**
 * Tells a customer of each credential that is bound to his account, whoever binds it and through whatever page or
 * interface: some of Keycloak's, such as the admin interface's update of a user, say nothing of it in their event. Where an
 * event says it as well, the two are one notice: same words to tell it apart by, and the same time.
 */
// FFAJ-1.2-S2, FFAJ-1.5-S2, JP25-9
final class Binding {

    private static final String KNOWN = Binding.class.getName() + ".known:";

    private final KeycloakSession session;
    private final Notice notice;
    private final String factor;

    /** @param factor the code that a notice names it by */
    Binding(KeycloakSession session, Notice notice, String factor) {
        this.session = session;
        this.notice = notice;
        this.factor = factor;
    }

    /** Binds and tells, in the request's transaction: both or neither (decision 9). */
    <T> T bind(RealmModel realm, UserModel user, CredentialModel credential, Supplier<T> stock) {
        if (RealmPolicies.in(realm)) {
            credential.setUserLabel(name(realm, credential.getUserLabel()));
        }
        boolean known = known(realm, user);
        T bound = stock.get();
        if (known) {
            tell(realm, user);
        }
        return bound;
    }

    /** A My Number that was typed for it must not be kept, and is no reason to do without the credential. */
    // FFAJ-2.2-S4
    private String name(RealmModel realm, String typed) {
        return PasskeyNames.of(session, realm)
                .given(typed)
                .filter(name -> !IndividualNumber.in(name))
                .orElse(null);
    }

    /**
     * Whether there was such a customer before this request; else he is being registered, and knows. Whom an import overwrites
     * has another id, and nothing that he had.
     */
    private boolean known(RealmModel realm, UserModel user) {
        String attribute = KNOWN + user.getId();
        Boolean before = session.getAttribute(attribute, Boolean.class);
        if (before == null) {
            before = user.credentialManager()
                            .getStoredCredentialsStream()
                            .findAny()
                            .isPresent()
                    || committed(realm.getId(), user.getUsername());
            session.setAttribute(attribute, before);
        }
        return before;
    }

    private boolean committed(String realmId, String username) {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), other -> {
            RealmModel same = other.realms().getRealm(realmId);
            if (same == null) {
                // It is imported with its users.
                return false;
            }
            other.getContext().setRealm(same);
            return UserStoragePrivateUtil.userLocalStorage(other).getUserByUsername(same, username) != null;
        });
    }

    private void tell(RealmModel realm, UserModel user) {
        RealmPolicies.of(session, realm)
                .ifPresent(policy -> Notices.of(session, realm, policy)
                        .tell(
                                user,
                                notice,
                                values(realm, user)
                                        .about(CredentialChange.subject(session, user.getId(), factor))
                                        .with(factor)));
    }

    /** Where and on what device staff sit is none of the customer's business. */
    private NoticeValues values(RealmModel realm, UserModel user) {
        return bySelf(user)
                ? session.getProvider(Checkpoint.class).noticeValues(user)
                : NoticeValues.at(CustomerFile.of(session, realm, Customers.pseudonym(session, realm, user))
                                .now())
                        .and("by", "staff");
    }

    private boolean bySelf(UserModel user) {
        Optional<UserModel> login = Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(AuthenticationSessionModel::getAuthenticatedUser);
        Optional<UserModel> signedIn =
                Optional.ofNullable(session.getContext().getUserSession()).map(UserSessionModel::getUser);
        return Stream.of(login, signedIn)
                .flatMap(Optional::stream)
                .anyMatch(own -> own.getId().equals(user.getId()));
    }
}
