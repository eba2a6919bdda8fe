package jp.sekisho.storage.change;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.storage.schema.Statements;

/** When something of a customer changed last. */
// FFAJ-3-S2
public final class Changes {

    /** To be selected: of the customer and the kind that are bound. */
    public static final String AT =
            "(select c.CHANGED_AT from {h-schema}SEKISHO_CHANGE c where c.CUSTOMER = ? and c.KIND = ?)";

    private static final String FIRST =
            "insert into {h-schema}SEKISHO_CHANGE (CHANGED_AT, CUSTOMER, KIND, REALM_ID) values (?, ?, ?, ?)";

    private static final String AGAIN = """
            update {h-schema}SEKISHO_CHANGE set CHANGED_AT = ? where CUSTOMER = ? and KIND = ? and CHANGED_AT < ?""";

    private final EntityManager em;

    public Changes(EntityManager em) {
        this.em = em;
    }

    /** Never goes back. */
    public void note(String realmId, String customer, Change kind, Instant at) {
        Statements statements = Statements.of(em);
        boolean first = statements.insertUnlessThere(
                FIRST,
                values -> values.instant(at).text(customer).text(kind.name()).text(realmId));
        if (!first) {
            statements.update(
                    AGAIN,
                    values ->
                            values.instant(at).text(customer).text(kind.name()).instant(at));
        }
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from ChangeEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from ChangeEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
