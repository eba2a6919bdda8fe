package jp.sekisho.storage.offer;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** A verifiable credential that a customer is offered at his next login. */
@Entity
@Table(name = "SEKISHO_CREDENTIAL_OFFER")
public class CredentialOfferEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CUSTOMER", nullable = false, length = 64)
    String customer;

    @Column(name = "PARAMETER", nullable = false, length = 2000)
    String parameter;

    @Convert(converter = InstantMillis.class)
    @Column(name = "OFFERED_AT", nullable = false)
    Instant offeredAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "EXPIRES_AT", nullable = false)
    Instant expiresAt;

    protected CredentialOfferEntity() {}
}
