package jp.sekisho.storage.mailaddress;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.mailaddress.MailAddress.Kind;
import jp.sekisho.storage.schema.InstantMillis;

/** An address that gets a customer's notices besides the one that he has. State: goes with its user. */
@Entity
@Table(name = "SEKISHO_NOTICE_ADDRESS")
public class MailAddressEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CUSTOMER", nullable = false, length = 64)
    String customer;

    /** Sealed: see SealedColumn. */
    @Column(name = "ADDRESS", nullable = false, length = 2000)
    String address;

    @Enumerated(EnumType.STRING)
    @Column(name = "KIND", nullable = false, length = 16)
    Kind kind;

    @Convert(converter = InstantMillis.class)
    @Column(name = "VERIFIED_AT", nullable = false)
    Instant verifiedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "VALID_UNTIL")
    Instant validUntil;

    protected MailAddressEntity() {}
}
