package jp.sekisho.storage.secrecy;

import jakarta.persistence.EntityManager;
import java.util.List;
import jp.sekisho.storage.schema.Statements;

/**
 * Sealed values as rotation sees them. Each begins with the id of its key and a colon.
 *
 * <p>Which rows are left is found by reading the table: rotations are rare, and an index would be paid for at each insert.
 */
// FFAJ-2.2-S1
public final class SealedValues {

    private final EntityManager em;
    private final String realmId;

    /** Those of a realm. */
    public SealedValues(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /** @param row its primary key */
    public record Sealed(String row, String text) {}

    /** Values that are under another key, by row, after a row: a batch of those that rotation has to do. */
    public List<Sealed> notUnder(SealedColumn column, String key, String afterRow, int limit) {
        return Statements.of(em)
                .select(
                        "select " + column.id() + ", " + column.column() + from(column) + " and " + column.id()
                                + " > ? order by " + column.id() + " fetch first " + limit + " rows only",
                        values -> values.text(realmId).text(prefix(key)).text(afterRow),
                        row -> new Sealed(row.text(), row.text()));
    }

    public long countNotUnder(SealedColumn column, String key) {
        return Statements.of(em)
                .select(
                        "select count(*)" + from(column),
                        values -> values.text(realmId).text(prefix(key)),
                        row -> row.number())
                .get(0);
    }

    /** @return false where the value was changed meanwhile, or is gone */
    public boolean replace(SealedColumn column, Sealed before, String after) {
        return Statements.of(em)
                        .update(
                                "update {h-schema}" + column.table() + " set " + column.column() + " = ? where "
                                        + column.id() + " = ? and " + column.column() + " = ?",
                                values -> values.text(after).text(before.row()).text(before.text()))
                == 1;
    }

    private static String from(SealedColumn column) {
        return " from {h-schema}" + column.table() + " where REALM_ID = ? and " + column.column() + " is not null and "
                + column.column() + " not like ?";
    }

    private static String prefix(String key) {
        return key + ":%";
    }
}
