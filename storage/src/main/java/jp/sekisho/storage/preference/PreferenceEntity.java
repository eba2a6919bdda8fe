package jp.sekisho.storage.preference;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** Whether a customer wants a notice that is his choice. */
@Entity
@Table(name = "SEKISHO_PREFERENCE")
@IdClass(PreferenceEntity.Key.class)
public class PreferenceEntity {

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Id
    @Column(name = "NOTICE", length = 64)
    String notice;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "WANTED", nullable = false)
    boolean wanted;

    protected PreferenceEntity() {}

    public record Key(String customer, String notice) implements Serializable {}
}
