package jp.sekisho.eventlisteners.notice;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.notice.NoticeChannel;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import jp.sekisho.checkpoint.notice.UndeliverableException;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.Outbox.Taken;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * One attempt to send one notice: first whether it is to be sent, in a short transaction, then the sending, in one that
 * holds no connection to the database.
 */
final class Attempt {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Set<String> VITAL =
            Stream.of(Notice.values()).filter(Notice::vital).map(Notice::code).collect(Collectors.toUnmodifiableSet());

    private final KeycloakSessionFactory factory;
    private final Taken taken;
    private final Instant takenAt;

    /** @param takenAt by the database's clock */
    Attempt(KeycloakSessionFactory factory, Taken taken, Instant takenAt) {
        this.factory = factory;
        this.taken = taken;
        this.takenAt = takenAt;
    }

    /**
     * @param outcome where nothing is to be sent
     * @param name the customer's name, masked
     * @param held of a summary: the notices that it sums up, by id
     */
    private record Checked(
            Optional<Outcome> outcome,
            Notice notice,
            Optional<String> pseudonym,
            String name,
            Map<String, String> held) {

        static Checked needNot(String reason) {
            return new Checked(Optional.of(new Outcome.NeedNot(reason)), null, Optional.empty(), "", Map.of());
        }
    }

    Outcome run() {
        Checked checked = KeycloakModelUtils.runJobInTransactionWithResult(factory, this::check);
        return checked.outcome()
                .orElseGet(() ->
                        KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> send(session, checked)));
    }

    private Checked check(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(taken.message().realmId());
        if (realm == null) {
            return Checked.needNot("the realm is gone");
        }
        session.getContext().setRealm(realm);
        Optional<Notice> notice = Notice.ofCode(taken.message().notice());
        if (notice.isEmpty()) {
            return Checked.needNot("nothing known of " + taken.message().notice());
        }
        UserModel user = session.users().getUserById(realm, taken.message().userId());
        if (user == null) {
            return Checked.needNot("the customer is gone");
        }
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return Checked.needNot("the realm has no policy any more");
        }
        String pseudonym = Customers.pseudonym(session, realm, user);
        int most = policy.get().profile().notices().mailsAnHour();
        if (!notice.get().vital() && aheadInTheLastHour(em) >= most) {
            return new Checked(Optional.of(new Outcome.TooMany()), notice.get(), Optional.empty(), "", Map.of());
        }
        Map<String, String> held = notice.get() == Notice.HELD_BACK
                ? new Outbox(em)
                        .held(
                                realm.getId(),
                                taken.message().channel(),
                                taken.message().userId())
                : Map.of();
        if (notice.get() == Notice.HELD_BACK && held.isEmpty()) {
            return Checked.needNot("told already");
        }
        return new Checked(
                Optional.empty(), notice.get(), Optional.of(pseudonym), Masking.name(user.getUsername()), held);
    }

    private long aheadInTheLastHour(EntityManager em) {
        return new Outbox(em).ahead(taken, VITAL, taken.at().minus(HOUR));
    }

    private Outcome send(KeycloakSession session, Checked checked) {
        RealmModel realm = session.realms().getRealm(taken.message().realmId());
        session.getContext().setRealm(realm);
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return new Outcome.NeedNot("the realm has no policy any more");
        }
        NoticeChannel channel =
                session.getProvider(NoticeChannel.class, taken.message().channel());
        if (channel == null) {
            return new Outcome.Failed(checked.pseudonym(), "no such channel on this node");
        }
        OutgoingNotice notice = new OutgoingNotice(
                taken.id(),
                realm,
                taken.message().userId(),
                checked.name(),
                checked.notice(),
                Locale.forLanguageTag(taken.message().locale()),
                NoticePayload.fromJson(taken.message().payload()),
                policy.get().contact(),
                policy.get().webhook(),
                counts(checked.held()));
        try {
            channel.send(notice);
            return new Outcome.Sent(
                    checked.pseudonym(), List.copyOf(checked.held().keySet()));
        } catch (UndeliverableException undeliverable) {
            return undeliverable.isForEver()
                    ? new Outcome.Refused(checked.pseudonym(), undeliverable.getMessage())
                    : new Outcome.Failed(checked.pseudonym(), undeliverable.getMessage());
        }
    }

    private static Map<Notice, Long> counts(Map<String, String> held) {
        Map<Notice, Long> counts = new HashMap<>();
        held.values().forEach(code -> Notice.ofCode(code).ifPresent(notice -> counts.merge(notice, 1L, Long::sum)));
        return counts;
    }
}
