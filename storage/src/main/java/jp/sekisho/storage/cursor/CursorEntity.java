package jp.sekisho.storage.cursor;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** How far a worker has come in a realm. */
@Entity
@Table(name = "SEKISHO_CURSOR")
@IdClass(CursorEntity.Key.class)
public class CursorEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    String realmId;

    @Id
    @Column(name = "NAME", length = 32)
    String name;

    @Convert(converter = InstantMillis.class)
    @Column(name = "POSITION_TIME", nullable = false)
    Instant at;

    /** The last row done at that time; {@code -} for none. */
    @Column(name = "POSITION_ID", nullable = false, length = 36)
    String id;

    protected CursorEntity() {}

    public record Key(String realmId, String name) implements Serializable {}
}
