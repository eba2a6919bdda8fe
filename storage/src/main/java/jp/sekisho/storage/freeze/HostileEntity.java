package jp.sekisho.storage.freeze;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** A device or source of which one customer said that it was not him. */
@Entity
@Table(name = "SEKISHO_HOSTILE")
@IdClass(HostileEntity.Key.class)
public class HostileEntity {

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Id
    @Column(name = "MARK", length = 80)
    String mark;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Convert(converter = InstantMillis.class)
    @Column(name = "MARKED_AT", nullable = false)
    Instant at;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CONFIRMED_AT")
    Instant confirmedAt;

    protected HostileEntity() {}

    public record Key(String customer, String mark) implements Serializable {}
}
