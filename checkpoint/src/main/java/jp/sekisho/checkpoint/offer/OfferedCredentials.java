package jp.sekisho.checkpoint.offer;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.storage.offer.CredentialOffer;
import jp.sekisho.storage.offer.CredentialOffers;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What one customer is offered at his next login: what stock Keycloak would have put into the link of a mail. */
// JP25-6
public final class OfferedCredentials {

    private final RealmModel realm;
    private final String customer;
    private final Instant now;
    private final CredentialOffers stored;

    public OfferedCredentials(KeycloakSession session, RealmModel realm, UserModel user) {
        this.realm = realm;
        this.customer = Customers.pseudonym(session, realm, user);
        this.now = CustomerFile.of(session, realm, customer).now();
        this.stored = new CredentialOffers(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * @param parameter as Keycloak's required action is told
     * @param expires when the link would have ended
     */
    public void add(String parameter, Instant expires) {
        stored.add(realm.getId(), customer, parameter, now, expires);
    }

    /** The oldest that is still good. */
    public Optional<CredentialOffer> first() {
        return stored.first(customer, now);
    }

    /** It is offered no more. */
    public void take(String id) {
        stored.take(customer, id);
    }
}
