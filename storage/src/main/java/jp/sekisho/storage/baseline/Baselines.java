package jp.sekisho.storage.baseline;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.policies.risk.Dimension;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.Population;
import jp.sekisho.policies.risk.Statistic;

/** What is usual: of each customer, and of the realm as a whole. Only the learning worker writes. */
public final class Baselines {

    private final EntityManager em;

    public Baselines(EntityManager em) {
        this.em = em;
    }

    /** All that is known of one customer, at most as many rows as the dimensions allow. One indexed statement. */
    public List<Statistic> of(String customer) {
        return em.createQuery("from StatisticEntity where customer = :customer", StatisticEntity.class)
                .setParameter("customer", customer)
                .getResultStream()
                .map(Baselines::toStatistic)
                .toList();
    }

    /** The same of many customers, by customer; those of whom nothing is known are absent. One indexed statement. */
    public Map<String, List<Statistic>> of(Collection<String> customers) {
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
