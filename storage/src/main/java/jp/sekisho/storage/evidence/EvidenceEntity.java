package jp.sekisho.storage.evidence;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;
import org.hibernate.Length;
import org.hibernate.annotations.Immutable;

/** A row of the evidence log: written once, never changed, gone only by the retention job. */
// FFAJ-3-S3, JP25-12
@Entity
@Immutable
@Table(name = "SEKISHO_EVIDENCE")
public class EvidenceEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "FORMAT", nullable = false)
    int format;

    @Convert(converter = InstantMillis.class)
    @Column(name = "AT_TIME", nullable = false)
    Instant at;

    @Column(name = "KIND", nullable = false, length = 16)
    String kind;

    @Column(name = "DECISION_ID", length = 36)
    String decisionId;

    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Column(name = "CLIENT_ID", length = 255)
    String clientId;

    @Column(name = "SESSION_ID", length = 64)
    String sessionId;

    @Column(name = "OPERATION", length = 32)
    String operation;

    @Column(name = "ADDRESS", length = 45)
    String address;

    @Column(name = "PREFIX", length = 64)
    String prefix;

    @Column(name = "SOURCE", length = 64)
    String source;

    @Column(name = "ASN")
    Long asn;

    @Column(name = "COUNTRY", length = 2)
    String country;

    @Column(name = "DEVICE_ID", length = 36)
    String deviceId;

    @Column(name = "OUTCOME", length = 16)
    String outcome;

    @Column(name = "RISK_LEVEL", length = 16)
    String level;

    @Column(name = "RESULT", length = 32)
    String result;

    @Column(name = "POLICY_VERSION", length = 64)
    String policyVersion;

    /** The whole record as canonical JSON; the columns above only find it. */
    @Column(name = "CONTENT", nullable = false, length = Length.LONG32)
    String content;

    /** SHA-256 of the content, hex. */
    @Column(name = "CONTENT_HASH", nullable = false, length = 64)
    String contentHash;

    protected EvidenceEntity() {}
}
