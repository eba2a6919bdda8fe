package jp.sekisho.storage.interim;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** How often a customer put off registering a passkey. */
@Entity
@Table(name = "SEKISHO_POSTPONEMENT")
public class PostponementEntity {

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "USED", nullable = false)
    int used;

    @Convert(converter = InstantMillis.class)
    @Column(name = "LAST_AT", nullable = false)
    Instant lastAt;

    protected PostponementEntity() {}
}
