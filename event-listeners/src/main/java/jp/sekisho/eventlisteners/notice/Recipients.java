package jp.sekisho.eventlisteners.notice;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.mailaddress.NoticeAddresses;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.Seal;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.eventlisteners.notice.Letters.Letter;
import jp.sekisho.eventlisteners.notice.mail.MailChannelFactory;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.mailaddress.AddressHistory;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.mailaddress.MailAddress;
import jp.sekisho.storage.mailaddress.MailAddress.Kind;
import jp.sekisho.storage.mailaddress.MailAddresses;
import jp.sekisho.storage.outbox.Outbox;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStoragePrivateUtil;

/**
 * To which addresses mails go: each of a customer's other addresses gets a message of its own, with a stop code of its own. Found out here, so that no login waits for it.
 */
// JP25-9, FFAJ-1.5-S2
final class Recipients {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final EntityManager em;

    Recipients(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** One statement more where there are mails, and one for each copy. Customers in one order: no two workers wait for each other. */
    Letters of(Letters sorted) {
        Map<String, List<Letter>> mails = sorted.toSend().stream()
                .filter(Recipients::first)
                .collect(Collectors.groupingBy(Recipients::customer, TreeMap::new, Collectors.toList()));
        if (mails.isEmpty()) {
            return sorted;
        }
        Map<String, List<MailAddress>> known = new MailAddresses(em).of(mails.keySet(), now(sorted));
        List<Letter> toSend = new ArrayList<>(
                sorted.toSend().stream().filter(letter -> !first(letter)).toList());
        List<Done> settled = new ArrayList<>(sorted.settled());
        mails.forEach((customer, letters) -> {
            List<MailAddress> addresses = seen(letters.get(0), known.getOrDefault(customer, List.of()), now(sorted));
            letters.forEach(letter -> addressed(letter, addresses)
                    .ifPresentOrElse(
                            mail -> toSend.add(sent(mail, addresses, now(sorted))),
                            () -> settled.add(new Done(letter.taken(), new Outcome.Untold(Optional.of(customer))))));
        });
        return new Letters(toSend, settled);
    }

    private static Instant now(Letters sorted) {
        return sorted.toSend().get(0).taken().at();
    }

    /** What is known of a customer's addresses, once it was looked whether his own is what it was. */
    private List<MailAddress> seen(Letter letter, List<MailAddress> known, Instant now) {
        List<MailAddress> opened = opened(known);
        UserModel user = user(letter);
        String own = Optional.ofNullable(user.getEmail()).orElse("");
        Optional<MailAddress> last =
                opened.stream().filter(one -> !one.further()).findFirst();
        boolean unchanged = last.map(one -> one.address().equalsIgnoreCase(own)).orElseGet(own::isBlank);
        return unchanged || !NoticeAddresses.of(session, realm, policy, user).changedUnseen(() -> stored(user))
                ? opened
                : opened(new MailAddresses(em).of(customer(letter), now));
    }

    /**
     * As the database has him now: this node's cache may be behind, and so may what was read of him a moment ago. Who is kept in a
     * directory only is asked for there.
     */
    private UserModel stored(UserModel user) {
        if (!StorageId.isLocalStorage(user.getId())) {
            return user;
        }
        Optional.ofNullable(em.find(UserEntity.class, user.getId())).ifPresent(em::refresh);
        return UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, user.getId());
    }

    private List<MailAddress> opened(List<MailAddress> known) {
        Seal seal = Secrecy.of(session, realm);
        return known.stream()
                .map(one -> NoticeAddresses.openedOrBlank(seal, one))
                .toList();
    }

    /** A copy was addressed when it was made; what is about nobody has no address. */
    private static boolean first(Letter letter) {
        return letter.customer().isPresent()
                && letter.taken().message().channel().equals(MailChannelFactory.ID)
                && !Outbox.isCopy(letter.taken().message());
    }

    /** The others that get it: what happened before one was added is none of its business. */
    private static Stream<String> others(Letter letter, List<MailAddress> known) {
        return known.stream()
                .filter(MailAddress::further)
                .filter(one -> one.kind() == Kind.PRIMARY_OLD
                        || !one.verifiedAt().isAfter(letter.taken().message().createdAt()))
                .map(MailAddress::address)
                .filter(address -> !address.isBlank());
    }

    /** Where the customer had no address of his own, the first of the others stands for it; empty where there is none. */
    private static Optional<Letter> addressed(Letter letter, List<MailAddress> known) {
        return letter.payload().recipient().isBlank()
                ? others(letter, known).findFirst().map(letter::to)
                : Optional.of(letter);
    }

    private Letter sent(Letter letter, List<MailAddress> known, Instant now) {
        AddressHistory history = NoticeAddresses.history(known, policy);
        // Where no other address was ever his, that one stops.
        Optional<Instant> shutAt = known.stream().anyMatch(MailAddress::further)
                ? new Freezes(em).lastShut(customer(letter))
                : Optional.empty();
        // A summary stands for what was not sent to the first address, either.
        if (letter.notice() != Notice.HELD_BACK) {
            Stream.concat(others(letter, known), changed(letter).stream())
                    .filter(address ->
                            !address.equalsIgnoreCase(letter.payload().recipient()))
                    .distinct()
                    .forEach(address -> copy(letter, address, letter.armed() && history.stops(address, shutAt, now)));
        }
        if (!letter.armed() || history.stops(letter.payload().recipient(), shutAt, now)) {
            return letter;
        }
        new Outbox(em).disarm(letter.taken().id());
        return letter.disarmed();
    }

    private void copy(Letter letter, String address, boolean armed) {
        String id = UUID.randomUUID().toString();
        Optional<String> stopHash =
                armed ? Optional.of(Customers.stopCode(session, realm, id).hash()) : Optional.empty();
        String payload = new NoticePayload(address, letter.payload().values()).toJson();
        new Outbox(em).putCopy(letter.taken(), id, stopHash, Sha256.hex(address), payload);
    }

    /** What is written for the old address is for the new one, too. */
    private Optional<String> changed(Letter letter) {
        return Optional.of(letter)
                .filter(one -> one.notice() == Notice.EMAIL_CHANGED)
                .map(this::user)
                .map(UserModel::getEmail);
    }

    private UserModel user(Letter letter) {
        return session.users()
                .getUserById(realm, letter.taken().message().userId().orElseThrow());
    }

    private static String customer(Letter letter) {
        return letter.customer().orElseThrow();
    }
}
