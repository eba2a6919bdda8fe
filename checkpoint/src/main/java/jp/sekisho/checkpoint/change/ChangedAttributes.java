package jp.sekisho.checkpoint.change;

import java.util.Collection;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.storage.change.Changes;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** When an address or a telephone number of a customer changed: what moves money soon after is looked at with more care. */
// FFAJ-3-S2
public final class ChangedAttributes {

    private ChangedAttributes() {}

    /** With the session's transaction. @param names of what changed */
    public static void note(KeycloakSession session, RealmModel realm, UserModel user, Collection<String> names) {
        String customer = Customers.pseudonym(session, realm, user);
        Changes changes =
                new Changes(session.getProvider(JpaConnectionProvider.class).getEntityManager());
        names.stream()
                .map(Change::of)
                .flatMap(Optional::stream)
                .distinct()
                .forEach(change -> changes.note(
                        realm.getId(),
                        customer,
                        change,
                        CustomerFile.of(session, realm, customer).now()));
    }
}
