package jp.sekisho.storage.baseline;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.policies.risk.Dimension;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.Population;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Binding;
import jp.sekisho.storage.schema.Statements.Question;
import jp.sekisho.storage.schema.Values;

/** What is usual: of each customer, and of the realm as a whole. Only the learning worker writes. */
public final class Baselines {

    private static final String OF = """
            select DIMENSION, STATISTIC_KEY, WEIGHT, SINCE_AT, UPDATED_AT from {h-schema}SEKISHO_STATISTIC
            where CUSTOMER = ?""";

    /** In place: as long as a customer logs in from the same place, no index changes. */
    private static final String MOVE_LAST = """
            update {h-schema}SEKISHO_STATISTIC set STATISTIC_KEY = ?, WEIGHT = ?, SINCE_AT = ?, UPDATED_AT = ?
            where CUSTOMER = ? and DIMENSION = ? and UPDATED_AT <= ?""";

    private static final String HAS_LAST = """
            select 1 from {h-schema}SEKISHO_STATISTIC where CUSTOMER = ? and DIMENSION = ?""";

    private static final String INSERT = """
            insert into {h-schema}SEKISHO_STATISTIC
            (REALM_ID, STATISTIC_KEY, WEIGHT, SINCE_AT, UPDATED_AT, CUSTOMER, DIMENSION) values (?, ?, ?, ?, ?, ?, ?)""";

    private final EntityManager em;

    public Baselines(EntityManager em) {
        this.em = em;
    }

    /** All that is known of one customer, at most as many rows as the dimensions allow. One indexed statement. */
    public List<Statistic> of(String customer) {
        return Statements.of(em).select(usualOf(customer));
    }

    /** The same, to be asked along with something else. */
    public static Question<Statistic> usualOf(String customer) {
        return new Question<>(
                OF,
                values -> values.text(customer),
                row -> new Statistic(
                        Dimension.valueOf(row.text()), row.text(), row.real(), row.instant(), row.instant()));
    }

    /**
     * The same of many customers for who goes on to {@link #apply} changes, by customer; those of whom nothing is known are
     * absent. Sees changes that wait, and what is read here is not read again by them. One indexed statement.
     */
    public Map<String, List<Statistic>> ofLearner(Collection<String> customers) {
        return customers.isEmpty()
                ? Map.of()
                : em.createQuery("from StatisticEntity where customer in (:customers)", StatisticEntity.class)
                        .setParameter("customers", customers)
                        .getResultStream()
                        .collect(Collectors.groupingBy(
                                entity -> entity.customer,
                                Collectors.mapping(Baselines::toStatistic, Collectors.toList())));
    }

    private static Statistic toStatistic(StatisticEntity entity) {
        return new Statistic(
                Dimension.valueOf(entity.dimension), entity.key, entity.weight, entity.since, entity.updatedAt);
    }

    /**
     * Remembers where customers were last, in the place of what stands there; where that is newer, it stays. Nothing of a
     * customer is read for it but where he has no such row yet.
     */
    public void rememberLast(String realmId, Map<String, Statistic> lasts) {
        // What was forgotten in this transaction, by entity, is forgotten first.
        em.flush();
        Statements statements = Statements.of(em);
        List<Map.Entry<String, Statistic>> all = List.copyOf(lasts.entrySet());
        int[] moved = statements.updateEach(
                MOVE_LAST,
                all.stream()
                        .map(one -> (Binding) values -> last(values, one.getKey(), one.getValue())
                                .instant(one.getValue().updatedAt()))
                        .toList());
        for (int i = 0; i < moved.length; i++) {
            String customer = all.get(i).getKey();
            Statistic last = all.get(i).getValue();
            if (moved[i] == 0 && !hasLast(statements, customer, last)) {
                statements.update(INSERT, values -> last(values.text(realmId), customer, last));
            }
        }
    }

    private static boolean hasLast(Statements statements, String customer, Statistic last) {
        return !statements
                .select(
                        HAS_LAST,
                        values -> values.text(customer).text(last.dimension().name()),
                        Row::integer)
                .isEmpty();
    }

    private static Values last(Values values, String customer, Statistic last) throws SQLException {
        return values.text(last.key())
                .real(last.count())
                .instant(last.since())
                .instant(last.updatedAt())
                .text(customer)
                .text(last.dimension().name());
    }

    /** Stores what learning or unlearning changed for a customer. */
    public void apply(String realmId, String customer, Learning.Changes changes) {
        for (Statistic statistic : changes.written()) {
            StatisticEntity entity = new StatisticEntity();
            entity.customer = customer;
            entity.dimension = statistic.dimension().name();
            entity.key = statistic.key();
            entity.realmId = realmId;
            entity.weight = statistic.count();
            entity.since = statistic.since();
            entity.updatedAt = statistic.updatedAt();
            em.merge(entity);
        }
        for (Statistic statistic : changes.removed()) {
            StatisticEntity known = em.find(
                    StatisticEntity.class,
                    new StatisticEntity.Key(customer, statistic.dimension().name(), statistic.key()));
            if (known != null) {
                em.remove(known);
            }
        }
        changes.counted().forEach(value -> count(realmId, value));
    }

    /** How many customers of the realm share each value. */
    public List<Population.Count> population(String realmId) {
        return em.createQuery("from PopulationEntity where realmId = :realm", PopulationEntity.class)
                .setParameter("realm", realmId)
                .getResultStream()
                .map(entity -> new Population.Count(Dimension.valueOf(entity.dimension), entity.key, entity.weight))
                .toList();
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from StatisticEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from StatisticEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
        em.createQuery("delete from PopulationEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private void count(String realmId, Learning.Value value) {
        if (!raise(realmId, value) && !insert(realmId, value)) {
            raise(realmId, value);
        }
    }

    private boolean raise(String realmId, Learning.Value value) {
        return em.createQuery("""
                                update PopulationEntity set weight = weight + 1
                                where realmId = :realm and dimension = :dimension and key = :key""")
                        .setParameter("realm", realmId)
                        .setParameter("dimension", value.dimension().name())
                        .setParameter("key", value.key())
                        .executeUpdate()
                == 1;
    }

    private boolean insert(String realmId, Learning.Value value) {
        return em.createQuery("""
                                insert into PopulationEntity (realmId, dimension, key, weight)
                                values (:realm, :dimension, :key, 1) on conflict do nothing""")
                        .setParameter("realm", realmId)
                        .setParameter("dimension", value.dimension().name())
                        .setParameter("key", value.key())
                        .executeUpdate()
                == 1;
    }
}
