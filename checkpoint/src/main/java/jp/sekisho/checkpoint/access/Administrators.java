package jp.sekisho.checkpoint.access;

import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** Who is an officer or administrator of his realm: whoever could act on customers. */
// FFAJ-2.1-S1b
public final class Administrators {

    private static final Set<String> OFFICERS = Set.of("sekisho-officer", "sekisho-approver");

    private Administrators() {}

    /** By roles of his own, of his groups, and within others. The roles are those that his token is made of, from the cache. */
    public static boolean has(UserModel user) {
        return RoleUtils.getDeepUserRoleMappings(user).stream().anyMatch(Administrators::acts);
    }

    private static boolean acts(RoleModel role) {
        return role.isClientRole()
                ? ((ClientModel) role.getContainer()).getClientId().equals(Constants.REALM_MANAGEMENT_CLIENT_ID)
                : OFFICERS.contains(role.getName());
    }
}
