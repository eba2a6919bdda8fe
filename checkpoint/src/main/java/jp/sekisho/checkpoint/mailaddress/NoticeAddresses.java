package jp.sekisho.checkpoint.mailaddress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.mailaddress.MailAddress;
import jp.sekisho.storage.mailaddress.MailAddress.Kind;
import jp.sekisho.storage.mailaddress.MailAddresses;
import jp.sekisho.storage.secrecy.SealedColumn;
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

    /**
     * Those that get notices now, oldest first.
     *
     * @throws jp.sekisho.checkpoint.secrecy.NoKeyException where one cannot be opened
     */
    public List<MailAddress> all() {
        return stored.of(customer, now()).stream()
                .map(one -> opened(session, one))
                .toList();
    }

    /** As it was before it was sealed. */
    public static MailAddress opened(KeycloakSession session, MailAddress sealed) {
        return sealed.with(
                session.getProvider(Secrecy.class).open(SealedColumn.NOTICE_ADDRESS, sealed.id(), sealed.address()));
    }

    /** Whether the server can keep an address: in clear it is not kept. */
    public boolean keepable() {
        return secrecy().currentKey().isPresent();
    }

    /** Whether the customer keeps as many further ones as he may. */
    public boolean full() {
        long kept = stored.of(customer, now()).stream()
                .filter(one -> one.validUntil().isEmpty())
                .count();
        return kept >= policy.profile().mailAddresses().further();
    }

    /**
     * The customer showed that a further address is his.
     *
     * @throws jp.sekisho.checkpoint.secrecy.NoKeyException where it cannot be sealed
     */
    public void add(String address) {
        MailAddress sealed = sealed(address, Kind.SECOND, Optional.empty());
        tell(Notice.ADDRESS_ADDED);
        stored.add(realm.getId(), customer, sealed, now());
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

    /**
     * Call before the customer's own address is replaced: it is told first, and goes on to be told for a time; for
     * that it must be kept, which a server without a key cannot: there it is told of this change only.
     */
    public void replacing() {
        tell(Notice.EMAIL_CHANGED);
        Optional.ofNullable(user.getEmail())
                .filter(old -> keepable())
                .map(old -> sealed(old, Kind.PRIMARY_OLD, Optional.of(keptUntil())))
                .ifPresent(old -> stored.add(realm.getId(), customer, old, now()));
    }

    // FFAJ-2.2-S1
    private MailAddress sealed(String address, Kind kind, Optional<Instant> validUntil) {
        String id = UUID.randomUUID().toString();
        return new MailAddress(id, secrecy().seal(SealedColumn.NOTICE_ADDRESS, id, address), kind, now(), validUntil);
    }

    private Secrecy secrecy() {
        return session.getProvider(Secrecy.class);
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
