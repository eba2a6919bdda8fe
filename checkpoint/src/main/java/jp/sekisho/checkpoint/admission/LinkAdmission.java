package jp.sekisho.checkpoint.admission;

import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** That the checkpoint let an identity provider be linked to a customer, in the tab that he showed it in. */
public final class LinkAdmission {

    private static final String NOTE = "sekisho.link-admitted";

    private LinkAdmission() {}

    public static void grant(AuthenticationSessionModel login, UserModel user) {
        login.setAuthNote(NOTE, user.getId());
    }

    /** Somebody else may have named himself in the tab since. */
    public static boolean granted(AuthenticationSessionModel login, String userId) {
        return userId != null && userId.equals(login.getAuthNote(NOTE));
    }

    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
    }
}
