package jp.sekisho.checkpoint.customer;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import jp.sekisho.checkpoint.secrecy.Seal;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.freeze.StopCode;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.storage.key.RealmKeys;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Customers' pseudonyms: what counters, devices and the evidence log know them by. */
public final class Customers {

    private static final int SECRET_BYTES = 32;
    private static final KnownPseudonyms KNOWN = new KnownPseudonyms(Ticker.systemTicker());
    private static final SecureRandom RANDOM = new SecureRandom();

    private Customers() {}

    /** 64 hex characters, the same for ever as long as user and realm exist. */
    public static String pseudonym(KeycloakSession session, RealmModel realm, UserModel user) {
        return pseudonym(session, realm, user.getId());
    }

    /** Also of who is there no more. */
    public static String pseudonym(KeycloakSession session, RealmModel realm, String userId) {
        String attribute = Customers.class.getName() + ':' + realm.getId() + ':' + userId;
        String known = session.getAttribute(attribute, String.class);
        if (known == null) {
            known = pseudonyms(session, realm).ofUser(userId);
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

    /** Of a bank account, by which it is found again; the number itself is sealed. */
    public static String hashOfPayee(KeycloakSession session, RealmModel realm, Payee payee) {
        return pseudonyms(session, realm).ofPayee(payee.number());
    }

    /** Of what an app may do, which nobody makes who only writes rows. */
    public static String hashOfPermit(KeycloakSession session, RealmModel realm, String permitted) {
        return pseudonyms(session, realm).ofPermit(permitted);
    }

    /** The code of a notice: made anew whenever it is needed, so that it is nowhere kept. */
    public static StopCode stopCode(KeycloakSession session, RealmModel realm, String messageId) {
        return pseudonyms(session, realm).stopCode(messageId);
    }

    /** The realm's pseudonyms where it has a key: nothing is kept under a pseudonym elsewhere. */
    static Optional<Pseudonyms> existing(KeycloakSession session, RealmModel realm) {
        return KNOWN.of(realm.getId(), () -> find(session, realm));
    }

    static void forget(String realmId) {
        KNOWN.forget(realmId);
    }

    private static Pseudonyms pseudonyms(KeycloakSession session, RealmModel realm) {
        return existing(session, realm).orElseGet(() -> create(session, realm));
    }

    private static Optional<Pseudonyms> find(KeycloakSession session, RealmModel realm) {
        return OwnTransaction.call(session, em -> new RealmKeys(em).find(realm.getId()))
                .map(stored -> Secrecy.of(session, realm).open(SealedColumn.REALM_KEY, realm.getId(), stored))
                .map(secret -> new Pseudonyms(HexFormat.of().parseHex(secret)));
    }

    private static Pseudonyms create(KeycloakSession session, RealmModel realm) {
        String secret = sealed(Secrecy.of(session, realm), realm, newSecret());
        OwnTransaction.run(session, em -> {
            new RealmKeys(em).createIfAbsent(realm.getId(), secret);
        });
        return existing(session, realm)
                .orElseThrow(() -> new IllegalStateException("realm " + realm.getName() + " was removed meanwhile"));
    }

    private static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /** Without a key nobody could log in at all; rotation seals it as soon as there is one. */
    // FFAJ-2.2-S1
    private static String sealed(Seal seal, RealmModel realm, String secret) {
        return seal.currentKey().isPresent() ? seal.seal(SealedColumn.REALM_KEY, realm.getId(), secret) : secret;
    }
}
