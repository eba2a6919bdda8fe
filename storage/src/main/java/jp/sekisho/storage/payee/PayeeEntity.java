package jp.sekisho.storage.payee;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** A bank account of a customer. State: goes with its user. */
@Entity
@Table(name = "SEKISHO_PAYEE")
public class PayeeEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CUSTOMER", nullable = false, length = 64)
    String customer;

    @Column(name = "USER_ID", nullable = false, length = 255)
    String userId;

    @Column(name = "NUMBER_HASH", nullable = false, length = 64)
    String numberHash;

    /** Sealed: see SealedColumn. */
    @Column(name = "CONTENT", nullable = false, length = 4000)
    String content;

    @Column(name = "STATE", nullable = false, length = 16)
    String state;

    @Column(name = "OPERATION_ID", nullable = false, length = 36)
    String operationId;

    @Convert(converter = InstantMillis.class)
    @Column(name = "ADDED_AT", nullable = false)
    Instant addedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "USABLE_FROM", nullable = false)
    Instant usableFrom;

    protected PayeeEntity() {}
}
