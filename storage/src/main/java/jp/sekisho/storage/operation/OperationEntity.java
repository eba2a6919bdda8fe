package jp.sekisho.storage.operation;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** An operation of a trading app. State: goes with its user; what was decided stays in the evidence log. */
@Entity
@Table(name = "SEKISHO_OPERATION")
public class OperationEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CLIENT_ID", nullable = false, length = 255)
    String clientId;

    @Column(name = "REQUEST_ID", nullable = false, length = 128)
    String requestId;

    @Column(name = "REQUEST_HASH", nullable = false, length = 64)
    String requestHash;

    @Column(name = "CUSTOMER", nullable = false, length = 64)
    String customer;

    @Column(name = "USER_ID", nullable = false, length = 255)
    String userId;

    @Column(name = "SESSION_ID", nullable = false, length = 36)
    String sessionId;

    @Column(name = "TYPE", nullable = false, length = 32)
    String type;

    @Column(name = "STATE", nullable = false, length = 16)
    String state;

    /** Sealed: see SealedColumn. */
    @Column(name = "CONTENT", nullable = false, length = 8000)
    String content;

    @Column(name = "DIGEST", nullable = false, length = 64)
    String digest;

    @Column(name = "WAY_OUT", nullable = false)
    boolean wayOut;

    @Column(name = "AMOUNT", precision = 24, scale = 4)
    BigDecimal amount;

    @Column(name = "CURRENCY", length = 3)
    String currency;

    @Column(name = "INSTRUMENT", length = 64)
    String instrument;

    @Column(name = "SIDE", length = 8)
    String side;

    @Column(name = "POSITION_EFFECT", length = 8)
    String positionEffect;

    @Column(name = "QUANTITY", precision = 28, scale = 8)
    BigDecimal quantity;

    @Column(name = "HOLDINGS_SHARE", precision = 10, scale = 8)
    BigDecimal holdingsShare;

    @Column(name = "PAYEE", length = 64)
    String payee;

    @Column(name = "DECISION_ID", nullable = false, length = 36)
    String decisionId;

    @Column(name = "OUTCOME", nullable = false, length = 16)
    String outcome;

    @Column(name = "REQUIREMENT", nullable = false, length = 32)
    String requirement;

    @Column(name = "CAUSE", length = 32)
    String cause;

    @Column(name = "RISK_LEVEL", nullable = false, length = 16)
    String level;

    @Column(name = "SCORE", nullable = false)
    double score;

    @Column(name = "REASONS", nullable = false, length = 1000)
    String reasons;

    @Column(name = "POLICY_VERSION", nullable = false, length = 64)
    String policyVersion;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CREATED_AT", nullable = false)
    Instant createdAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "EXPIRES_AT", nullable = false)
    Instant expiresAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "HOLD_UNTIL")
    Instant holdUntil;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CONFIRMED_AT")
    Instant confirmedAt;

    @Column(name = "CONFIRMED_BY", length = 32)
    String confirmedBy;

    @Convert(converter = InstantMillis.class)
    @Column(name = "WINDOW_UNTIL")
    Instant windowUntil;

    @Convert(converter = InstantMillis.class)
    @Column(name = "ISSUED_AT")
    Instant issuedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "REDEEMED_AT")
    Instant redeemedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "ENDED_AT")
    Instant endedAt;

    @Column(name = "PERMIT", length = 64)
    String permit;

    protected OperationEntity() {}
}
