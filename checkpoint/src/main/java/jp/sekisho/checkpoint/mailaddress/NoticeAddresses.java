package jp.sekisho.checkpoint.mailaddress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.mailaddress.MailAddress;
import jp.sekisho.storage.mailaddress.MailAddress.Kind;
import jp.sekisho.storage.mailaddress.MailAddresses;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Where a customer's notices go besides his own address. Each change is told before it is made: whoever took an account over
 * cannot silence its owner.
 */
// JP25-9, FFAJ-1.5-S2
public final class NoticeAddresses {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final UserModel user;
    private final String customer;
    private final MailAddresses stored;

    private NoticeAddresses(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.user = user;
        this.customer = Customers.pseudonym(session, realm, user);
        this.stored = new MailAddresses(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    public static NoticeAddresses of(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        return new NoticeAddresses(session, realm, policy, user);
    }

    /** Those that get notices now, oldest first. */
    public List<MailAddress> all() {
        return stored.of(customer, now());
    }

    /** Whether the customer keeps as many further ones as he may. */
    public boolean full() {
        long kept = all().stream().filter(one -> one.validUntil().isEmpty()).count();
        return kept >= policy.profile().mailAddresses().further();
    }

    /** The customer showed that a further address is his. */
    public void add(String address) {
        tell(Notice.ADDRESS_ADDED);
        stored.add(realm.getId(), customer, address, Kind.SECOND, now(), Optional.empty());
    }

    /**
     * It goes on to get notices for a time.
     *
     * @return false where he keeps no such address
     */
    public boolean remove(String id) {
        boolean removed = stored.end(customer, id, keptUntil());
        if (removed) {
            tell(Notice.ADDRESS_REMOVED);
        }
        return removed;
    }

    /** Call before the customer's own address is replaced: it is told first, and goes on to be told for a time. */
    public void replacing() {
        tell(Notice.EMAIL_CHANGED);
        Optional.ofNullable(user.getEmail())
                .ifPresent(old ->
                        stored.add(realm.getId(), customer, old, Kind.PRIMARY_OLD, now(), Optional.of(keptUntil())));
    }

    private void tell(Notice notice) {
        Notices.of(session, realm, policy)
                .tell(user, notice, session.getProvider(Checkpoint.class).noticeValues(user));
    }

    private Instant keptUntil() {
        return now().plus(policy.profile().mailAddresses().keepOld());
    }

    private Instant now() {
        return CustomerFile.of(session, realm, customer).now();
    }
}
