package jp.sekisho.storage.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** That a customer's identity was verified. Never the document itself. */
@Entity
@Table(name = "SEKISHO_IDENTITY")
public class IdentityEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CUSTOMER", nullable = false, length = 64)
    String customer;

    @Column(name = "METHOD", nullable = false, length = 16)
    String method;

    /** Sealed: see SealedColumn. */
    @Column(name = "REFERENCE", length = 2000)
    String reference;

    @Column(name = "EVIDENCE_HASH", length = 64)
    String evidenceHash;

    @Column(name = "OFFICER", length = 255)
    String officer;

    @Column(name = "PROVIDER", length = 255)
    String provider;

    @Column(name = "RECOVERY", length = 64)
    String recovery;

    @Convert(converter = InstantMillis.class)
    @Column(name = "VERIFIED_AT", nullable = false)
    Instant verifiedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "RECORDED_AT", nullable = false)
    Instant recordedAt;

    protected IdentityEntity() {}
}
