package jp.sekisho.checkpoint.decision;

import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Who is to pass.
 *
 * @param customer pseudonym of the customer, or of a typed name that nobody has
 * @param user empty for a name that nobody has: it is judged like anybody else, so that nobody learns who exists
 */
public record Subject(String customer, Optional<UserModel> user) {

    public static Subject of(KeycloakSession session, RealmModel realm, UserModel user) {
        return new Subject(Customers.pseudonym(session, realm, user), Optional.of(user));
    }

    public static Subject ofUnknownName(KeycloakSession session, RealmModel realm, String typedName) {
        return new Subject(Customers.pseudonymOfName(session, realm, typedName), Optional.empty());
    }
}
