package jp.sekisho.storage.schema;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.jdbc.ReturningWork;

/**
 * The statements that every login sends, as SQL of their own on the transaction's connection. Hibernate translates an HQL
 * update anew each time it is executed, and looks through all entities of the request before it: for these few statements
 * that costs more than the database's answer.
 *
 * <p>They do not see what waits in the persistence context: who changes the same tables by entity flushes it himself. Tables
 * are written as {@code {h-schema}TABLE}, as in Hibernate's native queries.
 */
public final class Statements {

    private static final String SCHEMA = "{h-schema}";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String CHANGES = "A statement that changes rows needs a transaction";

    /**
     * What several statements, or parts of one, are together: some thousand characters, by all of which a driver looks for what it
     * prepared. For a fixed set of statements only.
     */
    private static final Map<Parts, String> WHOLE = new ConcurrentHashMap<>();

    private record Parts(String schema, List<String> parts) {}

    private final SharedSessionContractImplementor session;

    private Statements(SharedSessionContractImplementor session) {
        this.session = session;
    }

    public static Statements of(EntityManager em) {
        return new Statements(em.unwrap(SharedSessionContractImplementor.class));
    }

    /** Binds the values of a statement, in their order. */
    @FunctionalInterface
    public interface Binding {
        void bind(Values values) throws SQLException;
    }

    /** Reads one row; the rows are gone when it returns. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(Row row) throws SQLException;
    }

    /**
     * @return how many rows were changed
     * @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost
     */
    public int update(String sql, Binding binding) {
        return execute(connection -> update(connection, qualified(sql), binding));
    }

