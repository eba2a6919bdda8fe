package jp.sekisho.checkpoint.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.freeze.StopCode;
import jp.sekisho.storage.key.RealmKeys;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Customers' pseudonyms: what counters, devices and the evidence log know them by. */
public final class Customers {

    /** Short enough that a realm that was removed and imported again is soon known by its new key on every node. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final Cache<String, Pseudonyms> BY_REALM =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(1000).build();

    private static final SecureRandom RANDOM = new SecureRandom();

    private Customers() {}

    /** 64 hex characters, the same for ever as long as user and realm exist. */
    public static String pseudonym(KeycloakSession session, RealmModel realm, UserModel user) {
        String attribute = Customers.class.getName() + ':' + realm.getId() + ':' + user.getId();
        String known = session.getAttribute(attribute, String.class);
        if (known == null) {
            known = pseudonyms(session, realm).ofUser(user.getId());
            session.setAttribute(attribute, known);
        }
        return known;
    }

    /**
     * A typed name as its pseudonym reads it, full-width letters included. Look it up like this as well: a spelling that finds
     * nobody and runs counters of its own would tell which names exist.
     */
    public static String nameAsMeant(String typedName) {
        return Pseudonyms.asMeant(typedName);
    }

    /** Of a name that was typed and that no user has: it runs the same counters. */
    public static String pseudonymOfName(KeycloakSession session, RealmModel realm, String typedName) {
        return pseudonyms(session, realm).ofName(typedName);
    }

    /** Of a source (IPv4 address or IPv6 /64) that is refused for a while. */
    public static String pseudonymOfSource(KeycloakSession session, RealmModel realm, String source) {
        return pseudonyms(session, realm).ofSource(source);
    }

    /** Of a one-time code, to be compared with one that is typed. */
    public static String hashOfCode(KeycloakSession session, RealmModel realm, String code) {
        return pseudonyms(session, realm).ofCode(code);
    }

    /** The code of a notice: made anew whenever it is needed, so that it is nowhere kept. */
    public static StopCode stopCode(KeycloakSession session, RealmModel realm, String messageId) {
        return pseudonyms(session, realm).stopCode(messageId);
    }

    /** The realm's pseudonyms where it has a key: nothing is kept under a pseudonym elsewhere. */
    static Optional<Pseudonyms> existing(EntityManager em, RealmModel realm) {
        return Optional.ofNullable(BY_REALM.getIfPresent(realm.getId()))
                .or(() -> new RealmKeys(em).find(realm.getId()).map(Pseudonyms::new));
    }

    static void forget(String realmId) {
        BY_REALM.invalidate(realmId);
    }

    private static Pseudonyms pseudonyms(KeycloakSession session, RealmModel realm) {
        Pseudonyms cached = BY_REALM.getIfPresent(realm.getId());
        if (cached != null) {
            return cached;
        }
        Pseudonyms pseudonyms = find(session, realm).orElseGet(() -> create(session, realm));
        BY_REALM.put(realm.getId(), pseudonyms);
        return pseudonyms;
    }

    private static Optional<Pseudonyms> find(KeycloakSession session, RealmModel realm) {
        return OwnTransaction.call(session, em -> new RealmKeys(em).find(realm.getId()))
                .map(Pseudonyms::new);
    }

    private static Pseudonyms create(KeycloakSession session, RealmModel realm) {
        OwnTransaction.call(session, em -> {
            new RealmKeys(em).createIfAbsent(realm.getId(), RANDOM);
            return null;
        });
        return find(session, realm)
                .orElseThrow(() -> new IllegalStateException("realm " + realm.getName() + " was removed meanwhile"));
    }
}
