package jp.sekisho.eventlisteners.session;

import java.util.Map;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** An app's part of a session that is gone. */
// Keycloak means to remove the timestamp, and asks for it still.
@SuppressWarnings("removal")
final class EndedApp implements AuthenticatedClientSessionModel {

    private final EndedSession session;
    private final ClientModel client;
    private final Map<String, String> notes;

    /** @param notes what the app's logout token is made of */
    EndedApp(EndedSession session, ClientModel client, Map<String, String> notes) {
        this.session = session;
        this.client = client;
        this.notes = notes;
    }

    @Override
    public String getId() {
        return session.getId();
    }

    @Override
    public int getTimestamp() {
        return 0;
    }

    @Override
    public void setTimestamp(int timestamp) {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public void detachFromUserSession() {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public UserSessionModel getUserSession() {
        return session;
    }

    @Override
    public String getNote(String name) {
        return notes.get(name);
    }

    @Override
    public void setNote(String name, String value) {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public void removeNote(String name) {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public Map<String, String> getNotes() {
        return notes;
    }

    @Override
    public String getRedirectUri() {
        return null;
    }

    @Override
    public void setRedirectUri(String uri) {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public RealmModel getRealm() {
        return session.getRealm();
    }

    @Override
    public ClientModel getClient() {
        return client;
    }

    @Override
    public String getAction() {
        return null;
    }

    @Override
    public void setAction(String action) {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public String getProtocol() {
        return OIDCLoginProtocol.LOGIN_PROTOCOL;
    }

    @Override
    public void setProtocol(String protocol) {
        throw new UnsupportedOperationException("it has ended");
    }
}
