package jp.sekisho.storage.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** A one-time code that is on its way by post. Only its hash is kept; a customer has one at most. */
@Entity
@Table(name = "SEKISHO_POSTAL_CODE")
public class PostalCodeEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CUSTOMER", nullable = false, length = 64)
    String customer;

    @Column(name = "CODE_HASH", nullable = false, length = 64)
    String codeHash;

    @Column(name = "OFFICER", nullable = false, length = 255)
    String officer;

    @Column(name = "APPROVER", length = 255)
    String approver;

    /** Begun, right or wrong. */
    @Column(name = "TRIES", nullable = false)
    int tries;

    @Convert(converter = InstantMillis.class)
    @Column(name = "ISSUED_AT", nullable = false)
    Instant issuedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "EXPIRES_AT", nullable = false)
    Instant expiresAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "USED_AT")
    Instant usedAt;

    protected PostalCodeEntity() {}
}
