package jp.sekisho.storage.device;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** The family of one browser's tokens. Only hashes are kept. */
@Entity
@Table(name = "SEKISHO_DEVICE")
public class DeviceEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "TOKEN_HASH", nullable = false, length = 64)
    String tokenHash;

    @Column(name = "PREVIOUS_HASH", length = 64)
    String previousHash;

    @Convert(converter = InstantMillis.class)
    @Column(name = "ROTATED_AT", nullable = false)
    Instant rotatedAt;

    /** The day of {@link #rotatedAt}, by which the purge finds the row. */
    @Column(name = "ROTATED_ON", nullable = false)
    int rotatedOn;

    /** When the current token was first presented: from then on the previous one belongs to nobody honest. */
    @Convert(converter = InstantMillis.class)
    @Column(name = "PRESENTED_AT")
    Instant presentedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CREATED_AT", nullable = false)
    Instant createdAt;

    /** When a replaced token was used: trust in the whole family ended. */
    @Convert(converter = InstantMillis.class)
    @Column(name = "ENDED_AT")
    Instant endedAt;

    protected DeviceEntity() {}
}
