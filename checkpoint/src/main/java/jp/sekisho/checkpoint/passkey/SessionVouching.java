package jp.sekisho.checkpoint.passkey;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a session stands on, as far as new passkeys go. The notes are the session's; each login into it writes them anew. */
public final class SessionVouching {

    private static final String VOUCHING = "sekisho.vouching";
    private static final String VOUCHED_AT = "sekisho.vouched-at";
    private static final String IDENTIFIED_AT = "sekisho.identified-at";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel login;

    /** @param login in which a passkey is enrolled; it may go into a session that there is already */
    public SessionVouching(KeycloakSession session, RealmModel realm, AuthenticationSessionModel login) {
        this.session = session;
        this.realm = realm;
        this.login = login;
    }

    /** A login begins to stand on this; the recovery of a lost passkey, too, says so here. */
    public static void begin(AuthenticationSessionModel login, Vouching vouching) {
        login.setUserSessionNote(VOUCHING, vouching.name());
    }

    /** Whether what was shown in this login leads to a new passkey, and to nothing else. */
    public static boolean enrolsOnly(AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getUserSessionNotes().get(VOUCHING))
                .map(Vouching::valueOf)
                .filter(Vouching::enrolsOnly)
                .isPresent();
    }

    /** A passkey that counts, or a certificate, was shown. */
    public static void vouched(AuthenticationSessionModel login, Instant at) {
        login.setUserSessionNote(VOUCHED_AT, at.toString());
    }

    /** The firm knows who he is who sits there: he has opened the letter that two made, or was identified by a provider that it trusts. */
    // FFAJ-1.1-S1
    public static void identified(AuthenticationSessionModel login, Instant at) {
        login.setUserSessionNote(IDENTIFIED_AT, at.toString());
    }

    public Vouching vouching() {
        Vouching told = note(VOUCHING).map(Vouching::valueOf).orElse(Vouching.LOGIN);
        boolean held = told == Vouching.LOGIN
                && Hold.of(session, realm, Optional.empty()).isPresent();
        return held ? Vouching.HELD : told;
    }

    public Optional<Instant> vouchedAt() {
        return note(VOUCHED_AT).map(Instant::parse);
    }

    public Optional<Instant> identifiedAt() {
        return note(IDENTIFIED_AT).map(Instant::parse);
    }

    /** What let one passkey in lets no second one in. */
    public void spent() {
        begin(login, Vouching.HELD);
        userSession().ifPresent(known -> known.setNote(VOUCHING, Vouching.HELD.name()));
    }

    private Optional<String> note(String name) {
        return Optional.ofNullable(login.getUserSessionNotes().get(name))
                .or(() -> userSession().map(known -> known.getNote(name)));
    }

    /** It takes the id of the root authentication session, in another tab of which another customer may have logged in. */
    private Optional<UserSessionModel> userSession() {
        UserModel user = login.getAuthenticatedUser();
        return Optional.ofNullable(session.sessions()
                        .getUserSession(realm, login.getParentSession().getId()))
                .filter(known -> user != null
                        && known.getUser() != null
                        && user.getId().equals(known.getUser().getId()));
    }
}
