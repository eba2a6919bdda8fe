package jp.sekisho.storage.access;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.storage.schema.InstantMillis;

/** An access rule. State: what became of it stands in the evidence log. */
@Entity
@Table(name = "SEKISHO_ACCESS_RULE")
public class AccessRuleEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Enumerated(EnumType.STRING)
    @Column(name = "SCOPE_KIND", nullable = false, length = 16, columnDefinition = "varchar(16)")
    Scope.Kind scopeKind;

    @Column(name = "SCOPE_OF", nullable = false, length = 255)
    String scopeOf;

    @Column(name = "USER_ID", length = 255)
    String userId;

    @Enumerated(EnumType.STRING)
    @Column(name = "EFFECT", nullable = false, length = 8, columnDefinition = "varchar(8)")
    Effect effect;

    @Enumerated(EnumType.STRING)
    @Column(name = "MATCH_KIND", nullable = false, length = 16, columnDefinition = "varchar(16)")
    Match.Kind matchKind;

    @Column(name = "MATCHED", nullable = false, length = 64)
    String matched;

    @Column(name = "STRICT", nullable = false)
    boolean strict;

    @Convert(converter = InstantMillis.class)
    @Column(name = "FROM_TIME", nullable = false)
    Instant from;

    @Convert(converter = InstantMillis.class)
    @Column(name = "UNTIL_TIME")
    Instant until;

    @Convert(converter = InstantMillis.class)
    @Column(name = "CREATED_AT", nullable = false)
    Instant createdAt;

    @Column(name = "CREATED_BY", nullable = false, length = 255)
    String createdBy;

    @Column(name = "REASON", nullable = false, length = 500)
    String reason;

    protected AccessRuleEntity() {}
}
