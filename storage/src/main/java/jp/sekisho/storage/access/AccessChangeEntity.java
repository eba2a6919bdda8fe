package jp.sekisho.storage.access;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.storage.schema.InstantMillis;

/** For what a version of a realm's access rules made or ended rules: each version is one, and by it the nodes read only that. */
@Entity
@Table(name = "SEKISHO_ACCESS_CHANGE")
@IdClass(AccessChangeEntity.Key.class)
public class AccessChangeEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    String realmId;

    @Id
    @Column(name = "VERSION")
    long version;

    @Enumerated(EnumType.STRING)
    @Column(name = "SCOPE_KIND", nullable = false, length = 16, columnDefinition = "varchar(16)")
    Scope.Kind scopeKind;

    @Column(name = "SCOPE_OF", nullable = false, length = 255)
    String scopeOf;

    @Enumerated(EnumType.STRING)
    @Column(name = "MATCH_KIND", nullable = false, length = 16, columnDefinition = "varchar(16)")
    Match.Kind matchKind;

    @Column(name = "MATCHED", nullable = false, length = 64)
    String matched;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CHANGED_AT", nullable = false)
    Instant changedAt;

    protected AccessChangeEntity() {}

    AccessChangeEntity(String realmId, long version, StoredKey key, Instant changedAt) {
        this.realmId = realmId;
        this.version = version;
        this.scopeKind = key.scope().kind();
        this.scopeOf = key.scope().of();
        this.matchKind = key.kind();
        this.matched = key.matched();
        this.changedAt = changedAt;
    }

    public record Key(String realmId, long version) implements Serializable {}
}
