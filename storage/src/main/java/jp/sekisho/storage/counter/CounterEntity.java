package jp.sekisho.storage.counter;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** One counter of one customer, or of one name that nobody has. */
@Entity
@Table(name = "SEKISHO_COUNTER")
public class CounterEntity {

    /** Random; what is unique is customer, subject and scope. */
    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CUSTOMER", nullable = false, length = 64)
    String customer;

    @Column(name = "SUBJECT", nullable = false, length = 64)
    String subject;

    @Column(name = "COUNTER_SCOPE", nullable = false, length = 64)
    String scope;

    @Column(name = "FAILURES", nullable = false)
    int failures;

    @Convert(converter = InstantMillis.class)
    @Column(name = "WINDOW_START", nullable = false)
    Instant windowStart;

    @Column(name = "CONSECUTIVE", nullable = false)
    int consecutive;

    @Convert(converter = InstantMillis.class)
    @Column(name = "BLOCKED_UNTIL")
    Instant blockedUntil;

    @Convert(converter = InstantMillis.class)
    @Column(name = "LOCKED_AT")
    Instant lockedAt;

    /** Compared and raised by our own conditional update, not by JPA: its row count decides. */
    @Column(name = "VERSION", nullable = false)
    long version;

    @Convert(converter = InstantMillis.class)
    @Column(name = "UPDATED_AT", nullable = false)
    Instant updatedAt;

    /** The day of {@link #updatedAt}, by which the purge finds the row. */
    @Column(name = "UPDATED_ON", nullable = false)
    int updatedOn;

    protected CounterEntity() {}
}
