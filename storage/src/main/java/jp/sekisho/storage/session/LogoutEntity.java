package jp.sekisho.storage.session;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** An app that is to be told of a session's end. */
@Entity
@Table(name = "SEKISHO_LOGOUT")
public class LogoutEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "USER_ID", nullable = false, length = 255)
    String userId;

    @Column(name = "SESSION_ID", nullable = false, length = 36)
    String sessionId;

    @Column(name = "CLIENT_ID", nullable = false, length = 36)
    String clientId;

    @Column(name = "ISSUER", length = 2000)
    String issuer;

    @Convert(converter = InstantMillis.class)
    @Column(name = "ENDED_AT", nullable = false)
    Instant endedAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "NEXT_AT", nullable = false)
    Instant nextAt;

    protected LogoutEntity() {}
}
