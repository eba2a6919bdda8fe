package jp.sekisho.storage.interim;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** An exemption that one officer proposed and that waits for another one. */
@Entity
@Table(name = "SEKISHO_EXEMPTION_PROPOSAL")
public class ExemptionProposalEntity {

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "USER_ID", nullable = false, length = 255)
    String userId;

    @Column(name = "ID", nullable = false, length = 36)
    String id;

    @Column(name = "REASON", nullable = false, length = 500)
    String reason;

    @Column(name = "ALTERNATIVE_MFA", nullable = false, length = 32)
    String alternativeMfa;

    @Column(name = "TEXT_VERSION", nullable = false, length = 64)
    String textVersion;

    @Column(name = "PROPOSED_BY", nullable = false, length = 255)
    String proposedBy;

    @Convert(converter = InstantMillis.class)
    @Column(name = "PROPOSED_AT", nullable = false)
    Instant proposedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "EXPIRES_AT", nullable = false)
    Instant expiresAt;

    protected ExemptionProposalEntity() {}
}
