package jp.sekisho.eventlisteners.notice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.Outbox.Taken;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Taken messages of one realm, sorted.
 *
 * @param toSend those to send
 * @param settled those with nothing to send, and why
 */
record Letters(List<Letter> toSend, List<Done> settled) {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Set<String> VITAL =
            Stream.of(Notice.values()).filter(Notice::vital).map(Notice::code).collect(Collectors.toUnmodifiableSet());

    /**
     * @param customer pseudonym; empty where it is about nobody
     * @param name the customer's name, masked; empty where there is none
     * @param held of a summary: the notices that it sums up, by id
     * @param armed whether it carries its stop code
     */
    record Letter(
            Taken taken,
            Notice notice,
            Optional<String> customer,
            String name,
            Map<String, String> held,
            NoticePayload payload,
            boolean armed) {

        Letter to(String recipient) {
            NoticePayload there = new NoticePayload(recipient, payload.values());
            return new Letter(taken, notice, customer, name, held, there, armed);
        }

        Letter disarmed() {
            return new Letter(taken, notice, customer, name, held, payload, false);
        }

        Map<Notice, Long> counts() {
            Map<Notice, Long> counts = new HashMap<>();
            held.values().forEach(code -> Notice.ofCode(code).ifPresent(notice -> counts.merge(notice, 1L, Long::sum)));
            return counts;
        }
    }

    /** In a transaction after the one that took them: so it sees what other nodes took before (Outbox). */
    static Letters of(KeycloakSession session, List<Taken> taken) {
        RealmModel realm = session.realms().getRealm(taken.get(0).message().realmId());
        if (realm == null) {
            return none(taken, "the realm is gone");
        }
        session.getContext().setRealm(realm);
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return none(taken, "the realm has no policy any more");
        }
        Sorting sorting = new Sorting(
                session,
                realm,
                new Outbox(session.getProvider(JpaConnectionProvider.class).getEntityManager()),
                new Letters(new ArrayList<>(), new ArrayList<>()));
        sorting.sort(taken, policy.get().profile().notices().mailsAnHour());
        return new Recipients(session, realm, policy.get()).of(sorting.sorted());
    }

    private static Letters none(List<Taken> taken, String why) {
        return new Letters(
                List.of(),
                taken.stream()
                        .map(one -> new Done(one, new Outcome.NeedNot(why)))
                        .toList());
    }

    private record Sorting(KeycloakSession session, RealmModel realm, Outbox outbox, Letters sorted) {

        void sort(List<Taken> taken, int most) {
            List<Taken> counted = taken.stream().filter(one -> !uncounted(one)).toList();
            Map<String, Long> ahead = counted.isEmpty()
                    ? Map.of()
                    : outbox.ahead(counted, VITAL, counted.get(0).at().minus(HOUR));
            taken.forEach(one -> sort(one, !uncounted(one) && ahead.getOrDefault(one.id(), 0L) >= most));
        }

        /** A copy goes where its original went. */
        private static boolean uncounted(Taken taken) {
            return VITAL.contains(taken.message().notice()) || Outbox.isCopy(taken.message());
        }

        private void sort(Taken taken, boolean tooMany) {
            Optional<Notice> notice = Notice.ofCode(taken.message().notice());
            if (notice.isEmpty()) {
                settle(
                        taken,
                        new Outcome.NeedNot(
                                "nothing known of " + taken.message().notice()));
                return;
            }
            if (taken.message().userId().isEmpty()) {
                toSend(taken, notice.get(), Optional.empty(), Map.of());
                return;
            }
            Optional<UserModel> user = user(taken);
            if (user.isEmpty()) {
                settle(taken, new Outcome.NeedNot("the customer is gone"));
            } else if (tooMany) {
                settle(taken, new Outcome.TooMany());
            } else {
                sort(taken, notice.get(), user.get());
            }
        }

        private Optional<UserModel> user(Taken taken) {
            return taken.message().userId().map(id -> session.users().getUserById(realm, id));
        }

        private void sort(Taken taken, Notice notice, UserModel user) {
            boolean summary = notice == Notice.HELD_BACK;
            Map<String, String> held =
                    summary ? outbox.held(realm.getId(), taken.message().channel(), user.getId()) : Map.of();
            if (summary && held.isEmpty()) {
                settle(taken, new Outcome.NeedNot("told already"));
            } else {
                toSend(taken, notice, Optional.of(user), held);
            }
        }

        private void toSend(Taken taken, Notice notice, Optional<UserModel> user, Map<String, String> held) {
            sorted.toSend()
                    .add(new Letter(
                            taken,
                            notice,
                            user.map(one -> Customers.pseudonym(session, realm, one)),
                            user.map(one -> Masking.name(one.getUsername())).orElse(""),
                            held,
                            NoticePayload.fromJson(taken.message().payload()),
                            taken.message().stopHash().isPresent()));
        }

        private void settle(Taken taken, Outcome outcome) {
            sorted.settled().add(new Done(taken, outcome));
        }
    }
}
