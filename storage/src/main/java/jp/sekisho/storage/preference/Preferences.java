package jp.sekisho.storage.preference;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import jp.sekisho.storage.schema.Statements;

/** What a customer chose to be told. */
public final class Preferences {

    private static final String WANTS =
            "select WANTED from {h-schema}SEKISHO_PREFERENCE where CUSTOMER = ? and NOTICE = ?";

    private static final String CHOOSE =
            "insert into {h-schema}SEKISHO_PREFERENCE (WANTED, CUSTOMER, NOTICE, REALM_ID) values (?, ?, ?, ?)";

    private static final String CHOOSE_AGAIN =
            "update {h-schema}SEKISHO_PREFERENCE set WANTED = ? where CUSTOMER = ? and NOTICE = ?";

    private final EntityManager em;

    public Preferences(EntityManager em) {
        this.em = em;
    }

    /** Empty where the customer never chose. */
    public Optional<Boolean> wants(String customer, String notice) {
        return Statements.of(em)
                .select(
                        WANTS,
                        values -> values.text(customer).text(notice),
                        row -> row.flag().orElseThrow())
                .stream()
                .findFirst();
    }

    public void choose(String realmId, String customer, String notice, boolean wanted) {
        Statements statements = Statements.of(em);
        boolean first = statements.insertUnlessThere(
                CHOOSE,
                values -> values.flag(wanted).text(customer).text(notice).text(realmId));
        if (!first) {
            statements.update(
                    CHOOSE_AGAIN, values -> values.flag(wanted).text(customer).text(notice));
        }
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from PreferenceEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from PreferenceEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
