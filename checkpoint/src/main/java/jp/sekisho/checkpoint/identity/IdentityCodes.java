package jp.sekisho.checkpoint.identity;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.identity.IdentityPolicy;
import jp.sekisho.policies.identity.OneTimeCode;
import jp.sekisho.policies.identity.VerificationMethod;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.identity.PostalCode;
import jp.sekisho.storage.identity.PostalCodes;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * One-time codes that go to the registered address, non-forwarding: who types one in has opened the letter, or made it. What
 * one officer alone made identifies nobody.
 */
// FFAJ-1.1-S2
public final class IdentityCodes {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Compared where there is none, so that it takes as long. */
    private static final PostalCode NONE =
            new PostalCode("", "", "", Optional.empty(), 0, Instant.EPOCH, Instant.EPOCH, Optional.empty());

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private IdentityCodes(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    /** @throws IllegalStateException where the realm has no policy */
    public static IdentityCodes of(KeycloakSession session, RealmModel realm) {
        RealmPolicy policy = RealmPolicies.of(session, realm)
                .orElseThrow(() -> new IllegalStateException("realm " + realm.getName() + " has no policy"));
        return new IdentityCodes(session, realm, policy);
    }

    /** @param code told this once: nobody can read it again */
    public record Issued(OneTimeCode code, Instant expiresAt) {}

    /** How it ended. */
    public sealed interface Redemption {}

    /** The identity is verified, and recorded. */
    public record Redeemed(PostalCode letter) implements Redemption {}

    /** Nothing was used up. */
    public enum Refused implements Redemption {
        /** There is a code, and this is not it. */
        WRONG,
        /** There is none: never issued, too old, or used. */
        NONE
    }

    /**
     * A new code, in the request's transaction. The customer's code before it ends.
     *
     * @param officer user id of who asked for it
     * @param approver user id of another one, who approved it
     * @param now the database's clock
     */
    public Issued issue(String customer, String officer, Optional<String> approver, String reason, Instant now) {
        OneTimeCode code = OneTimeCode.make(RANDOM);
        String id = UUID.randomUUID().toString();
        Instant expiresAt = now.plus(terms().valid());
        PostalCode letter = new PostalCode(id, hash(id, code), officer, approver, 0, now, expiresAt, Optional.empty());
        new PostalCodes(em()).issue(realm.getId(), customer, letter);
        facts(em()).issued(customer, letter, reason);
        return new Issued(code, expiresAt);
    }

    /** The customer's code that could be typed in at an instant. */
    public Optional<PostalCode> live(String customer, Instant now) {
        return new PostalCodes(em()).of(customer).filter(letter -> letter.live(now));
    }

    /**
     * Tries a code of who is logged in. A wrong one is counted, and uses up nothing: who has a customer's password alone would
     * take his way back from him. All of it is committed on return, whatever becomes of the request: the count, and where the
     * code is right, its use and the record of the verification.
     *
     * @param customer pseudonym
     * @param typed as the customer typed it; what is no code at all is wrong, and not counted
     */
    public Redemption redeem(String customer, String typed) {
        Optional<OneTimeCode> code = OneTimeCode.typed(typed);
        if (code.isEmpty()) {
            return Refused.WRONG;
        }
        Optional<PostalCode> letter = live(customer, DatabaseClock.now(em()));
        if (letter.isEmpty()) {
            return Refused.NONE;
        }
        if (!matches(letter.get(), code.get())) {
            OwnTransaction.run(session, em -> {
                new PostalCodes(em).countWrong(letter.get().id());
                facts(em).wrong(customer, letter.get(), DatabaseClock.now(em));
            });
            return Refused.WRONG;
        }
        return used(customer, letter.get()) ? new Redeemed(letter.get()) : Refused.NONE;
    }

    /**
     * Tries a code where nobody is logged in. Wrong ones use up nothing and leave nothing behind: of 59 bits nobody guesses
     * one, but a stranger who knows a name would leave its customer without. What there is no code of takes as long.
     *
     * @param customer pseudonym, also of nobody
     * @param opens whether a right one is any good here, asked before it is used up
     * @return the one that was used up
     */
    public Optional<PostalCode> redeemWithoutLogin(String customer, String typed, Predicate<PostalCode> opens) {
        Optional<PostalCode> letter = live(customer, DatabaseClock.now(em()));
        return OneTimeCode.typed(typed)
                .filter(code -> matches(letter.orElse(NONE), code))
                .flatMap(code -> letter)
                .filter(opens)
                .filter(right -> used(customer, right));
    }

    private boolean used(String customer, PostalCode letter) {
        return OwnTransaction.call(session, em -> use(em, customer, letter));
    }

    private boolean use(EntityManager em, String customer, PostalCode letter) {
        Instant now = DatabaseClock.now(em);
        if (!new PostalCodes(em).use(letter.id(), now)) {
            return false;
        }
        facts(em).redeemed(customer, letter, now);
        IdentityRow row = new IdentityRow(
                UUID.randomUUID().toString(),
                VerificationMethod.POSTAL_CODE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(letter.officer()),
                Optional.empty(),
                Optional.empty(),
                now,
                now);
        IdentityRecords.record(em, realm.getId(), policy.version(), customer, row);
        return true;
    }

    private boolean matches(PostalCode letter, OneTimeCode code) {
        return MessageDigest.isEqual(
                letter.codeHash().getBytes(StandardCharsets.US_ASCII),
                hash(letter.id(), code).getBytes(StandardCharsets.US_ASCII));
    }

    private String hash(String id, OneTimeCode code) {
        return Customers.hashOfCode(session, realm, id + ' ' + code.text());
    }

    private IdentityPolicy.PostalCode terms() {
        return policy.profile().identity().postalCode();
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private IdentityFacts facts(EntityManager em) {
        return new IdentityFacts(em, realm.getId(), policy.version());
    }
}
