package jp.sekisho.storage.key;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The realm's secret of keyed hashes. It goes with the realm: what it made unreadable stays unreadable. */
@Entity
@Table(name = "SEKISHO_REALM_KEY")
public class RealmKeyEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    String realmId;

    /** Sealed where its server has a key: see SealedColumn. */
    @Column(name = "SECRET", nullable = false, length = 2000)
    String secret;

    protected RealmKeyEntity() {}

    RealmKeyEntity(String realmId, String secret) {
        this.realmId = realmId;
        this.secret = secret;
    }
}
