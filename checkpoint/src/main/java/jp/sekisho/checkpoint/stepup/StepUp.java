package jp.sekisho.checkpoint.stepup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.factor.FactorClass;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How lately more than a password was shown in a session. A token alone cannot say it: its {@code acr} outlives its worth on
 * refresh, and its {@code auth_time} is renewed by a login of any level, of any client of the session. The note says
 * both of one and the same login, by the database's clock (decisions 11 and 14).
 *
 * @param least what must have been shown; {@link FactorClass#OTP} stands for any second factor
 * @param fresh how long a customer need not show himself again
 */
// FFAJ-1.5-S1
public record StepUp(FactorClass least, Duration fresh) {

    /** To see or change what is the customer's, where no policy says more. */
    public static final StepUp USUAL = new StepUp(FactorClass.OTP, Duration.ofMinutes(5));

    /** The acr that says that a passkey or certificate was shown. */
    public static final String PHISHING_RESISTANT = "urn:sekisho:acr:phishing-resistant";

    private static final String NOTE = "sekisho.shown";

    private static final String MFA = "urn:sekisho:acr:mfa";
    private static final int LEVEL_OF_MFA = 2;
    private static final int LEVEL_OF_PHISHING_RESISTANT = 3;

    /**
     * The customer comes in.
     *
     * @param loa the level that was really reached in this login
     */
    public static void shown(AuthenticationSessionModel login, int loa, Instant at) {
        login.setUserSessionNote(NOTE, loa + " " + at);
    }

    /** Whether a phishing-resistant factor was shown in the latest login into the session, however long ago. */
    public static boolean phishingResistant(UserSessionModel userSession) {
        return reached(userSession, LEVEL_OF_PHISHING_RESISTANT);
    }

    /** Whether this was shown in the latest login into the session, however long ago. */
    public boolean reached(UserSessionModel userSession) {
        return reached(userSession, wanted());
    }

    private static boolean reached(UserSessionModel userSession, int level) {
        return reached(userSession.getNote(NOTE), level);
    }

    /**
     * Whether this was shown in the login under way.
     *
     * @param userSession whose cookie it may go by: then nothing was shown in the login itself
     */
    public boolean reached(AuthenticationSessionModel login, Optional<UserSessionModel> userSession) {
        String note = login.getUserSessionNotes().get(NOTE);
        return note == null
                ? userSession
                        .filter(session -> login.getAuthenticatedUser().equals(session.getUser()))
                        .filter(this::reached)
                        .isPresent()
                : reached(note, wanted());
    }

    private static boolean reached(String note, int level) {
        return Optional.ofNullable(note).filter(text -> level(text) >= level).isPresent();
    }

    /** What the client asks for, as the essential {@code acr}, where it does not suffice. */
    public String acr() {
        return strong() ? PHISHING_RESISTANT : MFA;
    }

    /**
     * Until when the latest login into the session suffices; empty where it does not. The token must say so as well: another
     * app's token of the session is not enough.
     *
     * @param acr of the token; may be null
     */
    public Optional<Instant> freshUntil(UserSessionModel userSession, String acr, Instant now) {
        Set<String> enough = strong() ? Set.of(PHISHING_RESISTANT) : Set.of(MFA, PHISHING_RESISTANT);
        return enough.contains(String.valueOf(acr))
                ? freshUntil(Optional.ofNullable(userSession.getNote(NOTE)), now)
                : Optional.empty();
    }

    /** Whether the latest login into the session suffices, whatever app it was for. */
    public boolean fresh(UserSessionModel userSession, Instant now) {
        return freshUntil(Optional.ofNullable(userSession.getNote(NOTE)), now).isPresent();
    }

    Optional<Instant> freshUntil(Optional<String> note, Instant now) {
        return note.filter(text -> level(text) >= wanted())
                .map(text -> Instant.parse(text.split(" ", 2)[1]))
                .filter(at -> !at.isAfter(now))
                .map(at -> at.plus(fresh))
                .filter(until -> until.isAfter(now));
    }

    private static int level(String note) {
        return Integer.parseInt(note.split(" ", 2)[0]);
    }

    private int wanted() {
        return strong() ? LEVEL_OF_PHISHING_RESISTANT : LEVEL_OF_MFA;
    }

    private boolean strong() {
        return least == FactorClass.PHISHING_RESISTANT;
    }
}
