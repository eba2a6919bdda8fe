package jp.sekisho.storage.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;
import org.hibernate.Length;

/** A message that has to leave: written with the fact it tells, sent by a worker. */
@Entity
@Table(name = "SEKISHO_OUTBOX")
public class OutboxEntity {

    public enum State {
        PENDING,
        SENT,
        /** Not sent alone: beyond what a customer gets in an hour, told in the next summary. */
        HELD,
        /** Needs not be sent: the customer's choice, told in a summary, or nobody to tell. */
        SKIPPED,
        /** Could not be delivered. */
        DEAD
    }

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "CHANNEL", nullable = false, length = 32)
    String channel;

    @Column(name = "NOTICE", nullable = false, length = 64)
    String notice;

    /** Null where it is for the desk and about nobody. */
    @Column(name = "USER_ID", length = 255)
    String userId;

    /** Two messages with the same key are one; the change log holds it unique in the realm. */
    @Column(name = "DEDUPLICATION", nullable = false, length = 255)
    String deduplication;

    @Column(name = "LOCALE", nullable = false, length = 35)
    String locale;

    @Column(name = "PAYLOAD", nullable = false, length = Length.LONG32)
    String payload;

    @Column(name = "STATE", nullable = false, length = 16)
    @jakarta.persistence.Enumerated(jakarta.persistence.EnumType.STRING)
    State state;

    @Column(name = "ATTEMPTS", nullable = false)
    int attempts;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CREATED_AT", nullable = false)
    Instant createdAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "NEXT_AT", nullable = false)
    Instant nextAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "SENT_AT")
    Instant sentAt;

    @Column(name = "LAST_ERROR", length = 1000)
    String lastError;

    /** SHA-256 of the stop code; the code itself is derived anew when the message leaves. */
    @Column(name = "STOP_HASH", length = 64)
    String stopHash;

    @Convert(converter = InstantMillis.class)
    @Column(name = "STOPPED_AT")
    Instant stoppedAt;

    protected OutboxEntity() {}
}
