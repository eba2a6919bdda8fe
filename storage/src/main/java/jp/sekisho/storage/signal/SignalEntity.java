package jp.sekisho.storage.signal;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** What one node heard of one session. */
@Entity
@Table(name = "SEKISHO_SIGNAL")
public class SignalEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    String realmId;

    @Column(name = "SESSION_ID", length = 36, nullable = false)
    String sessionId;

    @Column(name = "VISITED", length = 4000, nullable = false)
    String visited;

    @Column(name = "EVENTS", nullable = false)
    int events;

    @Column(name = "SKIPPED", nullable = false)
    int skipped;

    @Column(name = "HURRIED", nullable = false)
    int hurried;

    @Column(name = "SCRIPTED", nullable = false)
    int scripted;

    @Column(name = "FINDINGS", length = 255, nullable = false)
    String findings;

    @Column(name = "DROPPED", nullable = false)
    int dropped;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CREATED_AT", nullable = false)
    Instant createdAt;

    protected SignalEntity() {}
}
