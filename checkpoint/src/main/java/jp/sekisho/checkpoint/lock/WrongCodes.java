package jp.sekisho.checkpoint.lock;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.freeze.FreezePolicy;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codes that anybody may type without a login, and that were none. Nobody guesses 59 bits; that somebody tries is for the desk
 * to know. A right code is never refused for it: many customers share an address, and some have none.
 */
public final class WrongCodes {

    private static final Logger LOG = LoggerFactory.getLogger(WrongCodes.class);

    private static final String IN_ALL = "codes in all";

    /** What they should have been. */
    public enum Kind {
        /** Of a notice. */
        STOP_CODE("stop-code"),
        /** Of a letter. */
        LETTER("letter");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private final KeycloakSession session;
    private final RealmModel realm;
    private final FreezePolicy numbers;
    private final Kind kind;

    private WrongCodes(KeycloakSession session, RealmModel realm, FreezePolicy numbers, Kind kind) {
        this.session = session;
        this.realm = realm;
        this.numbers = numbers;
        this.kind = kind;
    }

    public static WrongCodes of(KeycloakSession session, RealmModel realm, RealmPolicy policy, Kind kind) {
        return new WrongCodes(session, realm, policy.profile().freeze(), kind);
    }

    /** Counts one more, and raises an alarm where it makes them many. */
    public void count(Field<ClientAddress> address) {
        Metrics.globalRegistry
                .counter("sekisho." + kind.word + "s.wrong", "realm", realm.getName())
                .increment();
        Tries tries = Tries.of(session, realm, kind.word, numbers.stopWindow());
        String source = address.present().map(ClientAddress::source).orElse(Tries.NOWHERE);
        if (tries.count(source) == numbers.stopTries()) {
            alarm("source", numbers.stopTries());
        }
        if (tries.count(IN_ALL) == numbers.stopTriesInAll()) {
            alarm("realm", numbers.stopTriesInAll());
        }
    }

    private void alarm(String of, int tried) {
        LOG.error("realm {}: {} wrong codes of one {}, of kind {}", realm.getName(), tried, of, kind.word);
        Metrics.globalRegistry
                .counter("sekisho." + kind.word + "s.alarm", "realm", realm.getName(), "of", of)
                .increment();
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        new EvidenceLog(em)
                .append(Facts.codesTried(realm.getId(), kind.word + "s-tried", of, tried, DatabaseClock.now(em)));
    }
}
