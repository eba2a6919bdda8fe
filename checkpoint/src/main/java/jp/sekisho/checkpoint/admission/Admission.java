package jp.sekisho.checkpoint.admission;

import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * That the checkpoint let a customer in, as the session of it knows: who it was, by which decision, in which record. Each
 * record is good for one login; that the session was once admitted is no answer to the next one.
 */
public final class Admission {

    private static final String NOTE = "sekisho.admitted";
    private static final String CLAIMED = "sekisho.admitted-claimed";

    private record Told(String userId, String decisionId, String recordId) {

        static Optional<Told> in(UserSessionModel session) {
            return Optional.ofNullable(session.getNote(NOTE))
                    .map(note -> note.split(" "))
                    .filter(parts -> parts.length == 3)
                    .map(parts -> new Told(parts[0], parts[1], parts[2]))
                    .filter(told -> belongsTo(told, session.getUser()));
        }

        private static boolean belongsTo(Told told, UserModel user) {
            return user != null && told.userId().equals(user.getId());
        }

        String note() {
            return userId + ' ' + decisionId + ' ' + recordId;
        }
    }

    private Admission() {}

    /**
     * Goes from the login to the session that comes of it.
     *
     * @param recordId the row that says so; of a login that is its decision
     */
    public static void grant(AuthenticationSessionModel login, UserModel user, String decisionId, String recordId) {
        login.setUserSessionNote(NOTE, new Told(user.getId(), decisionId, recordId).note());
    }

    /** The decision by which the session's customer came in; empty where the checkpoint never let him in. */
    public static Optional<String> decision(UserSessionModel session) {
        return Told.in(session).map(Told::decisionId);
    }

    /** Whether the checkpoint answered for the login that ends in this session just now. Once for each record. */
    public static boolean claim(UserSessionModel session) {
        Optional<Told> fresh = Told.in(session).filter(told -> !told.recordId().equals(session.getNote(CLAIMED)));
        fresh.ifPresent(told -> session.setNote(CLAIMED, told.recordId()));
        return fresh.isPresent();
    }
}
