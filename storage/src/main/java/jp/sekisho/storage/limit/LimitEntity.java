package jp.sekisho.storage.limit;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import jp.sekisho.storage.schema.InstantMillis;

/** A customer's own limits. State: goes with its user. */
@Entity
@Table(name = "SEKISHO_LIMIT")
public class LimitEntity {

    @Id
    @Column(name = "CUSTOMER", length = 64)
    String customer;

    @Column(name = "REALM_ID", nullable = false, length = 36)
    String realmId;

    @Column(name = "WITHDRAWALS_OFF", nullable = false)
    boolean withdrawalsOff;

    @Column(name = "ACCOUNTS_OFF", nullable = false)
    boolean accountsOff;

    @Column(name = "YEN_A_DAY")
    Long yenADay;

    @Column(name = "EACH_ORDER", nullable = false)
    boolean eachOrder;

    @Column(name = "NEXT_WITHDRAWALS_OFF", nullable = false)
    boolean nextWithdrawalsOff;

    @Column(name = "NEXT_ACCOUNTS_OFF", nullable = false)
    boolean nextAccountsOff;

    @Column(name = "NEXT_YEN_A_DAY")
    Long nextYenADay;

    @Column(name = "NEXT_EACH_ORDER", nullable = false)
    boolean nextEachOrder;

    @Convert(converter = InstantMillis.class)
    @Column(name = "NEXT_FROM")
    Instant nextFrom;

    protected LimitEntity() {}
}
