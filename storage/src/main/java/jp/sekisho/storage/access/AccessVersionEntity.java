package jp.sekisho.storage.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Counts the changes of a realm's access rules: by it, each node sees that there was one. */
@Entity
@Table(name = "SEKISHO_ACCESS_VERSION")
public class AccessVersionEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    String realmId;

    @Column(name = "VERSION", nullable = false)
    long version;

    protected AccessVersionEntity() {}
}
