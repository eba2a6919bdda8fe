package jp.sekisho.eventlisteners.mail;

import jp.sekisho.checkpoint.policy.RealmPolicies;
import org.keycloak.email.EmailException;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;

/**
 * Refuses the mails of stock Keycloak that carry a link, in realms with a policy: a customer who never gets a link by mail
 * has no reason to follow one (decision 10).
 */
// FFAJ-1.2-S2
final class LinkFreeTemplates extends FreeMarkerEmailTemplateProvider {

    LinkFreeTemplates(KeycloakSession session) {
        super(session);
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
        refuse("required actions");
        super.sendExecuteActions(link, expirationInMinutes);
    }

    @Override
    public void sendVerifiableCredentialOffer(String link, long expirationInMinutes) throws EmailException {
        refuse("offer of a verifiable credential");
        super.sendVerifiableCredentialOffer(link, expirationInMinutes);
    }

    @Override
    public void sendVerifyEmail(String link, long expirationInMinutes) throws EmailException {
        refuse("verification of the address");
        super.sendVerifyEmail(link, expirationInMinutes);
    }

    @Override
    public void sendOrgInviteEmail(OrganizationModel organization, String link, long expirationInMinutes)
            throws EmailException {
        refuse("invitation to an organization");
        super.sendOrgInviteEmail(organization, link, expirationInMinutes);
    }

    @Override
    public void sendEmailUpdateConfirmation(String link, long expirationInMinutes, String newEmail)
            throws EmailException {
        refuse("change of the address");
        super.sendEmailUpdateConfirmation(link, expirationInMinutes, newEmail);
    }

    private void refuse(String mail) throws EmailException {
        RealmModel guarded = realm != null ? realm : session.getContext().getRealm();
        if (guarded == null || RealmPolicies.of(session, guarded).isPresent()) {
            throw new EmailException("Sekisho: no mail carries a link in this realm, so the mail '" + mail
                    + "' is not sent; customers type a code into a page that they opened");
        }
    }
}
