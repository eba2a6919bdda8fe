package jp.sekisho.checkpoint.code;

import java.util.Optional;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Who asked for a code, and where its hash is kept: it is good there and nowhere else. */
public interface CodeSession {

    /** Never that of another session or tab. */
    String id();

    Optional<String> note(String name);

    void keep(String name, String value);

    void forget(String name);

    /** A login, or what is done like one: this tab of this browser. */
    static CodeSession of(AuthenticationSessionModel login) {
        return new CodeSession() {
            @Override
            public String id() {
                return login.getParentSession().getId() + ' ' + login.getTabId();
            }

            @Override
            public Optional<String> note(String name) {
                return Optional.ofNullable(login.getAuthNote(name));
            }

            @Override
            public void keep(String name, String value) {
                login.setAuthNote(name, value);
            }

            @Override
            public void forget(String name) {
                login.removeAuthNote(name);
            }
        };
    }

    /** The session of a customer who is signed in. */
    static CodeSession of(UserSessionModel signedIn) {
        return new CodeSession() {
            @Override
            public String id() {
                return signedIn.getId();
            }

            @Override
            public Optional<String> note(String name) {
                return Optional.ofNullable(signedIn.getNote(name));
            }

            @Override
            public void keep(String name, String value) {
                signedIn.setNote(name, value);
            }

            @Override
            public void forget(String name) {
                signedIn.removeNote(name);
            }
        };
    }
}