    /**
     * The same statement with values after values, in one trip to the database.
     *
     * @return how many rows each changed
     * @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost
     */
    public int[] updateEach(String sql, List<Binding> bindings) {
        return execute(connection -> {
            session.checkTransactionNeededForUpdateOperation(CHANGES);
            try (PreparedStatement statement = connection.prepareStatement(qualified(sql))) {
                for (Binding binding : bindings) {
                    binding.bind(new Values(statement));
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /**
     * Something to change.
     *
     * @param sql one statement, without a semicolon
     */
    public record Change(String sql, Binding binding) {}

    /**
     * Several changes, in one trip where the database takes several at once.
     *
     * @return how many rows each changed
     * @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost
     */
    public List<Integer> update(List<Change> changes) {
        if (changes.size() < 2 || !onPostgres()) {
            return changes.stream()
                    .map(change -> update(change.sql(), change.binding()))
                    .toList();
        }
        String sql = changes.stream().map(Change::sql).collect(Collectors.joining(";"));
        return execute(connection -> {
            session.checkTransactionNeededForUpdateOperation(CHANGES);
            try (PreparedStatement statement = connection.prepareStatement(qualified(sql))) {
                Values values = new Values(statement);
                for (Change change : changes) {
                    change.binding().bind(values);
                }
                statement.execute();
                List<Integer> rows = new ArrayList<>();
                for (int i = 0; i < changes.size(); i++) {
                    rows.add(statement.getUpdateCount());
                    statement.getMoreResults();
                }
                return rows;
            }
        });
    }

    /**
     * Inserts a row unless a unique index holds one like it.
     *
     * @param sql an insert with values
     * @return whether it was inserted
     * @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost
     */
    public boolean insertUnlessThere(String sql, Binding binding) {
        if (onPostgres()) {
            return update(sql + " on conflict do nothing", binding) == 1;
        }
        return execute(connection -> {
            try {
                return update(connection, qualified(sql), binding) == 1;
            } catch (SQLException refused) {
                // On H2 a refused insert leaves the transaction as it was; on PostgreSQL it would be lost.
                if (UNIQUE_VIOLATION.equals(refused.getSQLState())) {
                    return false;
                }
                throw refused;
            }
        });
    }

    /**
     * A row to insert.
     *
     * @param into the table and its columns, in brackets
     * @param row a parameter for each column, with commas between
     */
    public record Insert(String into, String row, Binding binding) {

        String sql() {
            return "insert into " + into + " values (" + row + ')';
        }

        public Change change() {
            return new Change(sql(), binding);
        }
    }

    /**
     * Inserts a row unless a unique index holds one like it, and with it another one that is nothing without it; in one
     * statement, where the database takes both at once.
     *
     * @param key the columns of that index: no other one is then looked at twice
     * @return whether they were inserted
     * @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost
     */
    public boolean insertUnlessThere(Insert row, String key, Insert with) {
        if (!onPostgres()) {
            return insertUnlessThere(row.sql(), row.binding()) && update(with.sql(), with.binding()) == 1;
        }
        String sql = whole(List.of(
                "with added as (insert into ",
                row.into(),
                " values (",
                row.row(),
                ") on conflict (",
                key,
                ") do nothing returning 1) insert into ",
                with.into(),
                " select ",
                with.row(),
                " from added"));
        return execute(connection -> update(connection, sql, values -> {
                    row.binding().bind(values);
                    with.binding().bind(values);
                }))
                == 1;
    }

    /**
     * Something to ask for.
     *
     * @param sql one select in parts, without a semicolon; of a fixed set, whatever the values are
     */
    public record Question<T>(List<String> sql, Binding binding, Reading<T> reading) {

        public Question(String sql, Binding binding, Reading<T> reading) {
            this(List.of(sql), binding, reading);
        }
    }

    /** A question, and the rows that answer it once it was asked. */
    public static final class Answer<T> {

        private final Question<T> question;
        private List<T> rows = List.of();

        private Answer(Question<T> question) {
            this.question = question;
        }

        public static <T> Answer<T> to(Question<T> question) {
            return new Answer<>(question);
        }

        public List<T> rows() {
            return rows;
        }

        private void by(Statements statements) {
            rows = statements.select(question);
        }

        private void read(ResultSet answer) throws SQLException {
            rows = Statements.read(answer, question);
        }
    }

    /** @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost */
    public <T> List<T> select(String sql, Binding binding, Reading<T> reading) {
        return select(new Question<>(sql, binding, reading));
    }

    /** @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost */
    public <T> List<T> select(Question<T> question) {
        return execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(whole(question.sql()))) {
                question.binding().bind(new Values(statement));
                try (ResultSet rows = statement.executeQuery()) {
                    return read(rows, question);
                }
            }
        });
    }

    /**
     * The rows one after the other, of which never more than so many are held.
     *
     * @param fetch rows of one trip; PostgreSQL sends all at once outside a transaction
     * @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost
     */
    public <T> void each(Question<T> question, int fetch, Consumer<T> each) {
        execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(whole(question.sql()))) {
                statement.setFetchSize(fetch);
                question.binding().bind(new Values(statement));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        each.accept(question.reading().read(new Row(rows)));
                    }
                }
                return null;
            }
        });
    }

    /**
     * Asks several questions in one trip, where the database answers several at once.
     *
     * @throws jakarta.persistence.PersistenceException as Hibernate's own statements do; the transaction is then lost
     */
    public void ask(List<Answer<?>> answers) {
        if (!onPostgres()) {
            answers.forEach(answer -> answer.by(this));
            return;
        }
        String sql = whole(answers.stream()
                .flatMap(answer -> Stream.concat(answer.question.sql().stream(), Stream.of(";")))
                .toList());
        execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Values values = new Values(statement);
                for (Answer<?> answer : answers) {
                    answer.question.binding().bind(values);
                }
                statement.execute();
                for (Answer<?> answer : answers) {
                    try (ResultSet rows = statement.getResultSet()) {
                        answer.read(rows);
                    }
                    statement.getMoreResults();
                }
                return null;
            }
        });
    }

    private static <T> List<T> read(ResultSet rows, Question<T> question) throws SQLException {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
            read.add(question.reading().read(new Row(rows)));
        }
        return read;
    }

    private boolean onPostgres() {
        return session.getJdbcServices().getDialect() instanceof PostgreSQLDialect;
    }

    /** @param sql with the schema */
    private int update(Connection connection, String sql, Binding binding) throws SQLException {
        session.checkTransactionNeededForUpdateOperation(CHANGES);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(new Values(statement));
            return statement.executeUpdate();
        }
    }

    /** A failure is JPA's, and marks the transaction as JPA has it: nobody commits what is half written. */
    private <T> T execute(ReturningWork<T> work) {
        try {
            // As before each query: joins the server's transaction where it has begun since.
            session.getTransactionCoordinator().pulse();
            return session.doReturningWork(work);
        } catch (HibernateException broken) {
            throw session.getExceptionConverter().convert(broken);
        }
    }

    private String whole(List<String> parts) {
        return WHOLE.computeIfAbsent(
                new Parts(schema(), parts),
                text -> String.join("", text.parts()).replace(SCHEMA, text.schema()));
    }

    private String qualified(String sql) {
        return sql.replace(SCHEMA, schema());
    }

    private String schema() {
        var names = session.getFactory().getSqlStringGenerationContext();
        return names.getDefaultSchema() == null ? "" : names.getDefaultSchema().render(names.getDialect()) + '.';
    }
}
