package jp.sekisho.storage.baseline;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** How many customers of the realm share a value. Written by the learning worker alone. */
@Entity
@Table(name = "SEKISHO_POPULATION")
@IdClass(PopulationEntity.Key.class)
public class PopulationEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    String realmId;

    @Id
    @Column(name = "DIMENSION", length = 32)
    String dimension;

    @Id
    @Column(name = "STATISTIC_KEY", length = 255)
    String key;

    @Column(name = "WEIGHT", nullable = false)
    double weight;

    protected PopulationEntity() {}

    public record Key(String realmId, String dimension, String key) implements Serializable {}
}
