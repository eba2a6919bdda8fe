package jp.sekisho.checkpoint.lock;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.geo.GeoProvider;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.source.SourcePolicy;
import jp.sekisho.policies.source.SourcePolicy.Standing;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.dossier.Dossier;
import jp.sekisho.storage.dossier.Dossiers;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceLog.SourceTally;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a source does over all customers. Ask for unknown devices only: known devices and passkeys always pass, and then no
 * statement is spent.
 */
// JP25-10
public final class SourceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final Counter.Key REFUSAL = new Counter.Key("source", Counter.Key.UNKNOWN_DEVICES);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SourcePolicy policy;

    private SourceWatch(KeycloakSession session, RealmModel realm, SourcePolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static SourceWatch of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new SourceWatch(session, realm, policy.profile().source());
    }

    /**
     * @param standing HOSTILE: passwords of unknown devices are refused there; SUSPECT: unknown devices need a second factor
     * @param tried distinct customers, or names, tried in the window
     * @param failed of them, those with a failure and no success
     */
    public record Sight(Standing standing, long tried, long failed) {}

    /**
     * Two statements, once a request; a source that turns hostile is refused from here on. An absent address is not watched.
     *
     * @param network shared networks have limits of their own
     */
    public Sight look(Field<ClientAddress> address, Field<Network> network) {
        Network.Kind kind = network.present().map(Network::kind).orElse(Network.Kind.ORDINARY);
        return address.present()
                .map(present -> look(present.source(), kind))
                .orElseGet(() -> new Sight(Standing.ORDINARY, 0, 0));
    }

    /** The same where nobody looked yet whose network it is. */
    Sight look(Field<ClientAddress> address) {
        return look(
                address, session.getProvider(GeoProvider.class).look(address).network());
    }

    private Sight look(String source, Network.Kind kind) {
        String attribute = Sight.class.getName() + ':' + realm.getId() + ':' + source;
        Sight known = session.getAttribute(attribute, Sight.class);
        if (known != null) {
            return known;
        }
        Sight sight = judge(source, kind);
        session.setAttribute(attribute, sight);
        return sight;
    }

    private Sight judge(String source, Network.Kind kind) {
        String pseudonym = Customers.pseudonymOfSource(session, realm, source);
        return OwnTransaction.call(session, em -> {
            Dossier dossier = new Dossiers(em).find(realm.getId(), pseudonym, Optional.empty());
            Instant now = dossier.now();
            Optional<Counter> refusal = dossier.counters().stream()
                    .filter(counter -> counter.key().equals(REFUSAL))
                    .findFirst();
            SourceTally tally = new EvidenceLog(em).tally(realm.getId(), source, now.minus(policy.window()));
            if (refusal.flatMap(Counter::blockedUntil).filter(now::isBefore).isPresent()) {
                return new Sight(Standing.HOSTILE, tally.tried(), tally.failed());
            }
            Standing standing = policy.judge(kind, tally.tried(), tally.failed());
            if (standing == Standing.HOSTILE) {
                LOG.warn(
                        "realm {}: {} of {} customers failed from one source; passwords of unknown devices are refused there for {}",
                        realm.getName(),
                        tally.failed(),
                        tally.tried(),
                        policy.refusal());
                // Where another request wrote it first, its row says the same.
                new Counters(em).replace(realm.getId(), pseudonym, List.of(refused(refusal, now)), now);
            }
            return new Sight(standing, tally.tried(), tally.failed());
        });
    }

    private Counter refused(Optional<Counter> before, Instant now) {
        return new Counter(
                REFUSAL,
                0,
                now,
                0,
                Optional.of(now.plus(policy.refusal())),
                Optional.empty(),
                before.map(Counter::version).orElse(0L));
    }
}
