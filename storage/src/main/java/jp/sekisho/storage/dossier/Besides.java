package jp.sekisho.storage.dossier;

import java.util.List;
import jp.sekisho.storage.schema.Statements.Binding;
import jp.sekisho.storage.schema.Statements.Question;
import jp.sekisho.storage.schema.Statements.Reading;

/**
 * What is read in the dossier's statement besides it: each statement costs the database more than some columns do.
 *
 * @param columns each after a comma
 * @param tables each with its join, of which no row of the dossier becomes two
 * @param ofColumns the values of the columns
 * @param ofTables the values of the tables
 * @param reading of a row that goes on with the columns
 */
public record Besides<T>(String columns, String tables, Binding ofColumns, Binding ofTables, Reading<T> reading) {

    static final Besides<String> NOTHING = new Besides<>("", "", values -> {}, values -> {}, row -> "");

    /** The same where the dossier was read before. */
    public Question<T> alone() {
        return new Question<>(
                List.of("select N", columns, " from (select 1 as N) k", tables),
                values -> {
                    ofColumns.bind(values);
                    ofTables.bind(values);
                },
                row -> {
                    row.integer();
                    return reading.read(row);
                });
    }
}
