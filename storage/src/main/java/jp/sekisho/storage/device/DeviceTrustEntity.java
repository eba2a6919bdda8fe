package jp.sekisho.storage.device;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** That a customer was verified on a browser and chose to be remembered there. */
@Entity
@Table(name = "SEKISHO_DEVICE_TRUST")
@IdClass(DeviceTrustEntity.Key.class)
public class DeviceTrustEntity {

    @Id
    @Column(name = "DEVICE_ID", length = 36)
    String deviceId;

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Column(name = "USER_ID", nullable = false, length = 255)
    String userId;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Convert(converter = InstantMillis.class)
    @Column(name = "FIRST_SEEN_AT", nullable = false)
    Instant firstSeenAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "LAST_SEEN_AT", nullable = false)
    Instant lastSeenAt;

    @Convert(converter = InstantMillis.class)
    @Column(name = "TRUSTED_UNTIL", nullable = false)
    Instant trustedUntil;

    @Column(name = "DEVICE_TYPE", length = 32)
    String deviceType;

    @Column(name = "OS", length = 64)
    String os;

    @Column(name = "BROWSER", length = 64)
    String browser;

    @Column(name = "BROWSER_VERSION", length = 32)
    String browserVersion;

    /** What the customer calls it. */
    @Column(name = "NAME", length = 64)
    String name;

    @Column(name = "FIRST_COUNTRY", length = 2)
    String firstCountry;

    @Column(name = "FIRST_CITY", length = 128)
    String firstCity;

    @Column(name = "LAST_COUNTRY", length = 2)
    String lastCountry;

    @Column(name = "LAST_CITY", length = 128)
    String lastCity;

    protected DeviceTrustEntity() {}

    public record Key(String deviceId, String customer) implements Serializable {}
}
