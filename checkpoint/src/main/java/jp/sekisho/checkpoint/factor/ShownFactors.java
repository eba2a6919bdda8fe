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
        Set<Shown> shown = all(login);
        shown.removeIf(one -> one.is(user, credentialType));
        shown.add(new Shown(credentialType, stored(user, credentialType), user.getId()));
        login.setAuthNote(NOTE, shown.stream().map(Shown::note).collect(Collectors.joining(NEXT)));
    }

    public static boolean by(AuthenticationSessionModel login, UserModel user, String credentialType) {
        return all(login).stream().anyMatch(one -> one.is(user, credentialType));
    }

    /** Whether what he showed is still what it was: a login that waits ends with what it was begun with. */
    public static boolean stand(AuthenticationSessionModel login, UserModel user) {
        return all(login).stream()
                .filter(one -> one.userId().equals(user.getId()))
                .allMatch(one -> one.stored().equals(stored(user, one.credentialType())));
    }

    /** Somebody identifies himself anew. */
    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
    }

    /** @param stored what the user had of this kind then */
    private record Shown(String credentialType, String stored, String userId) {

        static Shown of(String note) {
            String[] fields = note.split(" ", 3);
            return new Shown(fields[0], fields[1], fields[2]);
        }

        boolean is(UserModel user, String type) {
            return credentialType.equals(type) && userId.equals(user.getId());
        }

        String note() {
            return credentialType + ' ' + stored + ' ' + userId;
        }
    }

    /** A new password is a new one under the old id. */
    private static String stored(UserModel user, String credentialType) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(credentialType)
                .map(credential -> credential.getId() + '@' + credential.getCreatedDate())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static Set<Shown> all(AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getAuthNote(NOTE)).stream()
                .flatMap(note -> Arrays.stream(note.split(NEXT)))
                .map(Shown::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
