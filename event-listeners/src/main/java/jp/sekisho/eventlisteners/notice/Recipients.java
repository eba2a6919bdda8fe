package jp.sekisho.eventlisteners.notice;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.mailaddress.NoticeAddresses;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.eventlisteners.notice.Letters.Letter;
import jp.sekisho.eventlisteners.notice.mail.MailChannelFactory;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.mailaddress.AddressHistory;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.mailaddress.MailAddress;
import jp.sekisho.storage.mailaddress.MailAddress.Kind;
import jp.sekisho.storage.mailaddress.MailAddresses;
import jp.sekisho.storage.outbox.Outbox;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * To which addresses mails go: each of a customer's other addresses gets a message of its own, and only what has been his for
 * long gets a stop code. Found out here, so that no login waits for it.
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

    /** One statement more where there are mails, and one for each copy. */
    Letters of(Letters sorted) {
        List<Letter> mails = sorted.toSend().stream().filter(Recipients::first).toList();
        if (mails.isEmpty()) {
            return sorted;
        }
        Instant now = mails.get(0).taken().at();
        mails.stream()
                .map(letter -> letter.taken().message().userId())
                .distinct()
                .map(userId -> session.users().getUserById(realm, userId))
                .forEach(
                        user -> NoticeAddresses.of(session, realm, policy, user).changedUnseen());
        Map<String, List<MailAddress>> further =
                new MailAddresses(em).of(mails.stream().map(Letter::customer).toList(), now);
        List<Letter> toSend = new ArrayList<>();
        List<Done> settled = new ArrayList<>(sorted.settled());
        for (Letter letter : sorted.toSend()) {
            if (!first(letter)) {
                toSend.add(letter);
                continue;
            }
            List<MailAddress> others = further.getOrDefault(letter.customer(), List.of()).stream()
                    .filter(other -> other.further() && knew(other, letter))
                    .map(other -> NoticeAddresses.openedOrBlank(session, other))
                    .toList();
            addressed(letter, others)
                    .ifPresentOrElse(
                            mail -> toSend.add(sent(mail, others, now)),
                            () -> settled.add(
                                    new Done(letter.taken(), new Outcome.Untold(Optional.of(letter.customer())))));
        }
        return new Letters(toSend, settled);
    }

    /** A copy was addressed when it was made. */
    private static boolean first(Letter letter) {
        return letter.taken().message().channel().equals(MailChannelFactory.ID)
                && !Outbox.isCopy(letter.taken().message());
    }

    /** What happened before an address was added is none of its business. */
    private static boolean knew(MailAddress other, Letter letter) {
        return other.kind() == Kind.PRIMARY_OLD
                || !other.verifiedAt().isAfter(letter.taken().message().createdAt());
    }

    /** Where the customer had no address of his own, the first of the others stands for it; empty where there is none. */
    private static Optional<Letter> addressed(Letter letter, List<MailAddress> others) {
        return letter.payload().recipient().isBlank()
                ? others.stream()
                        .map(MailAddress::address)
                        .filter(address -> !address.isBlank())
                        .findFirst()
                        .map(letter::to)
                : Optional.of(letter);
    }

    private Letter sent(Letter letter, List<MailAddress> others, Instant now) {
        AddressHistory history = NoticeAddresses.history(others, policy);
        // A summary stands for what was not sent to the first address, either.
        if (letter.notice() != Notice.HELD_BACK) {
            Stream.concat(others.stream().map(MailAddress::address), changed(letter).stream())
                    .filter(address -> !address.isBlank()
                            && !address.equalsIgnoreCase(letter.payload().recipient()))
                    .distinct()
                    .forEach(address -> copy(letter, address, letter.armed() && history.full(address, now)));
        }
        if (!letter.armed() || history.full(letter.payload().recipient(), now)) {
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
                .map(one ->
                        session.users().getUserById(realm, one.taken().message().userId()))
                .map(UserModel::getEmail);
    }
}
