package jp.sekisho.storage.freeze;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** A freeze, while it lasts and afterwards. */
@Entity
@Table(name = "SEKISHO_FREEZE")
public class FreezeEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CUSTOMER", nullable = false, length = 64)
    String customer;

    @Column(name = "USER_ID", nullable = false, length = 255)
    String userId;

    @Column(name = "OPERATION", nullable = false, length = 32)
    String operation;

    /** The operation while it is frozen, the id afterwards: the change log holds it unique for a customer. */
    @Column(name = "SLOT", nullable = false, length = 36)
    String slot;

    @Column(name = "FROZEN_BY", nullable = false, length = 16)
    String by;

    @Column(name = "REASON", nullable = false, length = 500)
    String reason;

    @Convert(converter = InstantMillis.class)
    @Column(name = "FROZEN_AT", nullable = false)
    Instant at;

    /** When a worker may take it in hand; null where nothing is left to do. */
    @Convert(converter = InstantMillis.class)
    @Column(name = "NEXT_AT")
    Instant nextAt;

    @Column(name = "PROPOSED_BY", length = 255)
    String proposedBy;

    @Convert(converter = InstantMillis.class)
    @Column(name = "PROPOSED_AT")
    Instant proposedAt;

    @Column(name = "IDENTITY_RECORD", length = 36)
    String identityRecord;

    @Column(name = "APPROVED_BY", length = 255)
    String approvedBy;

    @Convert(converter = InstantMillis.class)
    @Column(name = "APPROVED_AT")
    Instant approvedAt;

    @Column(name = "REBIND", length = 32)
    String rebind;

    @Column(name = "THAWED_BY", length = 255)
    String thawedBy;

    @Convert(converter = InstantMillis.class)
    @Column(name = "THAWED_AT")
    Instant thawedAt;

    @Column(name = "WAS_DISABLED", nullable = false)
    boolean disabledBefore;

    /** Since when there is no such user. */
    @Convert(converter = InstantMillis.class)
    @Column(name = "GONE_AT")
    Instant goneAt;

    protected FreezeEntity() {}
}
