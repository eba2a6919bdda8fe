package jp.sekisho.checkpoint.passkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import jp.sekisho.policies.passkey.PasskeyFacts;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The passkeys that were really verified in a login, until it ends. */
// JP25-3
public final class ShownPasskeys {

    private static final String NOTE = "sekisho.passkeys";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ShownPasskeys() {}

    public static List<PasskeyFacts> of(AuthenticationSessionModel login) {
        String note = login.getAuthNote(NOTE);
        try {
            return note == null ? List.of() : JSON.readValue(note, new TypeReference<List<PasskeyFacts>>() {});
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("the note of the passkeys cannot be read", foreign);
        }
    }

    /** Whether one was shown, without reading what it said. */
    public static boolean any(AuthenticationSessionModel login) {
        return login.getAuthNote(NOTE) != null;
    }

    public static void add(AuthenticationSessionModel login, PasskeyFacts facts) {
        List<PasskeyFacts> shown = new ArrayList<>(of(login));
        shown.add(facts);
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
