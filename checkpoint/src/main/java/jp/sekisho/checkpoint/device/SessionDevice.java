package jp.sekisho.checkpoint.device;

import java.util.Optional;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The device that a session was last logged in on. */
public final class SessionDevice {

    private static final String NOTE = "sekisho.device";

    private SessionDevice() {}

    public static void note(AuthenticationSessionModel login, String deviceId) {
        login.setUserSessionNote(NOTE, deviceId);
    }

    public static Optional<String> of(UserSessionModel userSession) {
        return Optional.ofNullable(userSession.getNote(NOTE));
    }
}
