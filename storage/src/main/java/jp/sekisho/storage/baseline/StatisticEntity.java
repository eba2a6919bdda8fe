package jp.sekisho.storage.baseline;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** One row of what is usual for one customer; bounded in number by the policy's learning. */
@Entity
@Table(name = "SEKISHO_STATISTIC")
@IdClass(StatisticEntity.Key.class)
public class StatisticEntity {

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Id
    @Column(name = "DIMENSION", length = 32)
    String dimension;

    @Id
    @Column(name = "STATISTIC_KEY", length = 255)
    String key;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "WEIGHT", nullable = false)
    double weight;

    @Convert(converter = InstantMillis.class)
    @Column(name = "SINCE_AT", nullable = false)
    Instant since;

    @Convert(converter = InstantMillis.class)
    @Column(name = "UPDATED_AT", nullable = false)
    Instant updatedAt;

    protected StatisticEntity() {}

    public record Key(String customer, String dimension, String key) implements Serializable {}
}
