package jp.sekisho.storage.proposal;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;
import org.hibernate.Length;

/** What waits for a second officer. */
@Entity
@Table(name = "SEKISHO_PROPOSAL")
public class ProposalEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Enumerated(EnumType.STRING)
    @Column(name = "KIND", nullable = false, length = 32, columnDefinition = "varchar(32)")
    Proposal.Kind kind;

    @Column(name = "CONTENT", nullable = false, length = Length.LONG32)
    String content;

    @Column(name = "REASON", nullable = false, length = 500)
    String reason;

    @Column(name = "PROPOSED_BY", nullable = false, length = 255)
    String by;

    @Convert(converter = InstantMillis.class)
    @Column(name = "PROPOSED_AT", nullable = false)
    Instant at;

    protected ProposalEntity() {}
}
