package jp.sekisho.checkpoint.mailaddress;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.NoKeyException;
import jp.sekisho.checkpoint.secrecy.Seal;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.policies.mailaddress.AddressHistory;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.change.Changes;
import jp.sekisho.storage.mailaddress.MailAddress;
import jp.sekisho.storage.mailaddress.MailAddress.Kind;
import jp.sekisho.storage.mailaddress.MailAddresses;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a customer's notices go besides his own address. Each change is told before it is made: whoever took an account over
 * cannot silence its owner.
 */
// JP25-9, FFAJ-1.5-S2
public final class NoticeAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeAddresses.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final UserModel user;
    private final String customer;
    private final MailAddresses stored;
    private final Changes changes;

    private NoticeAddresses(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.user = user;
        this.customer = Customers.pseudonym(session, realm, user);
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.stored = new MailAddresses(em);
        this.changes = new Changes(em);
    }

    public static NoticeAddresses of(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        return new NoticeAddresses(session, realm, policy, user);
    }

    /**
     * Those that get notices now, oldest first.
     *
     * @throws NoKeyException where one cannot be opened
     */
    public List<MailAddress> all() {
        return stored.of(customer, now()).stream()
                .filter(MailAddress::further)
                .map(one -> opened(seal(), one))
                .toList();
    }

    /**
     * Which of his addresses have been his for long.
     *
     * @param opened those that get notices now
     */
    public static AddressHistory history(List<MailAddress> opened, RealmPolicy policy) {
        Map<Boolean, List<AddressHistory.Entry>> entries = opened.stream()
                .filter(MailAddress::further)
                .collect(Collectors.partitioningBy(
                        one -> one.kind() == Kind.PRIMARY_OLD,
                        Collectors.mapping(
                                one -> new AddressHistory.Entry(one.address(), one.verifiedAt()),
                                Collectors.toList())));
        return new AddressHistory(
                entries.get(true),
                entries.get(false),
                policy.profile().mailAddresses().fullAfter());
    }

    /** As it was before it was sealed. */
    private static MailAddress opened(Seal seal, MailAddress sealed) {
        return sealed.with(seal.open(SealedColumn.NOTICE_ADDRESS, sealed.id(), sealed.address()));
    }

    /** The same, with no address where it cannot be opened: the others must not wait for it. */
    public static MailAddress openedOrBlank(Seal seal, MailAddress sealed) {
        try {
            return opened(seal, sealed);
        } catch (NoKeyException closed) {
            LOG.error("a further address gets no notice: {}", closed.getMessage());
            return sealed.with("");
        }
    }

    /** Whether the server can keep an address: in clear it is not kept. */
    public boolean keepable() {
        return seal().currentKey().isPresent();
    }

    /** Whether the customer keeps as many further ones as he may. */
    public boolean full() {
        long kept = stored.of(customer, now()).stream()
                .filter(one -> one.further() && one.validUntil().isEmpty())
                .count();
        return kept >= policy.profile().mailAddresses().further();
    }

    /**
     * The customer showed that a further address is his.
     *
     * @throws NoKeyException where it cannot be sealed
     */
    public void add(String address) {
        MailAddress sealed = sealed(address, Kind.SECOND, Optional.empty());
        tell(Notice.ADDRESS_ADDED, sealed.id());
        stored.add(realm.getId(), customer, sealed);
        changed();
    }

    /**
     * One that was full goes on to get notices for a time: whoever took an account over cannot silence its owner. Another one
     * gets none from now on, nor that of its removal: nobody stays a recipient by having been one for a day.
     *
     * @return false where he keeps no such address
     */
    public boolean remove(String id) {
        List<MailAddress> all = all();
        Optional<MailAddress> removed = all.stream()
                .filter(one -> one.id().equals(id) && one.validUntil().isEmpty())
                .findFirst();
        removed.ifPresent(one -> {
            if (history(all, policy).full(one.address(), now())) {
                stored.end(customer, id, keptUntil());
            } else {
                stored.delete(customer, id);
            }
            changed();
            tell(Notice.ADDRESS_REMOVED, id);
        });
        return removed.isPresent();
    }

    /**
     * The customer's own address was replaced: it is told, and, where it was full, goes on to be told for a time; for that it
     * must be kept, which a server without a key cannot: there it is told of this change only.
     *
     * @param old empty where he had none: the new one is told then
     */
    public void replaced(Optional<String> old, NoticeValues values) {
        Optional<MailAddress> seen = seen();
        see(seen);
        changed();
        told(seen, old, values);
    }

    private void changed() {
        changes.note(realm.getId(), customer, Change.CONTACT, now());
    }

    private void told(Optional<MailAddress> seen, Optional<String> old, NoticeValues values) {
        List<String> before = Stream.concat(
                        seen.map(one -> openedOrBlank(seal(), one).address()).stream(), old.stream())
                .filter(address -> !address.isBlank())
                .map(address -> address.toLowerCase(Locale.ROOT))
                .filter(address -> !address.equalsIgnoreCase(user.getEmail()))
                .distinct()
                .toList();
        before.forEach(address -> replaced(address, values));
        if (before.isEmpty()) {
            told("", values);
        }
    }

    private void replaced(String old, NoticeValues values) {
        told(old, values.apart());
        if (keepable() && fullSoFar(old)) {
            stored.add(realm.getId(), customer, sealed(old, Kind.PRIMARY_OLD, Optional.of(keptUntil())));
        }
    }

    private void told(String recipient, NoticeValues values) {
        Notices.of(session, realm, policy).tell(user, Notice.EMAIL_CHANGED, values, recipient);
    }

    /** Whether it gets notices after it was replaced. */
    private boolean fullSoFar(String address) {
        return history(known().toList(), policy).full(address, now());
    }

    /**
     * Looks whether the customer's own address is another one than it was when this was asked last: a directory, an identity
     * provider or somebody at the database may change it, and no event says so.
     *
     * @param asStored the customer as he is now, asked for after what was seen last: who changes the address in between replaces
     *     that, and is the first
     * @return whether it is, and was told now
     */
    public boolean changedUnseen(Supplier<UserModel> asStored) {
        if (!keepable()) {
            return false;
        }
        Optional<MailAddress> seen = seen();
        return of(session, realm, policy, asStored.get()).changedSince(seen);
    }

    private boolean changedSince(Optional<MailAddress> seen) {
        boolean changed = seen.map(one -> openedOrBlank(seal(), one).address())
                .filter(address -> !address.isBlank() && !address.equalsIgnoreCase(user.getEmail()))
                .isPresent();
        // Of two workers one is the first to see it, and tells.
        if (!see(seen) || !changed) {
            return false;
        }
        changed();
        told(seen, Optional.empty(), NoticeValues.at(now()));
        return true;
    }

    /** The customer's own address as it was seen last, as it is stored. */
    private Optional<MailAddress> seen() {
        return stored.of(customer, now()).stream().filter(one -> !one.further()).findFirst();
    }

    private Stream<MailAddress> known() {
        return stored.of(customer, now()).stream().map(one -> openedOrBlank(seal(), one));
    }

    /** @return false where somebody else was faster */
    private boolean see(Optional<MailAddress> before) {
        String id = UUID.nameUUIDFromBytes((Kind.PRIMARY + customer).getBytes(StandardCharsets.UTF_8))
                .toString();
        String own = Optional.ofNullable(user.getEmail()).orElse("");
        if (own.isBlank() || !keepable()) {
            return stored.delete(customer, id);
        }
        MailAddress seen = new MailAddress(
                id, seal().seal(SealedColumn.NOTICE_ADDRESS, id, own), Kind.PRIMARY, now(), Optional.empty());
        return before.map(one -> stored.replace(customer, seen, one.address()))
                .orElseGet(() -> stored.addUnlessThere(realm.getId(), customer, seen));
    }

    // FFAJ-2.2-S1
    private MailAddress sealed(String address, Kind kind, Optional<Instant> validUntil) {
        String id = UUID.randomUUID().toString();
        return new MailAddress(id, seal().seal(SealedColumn.NOTICE_ADDRESS, id, address), kind, now(), validUntil);
    }

    private Seal seal() {
        return Secrecy.of(session, realm);
    }

    /** @param address its id: the change of another one is another notice */
    private void tell(Notice notice, String address) {
        NoticeValues values = session.getProvider(Checkpoint.class).noticeValues(user);
        Notices.of(session, realm, policy).tell(user, notice, values.about(address));
    }

    private Instant keptUntil() {
        return now().plus(policy.profile().mailAddresses().keepOld());
    }

    private Instant now() {
        return CustomerFile.of(session, realm, customer).now();
    }
}
