package jp.sekisho.checkpoint.decision;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logins of the evidence log, for those who learn from them. */
public final class Logins {

    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    private final EvidenceLog log;

    public Logins(EntityManager em) {
        this.log = new EvidenceLog(em);
    }

    /**
     * A login that ended well.
     *
     * @param position of the row that says so
     * @param decisionId what later facts name
     * @param customer pseudonym
     * @param login as it was judged, with the factors that were shown in the end, and whether it is disowned by now;
     *     empty where the record is gone or cannot be read
     */
    public record Admitted(Position position, String decisionId, String customer, Optional<Learning.Login> login) {}

    /** After a position and before an instant, oldest first. Three statements. */
    public List<Admitted> admittedAfter(String realmId, Position position, Instant until, int limit) {
        return admitted(log.admittedAfter(realmId, Operation.LOGIN.name(), position, until, limit));
    }

    /** The login that a decision ended in. */
    public Optional<Admitted> admittedBy(String decisionId) {
        List<EvidenceRow> rows = log.factsOf(decisionId).stream()
                .filter(fact -> fact.kind() == Kind.RESULT && admitted(fact))
                .toList();
        List<EvidenceRow> ended = rows.isEmpty()
                ? log.withIds(List.of(decisionId)).stream()
                        .filter(Logins::admitted)
                        .toList()
                : rows;
        return admitted(ended.stream().filter(Logins::login).toList()).stream().findFirst();
    }

    private List<Admitted> admitted(List<EvidenceRow> ended) {
        List<String> ids = ended.stream().map(Logins::decisionId).toList();
        Set<String> disowned = log.decisionsWith(Kind.DISOWNED, ids);
        Map<String, EvidenceRow> decisions = new HashMap<>();
        ended.stream().filter(row -> row.kind() == Kind.DECISION).forEach(row -> decisions.put(row.id(), row));
        log.withIds(ids.stream().filter(id -> !decisions.containsKey(id)).toList())
                .forEach(row -> decisions.put(row.id(), row));
        return ended.stream()
                .map(row -> {
                    String decisionId = decisionId(row);
                    return new Admitted(
                            new Position(row.at(), row.id()),
                            decisionId,
                            row.index().customer().orElseThrow(),
                            login(Optional.ofNullable(decisions.get(decisionId)), row, disowned.contains(decisionId)));
                })
                .toList();
    }

    private static Optional<Learning.Login> login(Optional<EvidenceRow> decision, EvidenceRow ended, boolean disowned) {
        try {
            return decision.map(row -> EvidenceJson.login(row.content(), EvidenceJson.factors(ended.content())))
                    .map(login -> new Learning.Login(
                            login.evidence(), login.level(), login.factors(), login.monitored(), disowned));
        } catch (RuntimeException unreadable) {
            LOG.error("evidence {}: cannot be learned from", ended.id(), unreadable);
            return Optional.empty();
        }
    }

    /** What an app asked about taught nothing. */
    private static boolean login(EvidenceRow row) {
        return row.index().operation().filter(Operation.LOGIN.name()::equals).isPresent();
    }

    private static boolean admitted(EvidenceRow row) {
        return row.index().result().filter(Result.ADMITTED.name()::equals).isPresent();
    }

    private static String decisionId(EvidenceRow row) {
        return row.decisionId().orElse(row.id());
    }
}
