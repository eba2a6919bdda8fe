package jp.sekisho.storage.customer;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.baseline.Baselines;
import jp.sekisho.storage.change.Changes;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.cursor.Cursors;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.freeze.Hostiles;
import jp.sekisho.storage.identity.Identities;
import jp.sekisho.storage.identity.PostalCodes;
import jp.sekisho.storage.interim.Exemptions;
import jp.sekisho.storage.interim.Postponements;
import jp.sekisho.storage.key.RealmKeys;
import jp.sekisho.storage.limit.StoredLimits;
import jp.sekisho.storage.mailaddress.MailAddresses;
import jp.sekisho.storage.offer.CredentialOffers;
import jp.sekisho.storage.operation.Allowances;
import jp.sekisho.storage.operation.StoredOperations;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.passkey.StoredPasskeys;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.preference.Preferences;
import jp.sekisho.storage.proposal.Proposals;
import jp.sekisho.storage.session.Logouts;
import jp.sekisho.storage.signal.SignalParts;

/** State goes with its user and realm; evidence stays (decision 2). */
public final class CustomerState {

    private final EntityManager em;

    public CustomerState(EntityManager em) {
        this.em = em;
    }

    /**
     * What is frozen, and which apps are still to be told that his sessions ended, stays: neither thaws him nor keeps a thief in.
     *
     * @param customer pseudonym
     * @param userId of messages that are not sent yet
     */
    public void deleteCustomer(String realmId, String customer, String userId, Instant now) {
        new Counters(em).deleteCustomer(customer);
        new Devices(em).deleteCustomer(customer);
        new Baselines(em).deleteCustomer(customer);
        new StoredPasskeys(em).deleteCustomer(customer);
        new Preferences(em).deleteCustomer(customer);
        new Identities(em).deleteCustomer(customer);
        new PostalCodes(em).deleteCustomer(customer);
        new Exemptions(em).deleteCustomer(customer);
        new Postponements(em).deleteCustomer(customer);
        new Freezes(em).gone(customer, now);
        new Hostiles(em).deleteCustomer(customer);
        new MailAddresses(em).deleteCustomer(customer);
        new CredentialOffers(em).deleteCustomer(customer);
        new StoredOperations(em).deleteCustomer(customer);
        new Payees(em).deleteCustomer(customer);
        new StoredLimits(em).deleteCustomer(customer);
        new Changes(em).deleteCustomer(customer);
        new Outbox(em).deleteUser(realmId, userId);
        new StoredRules(em).deleteCustomer(realmId, customer);
    }

    /** With the key go all pseudonyms: what the evidence log holds of the realm names nobody any more. */
    public void deleteRealm(String realmId) {
        new Counters(em).deleteRealm(realmId);
        new Devices(em).deleteRealm(realmId);
        new Baselines(em).deleteRealm(realmId);
        new StoredPasskeys(em).deleteRealm(realmId);
        new Preferences(em).deleteRealm(realmId);
        new Identities(em).deleteRealm(realmId);
        new PostalCodes(em).deleteRealm(realmId);
        new Exemptions(em).deleteRealm(realmId);
        new Postponements(em).deleteRealm(realmId);
        new Freezes(em).deleteRealm(realmId);
        new Hostiles(em).deleteRealm(realmId);
        new MailAddresses(em).deleteRealm(realmId);
        new CredentialOffers(em).deleteRealm(realmId);
        new StoredOperations(em).deleteRealm(realmId);
        new Allowances(em).deleteRealm(realmId);
        new Payees(em).deleteRealm(realmId);
        new StoredLimits(em).deleteRealm(realmId);
        new Changes(em).deleteRealm(realmId);
        new Outbox(em).deleteRealm(realmId);
        new Logouts(em).deleteRealm(realmId);
        new Cursors(em).deleteRealm(realmId);
        new StoredRules(em).deleteRealm(realmId);
        new SignalParts(em).deleteRealm(realmId);
        new Proposals(em).deleteRealm(realmId);
        new RealmKeys(em).deleteRealm(realmId);
    }
}
