package jp.sekisho.checkpoint.notice;

import io.micrometer.core.instrument.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.notice.NoticePolicy;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.OutboxMessage;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a customer what happened, unless he chose not to hear it: writes to the outbox with the fact, a worker sends
 * (decision 9).
 */
// FFAJ-1.2-S2, JP25-9
public final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final String SIGNAL = Notices.class.getName() + ".signal";
    private static final String WRITTEN = Notices.class.getName() + ".written.";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private Notices(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static Notices of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Notices(session, realm, policy);
    }

    /** The language the customer is told in: his own, where the realm speaks it; any link to a login makes anything his own. */
    public Locale language(UserModel user) {
        return Optional.ofNullable(user.getFirstAttribute(UserModel.LOCALE)).stream()
                .flatMap(chosen ->
                        Stream.of(chosen, Locale.forLanguageTag(chosen).getLanguage()))
                .filter(this::spoken)
                .map(Locale::forLanguageTag)
                .findFirst()
                .orElseGet(this::usualLanguage);
    }

    private boolean spoken(String language) {
        return realm.getSupportedLocalesStream().anyMatch(language::equals);
    }

    private Locale usualLanguage() {
        String usual = realm.getDefaultLocale();
        return usual == null || usual.isBlank() ? Locale.JAPANESE : Locale.forLanguageTag(usual);
    }

    /** Writes with the session's transaction: what is told and what happened share their fate. One statement a channel. */
    public void tell(UserModel user, Notice notice, NoticeValues values) {
        tell(user, notice, values, email(user));
    }

    /** The same; what it says is not gathered for who chose not to hear it. */
    public void tell(UserModel user, Notice notice, Supplier<NoticeValues> values) {
        write(session, messages(user, notice, values, email(user)));
    }

    /** The same, to an address that is not his any more; what is empty is left to his further addresses. */
    public void tell(UserModel user, Notice notice, NoticeValues values, String recipient) {
        write(session, messages(user, notice, () -> values, recipient));
    }

    /** Tells officers what is about no customer, on the channels that reach them; nobody else hears of it. */
    public void tellDesk(Notice notice, NoticeValues values) {
        write(session, entries(Optional.empty(), notice, channelsOfDesk(), values, "", usualLanguage()));
    }

    /** Nothing reaches a customer: an operator must see it. */
    public static void untold(String notice) {
        Metrics.globalRegistry
                .counter("sekisho.notices.untold", "notice", notice)
                .increment();
    }

    private static String email(UserModel user) {
        return Optional.ofNullable(user.getEmail()).orElse("");
    }

    /** Writes in a transaction of its own, committed on return: for what happened although the request is rolled back. */
    public void tellNow(UserModel user, Notice notice, NoticeValues values) {
        List<Entry> entries = messages(user, notice, () -> values, email(user));
        if (entries.stream().anyMatch(this::waitsInThisTransaction)) {
            LOG.warn("realm {}: {} is told with the transaction already", realm.getName(), notice.code());
            return;
        }
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(), inner -> Notices.write(inner, entries));
    }

    /** Its row is locked by this request: a second transaction would wait for the first one for ever. */
    private boolean waitsInThisTransaction(Entry entry) {
        return session.getAttribute(written(entry.message())) != null;
    }

    private static String written(OutboxMessage message) {
        return WRITTEN + message.realmId() + message.channel() + message.deduplication();
    }

    private record Entry(OutboxMessage message, Deduplication deduplication, Instant windowStart) {}

    private List<Entry> messages(UserModel user, Notice notice, Supplier<NoticeValues> said, String recipient) {
        if (!wanted(user, notice)) {
            return List.of();
        }
        List<String> channels = notice.desk() ? channelsOfDesk() : channels(user);
        if (channels.isEmpty() && !notice.desk()) {
            LOG.warn("realm {}: no channel to tell user {} of {}", realm.getName(), user.getId(), notice.code());
            untold(notice.code());
            return List.of();
        }
        return entries(Optional.of(user.getId()), notice, channels, said.get(), recipient, language(user));
    }

    private List<Entry> entries(
            Optional<String> userId,
            Notice notice,
            List<String> channels,
            NoticeValues values,
            String recipient,
            Locale language) {
        NoticePolicy noticePolicy = policy.profile().notices();
        Deduplication deduplication = Deduplication.of(notice, userId.orElse(""), values, noticePolicy.deduplication());
        Instant windowStart = values.occurredAt().minus(noticePolicy.deduplication());
        String payload = new NoticePayload(recipient, values).toJson();
        String locale = language.toLanguageTag();
        List<Entry> entries = new ArrayList<>();
        for (String channel : channels) {
            String id = UUID.randomUUID().toString();
            OutboxMessage message = new OutboxMessage(
                    id,
                    notice.desk()
                            ? Optional.empty()
                            : Optional.of(Customers.stopCode(session, realm, id).hash()),
                    realm.getId(),
                    channel,
                    notice.code(),
                    userId,
                    deduplication.key(),
                    locale,
                    payload,
                    values.occurredAt(),
                    values.occurredAt());
            entries.add(new Entry(message, deduplication, windowStart));
        }
        return entries;
    }

    private boolean wanted(UserModel user, Notice notice) {
        NoticeChoices choices = NoticeChoices.of(session, policy);
        if (!choices.mayChoose(notice)) {
            return true;
        }
        String customer = Customers.pseudonym(session, realm, user);
        // A login has the answer in its file, and is spared the statement.
        return notice == Notice.LOGIN
                ? choices.wanted(
                        notice,
                        CustomerFile.of(session, realm, customer).onArrival().toldOfLogins())
                : choices.wanted(customer, notice);
    }

    private List<String> channels(UserModel user) {
        return channels(factory -> factory.reaches(realm, policy, user));
    }

    private List<String> channelsOfDesk() {
        return channels(factory -> factory.reachesDesk(realm, policy));
    }

    private List<String> channels(Predicate<NoticeChannelFactory> which) {
        return session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(NoticeChannel.class)
                .map(NoticeChannelFactory.class::cast)
                .filter(which)
                .map(NoticeChannelFactory::getId)
                .sorted()
                .toList();
    }

    private static void write(KeycloakSession session, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Outbox outbox =
                new Outbox(session.getProvider(JpaConnectionProvider.class).getEntityManager());
        for (Entry entry : entries) {
            if (!toldBefore(outbox, entry) && outbox.put(entry.message())) {
                session.setAttribute(written(entry.message()), true);
                signalAfterCommit(session, entry.message().channel());
            }
        }
    }

    private static boolean toldBefore(Outbox outbox, Entry entry) {
        return entry.deduplication()
                .before()
                .map(before ->
                        outbox.has(entry.message().realmId(), entry.message().channel(), before, entry.windowStart()))
                .orElse(false);
    }

    /** The channels that got something in this request. */
    private record Signal(Set<String> channels) {}

    private static void signalAfterCommit(KeycloakSession session, String channel) {
        Signal before = session.getAttribute(SIGNAL, Signal.class);
        if (before != null) {
            before.channels().add(channel);
            return;
        }
        Signal signal = new Signal(new HashSet<>(Set.of(channel)));
        session.setAttribute(SIGNAL, signal);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                session.getKeycloakSessionFactory().publish(new NoticeWritten(signal.channels()));
            }

            @Override
            protected void rollbackImpl() {}
        });
    }
}
