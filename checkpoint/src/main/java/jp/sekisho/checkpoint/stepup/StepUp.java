package jp.sekisho.checkpoint.stepup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How lately more than a password was shown in a session. A token cannot say it: its {@code acr} outlives its worth on
 * refresh, and its {@code auth_time} is renewed by a login of any level, of any client of the session. The note says
 * both of one and the same login, by the database's clock (decisions 11 and 14).
 */
// FFAJ-1.5-S1
public final class StepUp {

    /** How long a customer need not show himself again. */
    public static final Duration FRESH = Duration.ofMinutes(5);

    private static final String NOTE = "sekisho.shown";

    /** The level of {@code urn:sekisho:acr:mfa}. */
    private static final int MFA = 2;

    private StepUp() {}

    /**
     * The customer comes in.
     *
     * @param loa the level that was really reached in this login
     */
    public static void shown(AuthenticationSessionModel login, int loa, Instant at) {
        login.setUserSessionNote(NOTE, loa + " " + at);
    }

    /** Until when the latest login into the session counts as a fresh step-up; empty where it does not. */
    public static Optional<Instant> freshUntil(UserSessionModel userSession, Instant now) {
        return freshUntil(Optional.ofNullable(userSession.getNote(NOTE)), now);
    }

    static Optional<Instant> freshUntil(Optional<String> note, Instant now) {
        return note.map(text -> text.split(" ", 2))
                .filter(parts -> Integer.parseInt(parts[0]) >= MFA)
                .map(parts -> Instant.parse(parts[1]))
                .filter(at -> !at.isAfter(now))
                .map(at -> at.plus(FRESH))
                .filter(until -> until.isAfter(now));
    }
}
