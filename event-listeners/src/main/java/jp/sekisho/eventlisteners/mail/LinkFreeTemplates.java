package jp.sekisho.eventlisteners.mail;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.offer.OfferedCredentials;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.common.util.UriUtils;
import org.keycloak.email.EmailException;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProvider;
import org.keycloak.events.Event;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationInvitationModel;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.protocol.oid4vc.issuance.requiredactions.CredentialOfferActionToken;

/**
 * Refuses the mails of stock Keycloak that carry a link, in realms with a policy: a customer who never gets a link by mail
 * has no reason to follow one (decision 10). What an administrator asks a customer to do by such a mail is asked at his next
 * login instead, and he is told so.
 */
// FFAJ-1.2-S2
final class LinkFreeTemplates extends FreeMarkerEmailTemplateProvider {

    /** The required action that has it accepted or declined. */
    private static final String INVITATION = "sekisho-invitation";

    /** The required action that shows what is offered. */
    private static final String CREDENTIAL_OFFER = "sekisho-credential-offer";

    LinkFreeTemplates(KeycloakSession session) {
        super(session);
    }

    /** Stock tells of events with the full address of the client; our notices tell of them. */
    // FFAJ-1.5-S1
    @Override
    public void sendEvent(Event event) throws EmailException {
        refuse("event");
        super.sendEvent(event);
    }

    @Override
    public void sendPasswordReset(String link, long expirationInMinutes) throws EmailException {
        refuse("password reset");
        super.sendPasswordReset(link, expirationInMinutes);
    }

    @Override
    public void sendConfirmIdentityBrokerLink(String link, long expirationInMinutes) throws EmailException {
        refuse("confirmation of an identity provider");
        super.sendConfirmIdentityBrokerLink(link, expirationInMinutes);
    }

    @Override
    public void sendExecuteActions(String link, long expirationInMinutes) throws EmailException {
        Object asked = attributes.get(Constants.TEMPLATE_ATTR_REQUIRED_ACTIONS);
        List<String> actions = asked instanceof Collection<?> named
                ? named.stream().map(String::valueOf).toList()
                : List.of();
        if (!askedAtNextLogin(Notice.ACTIONS_ASKED, actions)) {
            super.sendExecuteActions(link, expirationInMinutes);
        }
    }

    @Override
    public void sendVerifiableCredentialOffer(String link, long expirationInMinutes) throws EmailException {
        if (askedAtNextLogin(Notice.CREDENTIAL_OFFERED, List.of(CREDENTIAL_OFFER))) {
            keep(link);
        } else {
            super.sendVerifiableCredentialOffer(link, expirationInMinutes);
        }
    }

    /** What is offered stands in the link alone, in a token that Keycloak signed in this request. */
    private void keep(String link) throws EmailException {
        try {
            String key =
                    UriUtils.decodeQueryString(URI.create(link).getRawQuery()).getFirst(Constants.KEY);
            CredentialOfferActionToken token = new JWSInput(key).readJsonContent(CredentialOfferActionToken.class);
            new OfferedCredentials(session, guarded(), user)
                    .add(token.getActionConfig().asEncodedParameter(), Instant.ofEpochSecond(token.getExp()));
        } catch (JWSInputException | IOException unreadable) {
            throw new EmailException("Sekisho: what is offered is not understood", unreadable);
        }
    }

    @Override
    public void sendVerifyEmail(String link, long expirationInMinutes) throws EmailException {
        if (!askedAtNextLogin(Notice.ACTIONS_ASKED, List.of(UserModel.RequiredAction.VERIFY_EMAIL.name()))) {
            super.sendVerifyEmail(link, expirationInMinutes);
        }
    }

    @Override
    public void sendOrgInviteEmail(OrganizationModel organization, String link, long expirationInMinutes)
            throws EmailException {
        if (user.getId() == null) {
            // Nobody could accept it: who is no customer cannot log in, nor become one by himself.
            refuse("invitation of an address that no customer has");
        } else if (askedAtNextLogin(Notice.ACTIONS_ASKED, invited())) {
            withoutLink(organization);
            return;
        }
        super.sendOrgInviteEmail(organization, link, expirationInMinutes);
    }

    /** An invitation is accepted for an address that is known to be the customer's. */
    private List<String> invited() {
        return user.isEmailVerified()
                ? List.of(INVITATION)
                : List.of(UserModel.RequiredAction.VERIFY_EMAIL.name(), INVITATION);
    }

    /** Keycloak keeps the link for administrators: whoever got it could follow it as the customer. */
    private void withoutLink(OrganizationModel organization) {
        OrganizationInvitationModel invitation = session.getProvider(OrganizationProvider.class)
                .getInvitationManager()
                .getByEmail(organization, user.getEmail());
        if (invitation != null) {
            invitation.setInviteLink(null);
        }
    }

    @Override
    public void sendEmailUpdateConfirmation(String link, long expirationInMinutes, String newEmail)
            throws EmailException {
        refuse("change of the address");
        super.sendEmailUpdateConfirmation(link, expirationInMinutes, newEmail);
    }

    /** @return false in a realm without a policy */
    private boolean askedAtNextLogin(Notice notice, List<String> actions) throws EmailException {
        boolean told = told(notice);
        if (told) {
            actions.forEach(user::addRequiredAction);
        }
        return told;
    }

    /** @return false in a realm without a policy */
    private boolean told(Notice notice) throws EmailException {
        RealmModel guarded = guarded();
        Optional<RealmPolicy> policy = guarded == null ? Optional.empty() : RealmPolicies.of(session, guarded);
        if (policy.isEmpty()) {
            refuse(notice.code());
            return false;
        }
        String customer = Customers.pseudonym(session, guarded, user);
        NoticeValues values = NoticeValues.at(
                        CustomerFile.of(session, guarded, customer).now())
                .and("by", "staff")
                .apart();
        Notices.of(session, guarded, policy.get()).tell(user, notice, values);
        return true;
    }

    private RealmModel guarded() {
        return realm != null ? realm : session.getContext().getRealm();
    }

    private void refuse(String mail) throws EmailException {
        RealmModel guarded = guarded();
        if (guarded == null || RealmPolicies.of(session, guarded).isPresent()) {
            throw new EmailException(
                    "Sekisho: no mail carries a link in this realm, or a full personal value, so the mail '" + mail
                            + "' is not sent; customers get notices, and type codes into pages that they opened");
        }
    }
}
