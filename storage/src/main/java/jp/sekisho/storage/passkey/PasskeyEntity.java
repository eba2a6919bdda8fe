package jp.sekisho.storage.passkey;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** What Keycloak does not keep of a passkey. */
@Entity
@Table(name = "SEKISHO_PASSKEY")
@IdClass(PasskeyEntity.Key.class)
public class PasskeyEntity {

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    /** SHA-256 of the credential's id, hex. */
    @Id
    @Column(name = "CREDENTIAL", length = 64)
    String credential;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "USER_ID", nullable = false, length = 255)
    String userId;

    @Convert(converter = InstantMillis.class)
    @Column(name = "ENROLLED_AT", nullable = false)
    Instant enrolledAt;

    @Column(name = "DEVICE_ID", length = 36)
    String deviceId;

    @Convert(converter = InstantMillis.class)
    @Column(name = "PROVISIONAL_UNTIL")
    Instant provisionalUntil;

    @Column(name = "AAGUID", nullable = false, length = 36)
    String aaguid;

    @Column(name = "USER_VERIFIED", nullable = false)
    boolean userVerified;

    @Column(name = "BACKUP_ELIGIBLE", nullable = false)
    boolean backupEligible;

    @Column(name = "BACKED_UP", nullable = false)
    boolean backedUp;

    @Column(name = "ORIGIN", nullable = false, length = 255)
    String origin;

    protected PasskeyEntity() {}

    public record Key(String customer, String credential) implements Serializable {}
}
