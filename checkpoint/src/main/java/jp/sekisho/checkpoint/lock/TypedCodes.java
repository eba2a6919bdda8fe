package jp.sekisho.checkpoint.lock;

import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jp.sekisho.checkpoint.alert.DeskAlerts;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.freeze.FreezePolicy;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codes that anybody may type without a login, or with a password alone. Nobody guesses 59 bits; that somebody tries is for the desk to
 * know, and from then on his address waits after each. Wrong ones use up nothing: who has a right code behind the same address types it
 * again after the wait, or telephones.
 */
// FFAJ-1.1-S2, JP25-9
public final class TypedCodes {

    private static final Logger LOG = LoggerFactory.getLogger(TypedCodes.class);

    private static final String IN_ALL = "codes in all";
    private static final String NOWHERE = "codes of no address";

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

    private TypedCodes(KeycloakSession session, RealmModel realm, RealmPolicy policy, Kind kind) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.kind = kind;
    }

    public static TypedCodes of(KeycloakSession session, RealmModel realm, RealmPolicy policy, Kind kind) {
        return new TypedCodes(session, realm, policy, kind);
    }

    /** One code that may be looked at. It is counted as wrong: say so, or that it was right. */
    public final class Typed {

        private final List<Counted> counted;

        private Typed(List<Counted> counted) {
            this.counted = counted;
        }

        public void right() {
            counted.forEach(one -> one.tries().right(one.source()));
        }

        /** Raises an alarm where it makes them many; committed on return, as the count is. */
        public void wrong() {
            TypedCodes.this.count("wrong");
            if (counted.stream().anyMatch(one -> one.number() == numbers().stopTries())) {
                alarm("source", numbers().stopTries());
            }
            OptionalInt inAll = tries(IN_ALL).count(IN_ALL);
            if (inAll.equals(OptionalInt.of(numbers().stopTriesInAll()))) {
                alarm("realm", numbers().stopTriesInAll());
            }
        }
    }

    private record Counted(Tries tries, String source, int number) {}

    /**
     * Where nobody is known who types it.
     *
     * @return empty where it must not be looked at now, whatever it is
     */
    public Optional<Typed> begin(Field<ClientAddress> address) {
        return begin(List.of(source(address)));
    }

    /**
     * The same for somebody's code, without a login: on a device of his he waits for no stranger.
     *
     * @param customer pseudonym, also of nobody
     */
    public Optional<Typed> begin(Field<ClientAddress> address, String customer) {
        return begin(List.of(device(customer).orElseGet(() -> source(address))));
    }

    /** The same for who has logged in as him: with the password alone, from whatever addresses, he waits like from one. */
    public Optional<Typed> beginLoggedIn(Field<ClientAddress> address, String customer) {
        return begin(device(customer).map(List::of).orElseGet(() -> List.of(source(address), "customer " + customer)));
    }

    private Optional<Typed> begin(List<String> sources) {
        List<Counted> counted = new ArrayList<>();
        for (String source : sources) {
            Tries tries = tries(source);
            OptionalInt number = tries.count(source);
            if (number.isEmpty()) {
                count("waited");
                return Optional.empty();
            }
            counted.add(new Counted(tries, source, number.getAsInt()));
        }
        return Optional.of(new Typed(counted));
    }

    private Optional<String> device(String customer) {
        return DeviceTokens.of(session, realm, policy)
                .presented(customer)
                .knownDevice()
                .map(device -> "device " + device);
    }

    private static String source(Field<ClientAddress> address) {
        return address.present().map(ClientAddress::source).orElse(NOWHERE);
    }

    /** Who has no address shares that with everybody else who has none: he is counted, and never waits. */
    private Tries tries(String source) {
        boolean ofMany = source.equals(IN_ALL) || source.equals(NOWHERE);
        return new Tries(
                session,
                realm,
                kind.word,
                ofMany ? numbers().countOnly() : numbers().tries());
    }

    private void count(String what) {
        Metrics.globalRegistry
                .counter("sekisho." + kind.word + "s." + what, "realm", realm.getName())
                .increment();
    }

    private FreezePolicy numbers() {
        return policy.profile().freeze();
    }

    private void alarm(String of, int tried) {
        LOG.error("realm {}: {} wrong codes of one {}, of kind {}", realm.getName(), tried, of, kind.word);
        Metrics.globalRegistry
                .counter("sekisho." + kind.word + "s.alarm", "realm", realm.getName(), "of", of)
                .increment();
        // A source is a stranger's to choose: however many there are, one notice tells of them in its window.
        DeskAlerts.raiseNow(session, realm, policy, kind.alert, of, Map.of("of", of, "tried", tried));
    }
}
