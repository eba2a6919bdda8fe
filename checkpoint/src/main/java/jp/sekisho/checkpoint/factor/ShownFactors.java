package jp.sekisho.checkpoint.factor;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What was really verified in a login, and whose it was. Keycloak keeps only that something was, in a state of the tab that all
 * have who post to it at once: while somebody's factor is looked at, the tab may have become somebody else's.
 */
// JP25-3
public final class ShownFactors {

    private static final String NOTE = "sekisho.factors";
    private static final String NEXT = "\n";

    private ShownFactors() {}

    /** @param credentialType as Keycloak names it */
    public static void add(AuthenticationSessionModel login, UserModel user, String credentialType) {
        Set<String> shown = all(login);
        shown.add(entry(user, credentialType));
        login.setAuthNote(NOTE, String.join(NEXT, shown));
    }

    public static boolean by(AuthenticationSessionModel login, UserModel user, String credentialType) {
        return all(login).contains(entry(user, credentialType));
    }

    /** Somebody identifies himself anew. */
    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
    }

    private static String entry(UserModel user, String credentialType) {
        return credentialType + ' ' + user.getId();
    }

    private static Set<String> all(AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getAuthNote(NOTE)).stream()
                .flatMap(note -> Arrays.stream(note.split(NEXT)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
