package jp.sekisho.checkpoint.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.access.Scope;
import org.keycloak.models.ClientModel;

/** The scopes that a login is in; the customer's own last, so that it is only named where no other denies. */
public final class Scopes {

    private Scopes() {}

    /** @param customer pseudonym */
    public static List<Scope> of(Optional<ClientModel> client, boolean administrator, String customer) {
        List<Scope> scopes = new ArrayList<>(List.of(Scope.REALM));
        client.map(ClientModel::getClientId).map(Scope::client).ifPresent(scopes::add);
        if (administrator) {
            scopes.add(Scope.OFFICERS);
        }
        scopes.add(Scope.customer(customer));
        return scopes;
    }
}
