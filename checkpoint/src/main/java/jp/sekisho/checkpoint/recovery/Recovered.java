package jp.sekisho.checkpoint.recovery;

import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/** That two independent means were shown in place of a lost passkey: in this tab a new one may be bound without the old one. */
public final class Recovered {

    private static final String NOTE = "sekisho.recovered";

    private Recovered() {}

    public static void mark(AuthenticationSessionModel login) {
        login.setAuthNote(NOTE, "true");
    }

    /** Somebody names himself: what was shown before him in this tab does not count for him. */
    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
    }

    public static boolean in(AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getAuthNote(NOTE)).isPresent();
    }
}
