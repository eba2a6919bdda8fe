package jp.sekisho.storage.signal;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Binding;
import jp.sekisho.storage.schema.Values;

/** What nodes heard of sessions. Each writes rows of its own, many at once, so that no request waits for it. */
// FFAJ-3-B
public final class SignalParts {

    private static final String REPLACE = """
            update {h-schema}SEKISHO_SIGNAL set
            VISITED = ?, EVENTS = ?, SKIPPED = ?, HURRIED = ?, SCRIPTED = ?, FINDINGS = ?, DROPPED = ? where ID = ?""";

    private static final String ADD = """
            insert into {h-schema}SEKISHO_SIGNAL
            (VISITED, EVENTS, SKIPPED, HURRIED, SCRIPTED, FINDINGS, DROPPED, ID, REALM_ID, SESSION_ID, CREATED_AT)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final List<String> FIELDS =
            List.of("VISITED", "EVENTS", "SKIPPED", "HURRIED", "SCRIPTED", "FINDINGS", "DROPPED");

    private static final String OF = "select " + String.join(", ", FIELDS)
            + ", ID, REALM_ID, SESSION_ID from {h-schema}SEKISHO_SIGNAL where SESSION_ID = ?";

    private static final String LINE = "\n";

    /**
     * To be selected: all parts of a session but one, in one text with a line for each field, which {@link #readOthers} reads. Each
     * aggregate costs the database something even where it finds nothing.
     */
    public static final String OTHERS = FIELDS.stream()
            .collect(Collectors.joining(
                    " || '" + LINE + "' || ",
                    "(select string_agg(",
                    ", '" + LINE + "') from {h-schema}SEKISHO_SIGNAL where SESSION_ID = ? and ID <> ?)"));

    private final EntityManager em;

    public SignalParts(EntityManager em) {
        this.em = em;
    }

    /** Each as it is now, whether or not it was written before. */
    public void write(List<SignalPart> parts, Instant now) {
        int[] replaced = Statements.of(em)
                .updateEach(
                        REPLACE,
                        parts.stream()
                                .<Binding>map(part ->
                                        values -> heard(values, part.heard()).text(part.id()))
                                .toList());
        List<Binding> fresh = new ArrayList<>();
        for (int i = 0; i < replaced.length; i++) {
            if (replaced[i] == 0) {
                SignalPart part = parts.get(i);
                fresh.add(values -> heard(values, part.heard())
                        .text(part.id())
                        .text(part.realmId())
                        .text(part.sessionId())
                        .instant(now));
            }
        }
        if (!fresh.isEmpty()) {
            Statements.of(em).updateEach(ADD, fresh);
        }
    }

    private static Values heard(Values values, SessionSignals heard) throws SQLException {
        return values.text(String.join(" ", heard.visited()))
                .number(heard.events())
                .number(heard.skipped())
                .number(heard.hurried())
                .number(heard.scripted())
                .text(heard.findings().stream().map(Finding.Kind::name).collect(Collectors.joining(" ")))
                .number(heard.dropped());
    }

    /** What all nodes wrote of a session. One statement. */
    public List<SignalPart> of(String sessionId) {
        return Statements.of(em).select(OF, values -> values.text(sessionId), SignalParts::read);
    }

    private static SignalPart read(Row row) throws SQLException {
        SessionSignals heard =
                heard(List.of(row.text(), row.text(), row.text(), row.text(), row.text(), row.text(), row.text()));
        return new SignalPart(row.text(), row.text(), row.text(), heard);
    }

    /** Of a row that goes on with {@link #OTHERS}. */
    public static SessionSignals readOthers(Row row) throws SQLException {
        String text = row.text();
        SessionSignals sum = SessionSignals.NONE;
        if (text != null) {
            List<String> lines = List.of(text.split(LINE, -1));
            for (int part = 0; part < lines.size(); part += FIELDS.size()) {
                sum = sum.and(heard(lines.subList(part, part + FIELDS.size())));
            }
        }
        return sum;
    }

    /** @param fields in the order of {@link #FIELDS} */
    private static SessionSignals heard(List<String> fields) {
        return new SessionSignals(
                words(fields.get(0)).collect(Collectors.toSet()),
                Integer.parseInt(fields.get(1)),
                Integer.parseInt(fields.get(2)),
                Integer.parseInt(fields.get(3)),
                Integer.parseInt(fields.get(4)),
                findings(fields.get(5)),
                Integer.parseInt(fields.get(6)));
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty());
    }

    /** Without those that only a later version knows, of a node that was updated before this one. */
    private static Set<Finding.Kind> findings(String text) {
        Set<String> words = words(text).collect(Collectors.toSet());
        return Stream.of(Finding.Kind.values())
                .filter(kind -> words.contains(kind.name()))
                .collect(Collectors.toSet());
    }

    public Optional<Deleted> deleteOld(String realmId, Instant before, int limit) {
        return new Expiry("SignalEntity", "id", "createdAt").delete(em, realmId, before, limit);
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from SignalEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
