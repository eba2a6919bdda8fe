package jp.sekisho.eventlisteners.notice;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.notice.NoticeChannel;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import jp.sekisho.checkpoint.notice.UndeliverableException;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.eventlisteners.notice.Letters.Letter;
import jp.sekisho.storage.outbox.Outbox.Taken;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one sender takes care of at a time: a few messages of one realm and channel. First whether they are to be sent, in a
 * short transaction, then the sending, in one session that holds no connection to the database and gives the channel one
 * connection to its receiver. Each message has its outcome told once and as soon as it is known, whatever becomes of the
 * others.
 */
final class Share {

    private static final Logger LOG = LoggerFactory.getLogger(Share.class);

    private final KeycloakSessionFactory factory;
    private final Predicate<Taken> mayGo;
    private final Consumer<Done> told;
    private final Set<Taken> untold;

    /** @param mayGo whether there is time for a message and its realm's channel does not rest; asked before each */
    Share(KeycloakSessionFactory factory, List<Taken> messages, Predicate<Taken> mayGo, Consumer<Done> told) {
        this.factory = factory;
        this.mayGo = mayGo;
        this.told = told;
        this.untold = new LinkedHashSet<>(messages);
    }

    /** Each of one realm, so that a realm's slow mail server is no other realm's; in the order they were taken in. */
    static List<List<Taken>> split(List<Taken> taken, int most) {
        Map<String, List<Taken>> ofRealm = taken.stream()
                .collect(
                        Collectors.groupingBy(one -> one.message().realmId(), LinkedHashMap::new, Collectors.toList()));
        return ofRealm.values().stream()
                .flatMap(realm -> IntStream.iterate(0, from -> from < realm.size(), from -> from + most)
                        .mapToObj(from -> realm.subList(from, Math.min(realm.size(), from + most))))
                .toList();
    }

    void send() {
        try {
            List.copyOf(untold).stream()
                    .filter(mayGo.negate())
                    .forEach(one -> tell(new Done(one, new Outcome.PutBack())));
            List<Letter> letters = letters(List.copyOf(untold));
            if (!letters.isEmpty()) {
                KeycloakModelUtils.runJobInTransaction(
                        factory, session -> letters.forEach(letter -> send(session, letter)));
            }
        } catch (RuntimeException | LinkageError trouble) {
            LOG.error("outbox: a share with {} messages left", untold.size(), trouble);
            List.copyOf(untold).forEach(one -> tell(failed(one, trouble)));
        }
    }

    private void tell(Done done) {
        untold.remove(done.taken());
        told.accept(done);
    }

    private static Done failed(Taken taken, Throwable trouble) {
        return new Done(
                taken, new Outcome.Failed(Optional.empty(), trouble.getClass().getSimpleName(), false));
    }

    private static Done failedAlone(Taken taken, Throwable trouble) {
        LOG.error("outbox of {}: message {}", taken.message().channel(), taken.id(), trouble);
        return failed(taken, trouble);
    }

    /** If it cannot be found out for all of them together, then for each by itself. */
    private List<Letter> letters(List<Taken> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        try {
            Letters letters =
                    KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> Letters.of(session, messages));
            letters.settled().forEach(this::tell);
            return letters.toSend();
        } catch (RuntimeException trouble) {
            if (messages.size() > 1) {
                return messages.stream()
                        .flatMap(one -> letters(List.of(one)).stream())
                        .toList();
            }
            tell(failedAlone(messages.get(0), trouble));
            return List.of();
        }
    }

    private void send(KeycloakSession session, Letter letter) {
        try {
            tell(new Done(
                    letter.taken(), mayGo.test(letter.taken()) ? outcome(session, letter) : new Outcome.PutBack()));
        } catch (RuntimeException | LinkageError trouble) {
            tell(failedAlone(letter.taken(), trouble));
        }
    }

    private static Outcome outcome(KeycloakSession session, Letter letter) {
        Taken taken = letter.taken();
        Optional<String> customer = letter.customer();
        RealmModel realm = session.realms().getRealm(taken.message().realmId());
        session.getContext().setRealm(realm);
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return new Outcome.NeedNot("the realm has no policy any more");
        }
        NoticeChannel channel =
                session.getProvider(NoticeChannel.class, taken.message().channel());
        if (channel == null) {
            return new Outcome.Failed(customer, "no such channel on this node", false);
        }
        OutgoingNotice notice = new OutgoingNotice(
                taken.id(),
                realm,
                taken.message().userId(),
                letter.name(),
                letter.notice(),
                Locale.forLanguageTag(taken.message().locale()),
                letter.payload(),
                policy.get().contact(),
                policy.get().webhook(),
                letter.armed() ? Customers.stopCode(session, realm, taken.id()).grouped() : "",
                letter.counts());
        try {
            channel.send(notice);
            return new Outcome.Sent(customer, List.copyOf(letter.held().keySet()));
        } catch (UndeliverableException undeliverable) {
            return undeliverable.isForEver()
                    ? new Outcome.Refused(customer, undeliverable.getMessage())
                    : new Outcome.Failed(customer, undeliverable.getMessage(), undeliverable.isOfThisOne());
        }
    }
}
