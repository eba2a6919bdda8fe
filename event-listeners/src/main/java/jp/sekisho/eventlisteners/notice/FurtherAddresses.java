package jp.sekisho.eventlisteners.notice;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.mailaddress.NoticeAddresses;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.secrecy.NoKeyException;
import jp.sekisho.eventlisteners.notice.Letters.Letter;
import jp.sekisho.eventlisteners.notice.mail.MailChannelFactory;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.mailaddress.MailAddress;
import jp.sekisho.storage.mailaddress.MailAddresses;
import jp.sekisho.storage.outbox.Outbox;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A customer's other addresses get each notice as a message of its own. Found out here, so that no login waits for it. */
// JP25-9, FFAJ-1.5-S2
final class FurtherAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(FurtherAddresses.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;

    FurtherAddresses(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** One statement more, and one for each that is found. */
    void copy(List<Letter> letters) {
        List<Letter> originals =
                letters.stream().filter(FurtherAddresses::hasCopies).toList();
        if (originals.isEmpty()) {
            return;
        }
        Map<String, List<MailAddress>> further = new MailAddresses(em)
                .of(
                        originals.stream().map(Letter::customer).toList(),
                        originals.get(0).taken().at());
        originals.forEach(letter -> copy(letter, further.getOrDefault(letter.customer(), List.of())));
    }

    /** A summary stands for what was not sent to the first address, either. */
    private static boolean hasCopies(Letter letter) {
        return letter.taken().message().channel().equals(MailChannelFactory.ID)
                && letter.notice() != Notice.HELD_BACK
                && !Outbox.isCopy(letter.taken().message());
    }

    private void copy(Letter letter, List<MailAddress> further) {
        NoticePayload payload = NoticePayload.fromJson(letter.taken().message().payload());
        Stream.concat(further.stream().flatMap(this::opened), changed(letter).stream())
                .filter(address -> !address.equalsIgnoreCase(payload.recipient()))
                .distinct()
                .forEach(address -> copy(letter, address, new NoticePayload(address, payload.values())));
    }

    /** One that cannot be opened gets nothing; the others must not wait for it. */
    private Stream<String> opened(MailAddress sealed) {
        try {
            return Stream.of(NoticeAddresses.opened(session, sealed).address());
        } catch (NoKeyException closed) {
            LOG.error("realm {}: a further address gets no notice: {}", realm.getName(), closed.getMessage());
            return Stream.empty();
        }
    }

    private void copy(Letter letter, String address, NoticePayload payload) {
        String id = UUID.randomUUID().toString();
        String stopHash = Customers.stopCode(session, realm, id).hash();
        new Outbox(em).putCopy(letter.taken(), id, stopHash, Sha256.hex(address), payload.toJson());
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
