package jp.sekisho.storage.operation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** How many requests of an app were taken in a minute. */
@Entity
@IdClass(AllowanceEntity.Key.class)
@Table(name = "SEKISHO_OPERATION_ALLOWANCE")
public class AllowanceEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    String realmId;

    @Id
    @Column(name = "CLIENT_ID", length = 255)
    String clientId;

    @Column(name = "MINUTE_OF", nullable = false)
    long minute;

    @Column(name = "USED", nullable = false)
    int used;

    protected AllowanceEntity() {}

    public record Key(String realmId, String clientId) implements Serializable {}
}
