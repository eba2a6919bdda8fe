package jp.sekisho.checkpoint.lock;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.util.Map;
import jp.sekisho.checkpoint.alert.DeskAlerts;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.freeze.FreezePolicy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codes that anybody may type without a login, or with a password alone, and that were none. Nobody guesses 59 bits; that somebody tries is for the desk
 * to know. A right code is never refused for it: many customers share an address, and some have none.
 */
public final class WrongCodes {

    private static final Logger LOG = LoggerFactory.getLogger(WrongCodes.class);

    private static final String IN_ALL = "codes in all";

    /** What they should have been. */
    public enum Kind {
        /** Of a notice. */
        STOP_CODE("stop-code", Notice.STOP_CODES_TRIED),
        /** Of a letter. */
        LETTER("letter", Notice.LETTERS_TRIED);

        private final String word;
        private final Notice alert;

        Kind(String word, Notice alert) {
            this.word = word;
            this.alert = alert;
        }
    }

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final Kind kind;

    private WrongCodes(KeycloakSession session, RealmModel realm, RealmPolicy policy, Kind kind) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.kind = kind;
    }

    public static WrongCodes of(KeycloakSession session, RealmModel realm, RealmPolicy policy, Kind kind) {
        return new WrongCodes(session, realm, policy, kind);
    }

    /** Counts one more, and raises an alarm where it makes them many. */
    public void count(Field<ClientAddress> address) {
        Metrics.globalRegistry
                .counter("sekisho." + kind.word + "s.wrong", "realm", realm.getName())
                .increment();
        FreezePolicy numbers = policy.profile().freeze();
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
        // A source is a stranger's to choose: however many there are, one notice tells of them in its window.
        DeskAlerts.of(session, realm, policy)
                .raise(kind.alert, DatabaseClock.now(em), of, Map.of("of", of, "tried", tried));
    }
}
