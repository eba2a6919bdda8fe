package jp.sekisho.storage.change;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.storage.schema.InstantMillis;

/** When something of a customer changed last. */
@Entity
@Table(name = "SEKISHO_CHANGE")
@IdClass(ChangeEntity.Key.class)
public class ChangeEntity {

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Id
    @Enumerated(EnumType.STRING)
    @Column(name = "KIND", length = 16)
    Change kind;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    String realmId;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CHANGED_AT", nullable = false)
    Instant changedAt;

    protected ChangeEntity() {}

    public record Key(String customer, Change kind) implements Serializable {}
}
