package jp.sekisho.storage.schema;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import jp.sekisho.storage.entities.SekishoJpa;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** An H2 database of its own with our tables from the change log, and Hibernate on it: no Keycloak. */
public final class Database implements AutoCloseable {

    private final SessionFactory factory;

    public Database() {
        this(Optional.empty());
    }

    /**
     * The entities are compared with the tables: what does not fit fails here.
     *
     * @param schema where the tables are, as Keycloak's {@code db-schema} has it
     */
    public static Database in(String schema) {
        return new Database(Optional.of(schema));
    }

    private Database(Optional<String> schema) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;NON_KEYWORDS=VALUE";
        migrate(url, schema);
        Configuration configuration = new Configuration()
                .setProperty("hibernate.connection.url", url)
                .setProperty("hibernate.connection.username", "sa")
                .setProperty("hibernate.connection.password", "")
                .setProperty("hibernate.connection.pool_size", "80")
                .setProperty("hibernate.hbm2ddl.auto", "validate");
        schema.ifPresent(name -> configuration.setProperty("hibernate.default_schema", name));
        new SekishoJpa().getEntities().forEach(configuration::addAnnotatedClass);
        factory = configuration.buildSessionFactory();
    }

    public <T> T call(Function<EntityManager, T> work) {
        return factory.fromTransaction(work::apply);
    }

    public void run(Consumer<EntityManager> work) {
        factory.inTransaction(work::accept);
    }

    /** Rolled back where the work says false. */
    public boolean attempt(Function<EntityManager, Boolean> work) {
        return factory.fromSession(session -> {
            var transaction = session.beginTransaction();
            boolean done = work.apply(session);
            if (done) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return done;
        });
    }

    /**
     * Begins the work while another transaction has its own, and lets that one end once the work waits for it.
     *
     * @param ahead what the transaction that comes first writes
     * @return what the work returned, after both were committed
     */
    public <T> T behind(Consumer<EntityManager> ahead, Function<EntityManager, T> work) {
        FutureTask<T> later = new FutureTask<>(() -> call(work));
        Thread thread = new Thread(later);
        run(em -> {
            ahead.accept(em);
            em.flush();
            thread.start();
            while (thread.isAlive() && !somebodyIsHeldUp()) {
                Thread.onSpinWait();
            }
        });
        try {
            return later.get();
        } catch (InterruptedException | ExecutionException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** A row that another one changed has a blocker; for the end of an insert like its own H2 tries again and again. */
    private boolean somebodyIsHeldUp() {
        return call(em -> (Number) em.createNativeQuery("""
                                select count(*) from information_schema.sessions
                                where blocker_id is not null or lower(executing_statement) like 'insert%'""").getSingleResult()).longValue() > 0;
    }

    /** How many statements the work sends, whoever sends them. */
    public long statements(Consumer<EntityManager> work) {
        List.of(false, true)
                .forEach(on -> run(
                        em -> em.createNativeQuery("set query_statistics " + on).executeUpdate()));
        run(work);
        return call(em -> (Number) em.createNativeQuery("""
                                select coalesce(sum(execution_count), 0) from information_schema.query_statistics
                                where regexp_like(sql_statement, '^[\\s(]*(select|insert|update|delete|merge)', 'i')""").getSingleResult()).longValue();
    }

    private static void migrate(String url, Optional<String> schema) {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.createStatement()) {
            var database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            if (schema.isPresent()) {
                statement.execute("create schema " + schema.get());
                database.setDefaultSchemaName(schema.get());
            }
            new Liquibase(new SekishoJpa().getChangelogLocation(), new ClassLoaderResourceAccessor(), database)
                    .update(new Contexts(), new LabelExpression());
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
