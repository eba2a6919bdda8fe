package jp.sekisho.storage.baseline;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

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

    public static final class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        String realmId;
        String dimension;
        String key;

        public Key() {}

        Key(String realmId, String dimension, String key) {
            this.realmId = realmId;
            this.dimension = dimension;
            this.key = key;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && realmId.equals(that.realmId)
                    && dimension.equals(that.dimension)
                    && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, dimension, key);
        }
    }
}
