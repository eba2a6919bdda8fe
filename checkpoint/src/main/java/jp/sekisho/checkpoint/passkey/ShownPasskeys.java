package jp.sekisho.checkpoint.passkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import jp.sekisho.policies.passkey.PasskeyFacts;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The passkeys that were really verified in a login, and whose they are, until it ends. */
// JP25-3
public final class ShownPasskeys {

    private static final String NOTE = "sekisho.passkeys";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ShownPasskeys() {}

    private record Shown(String user, PasskeyFacts facts) {}

    /** Those of this user. */
    public static List<PasskeyFacts> of(AuthenticationSessionModel login, UserModel user) {
        return all(login).stream()
                .filter(shown -> shown.user().equals(user.getId()))
                .map(Shown::facts)
                .toList();
    }

    private static List<Shown> all(AuthenticationSessionModel login) {
        String note = login.getAuthNote(NOTE);
        try {
            return note == null ? List.of() : JSON.readValue(note, new TypeReference<List<Shown>>() {});
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("the note of the passkeys cannot be read", foreign);
        }
    }

    /** Whether one was shown, whosever it is, without reading what it said. */
    public static boolean any(AuthenticationSessionModel login) {
        return login.getAuthNote(NOTE) != null;
    }

    public static void add(AuthenticationSessionModel login, UserModel user, PasskeyFacts facts) {
        List<Shown> shown = Stream.concat(all(login).stream(), Stream.of(new Shown(user.getId(), facts)))
                .toList();
        try {
            login.setAuthNote(NOTE, JSON.writeValueAsString(shown));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Somebody identifies himself anew. */
    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
    }
}
