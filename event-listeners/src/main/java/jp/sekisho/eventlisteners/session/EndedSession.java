package jp.sekisho.eventlisteners.session;

import java.util.Collection;
import java.util.Map;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** A session that is gone, as far as a logout token speaks of it: Keycloak keeps none for a user who is gone, too. */
final class EndedSession implements UserSessionModel {

    private final String id;
    private final RealmModel realm;
    private final UserModel user;

    EndedSession(String id, RealmModel realm, UserModel user) {
        this.id = id;
        this.realm = realm;
        this.user = user;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public RealmModel getRealm() {
        return realm;
    }

    @Override
    public String getBrokerSessionId() {
        return null;
    }

    @Override
    public String getBrokerUserId() {
        return null;
    }

    @Override
    public UserModel getUser() {
        return user;
    }

    @Override
    public String getLoginUsername() {
        return null;
    }

    @Override
    public String getIpAddress() {
        return null;
    }

    @Override
    public String getAuthMethod() {
        return null;
    }

    @Override
    public boolean isRememberMe() {
        return false;
    }

    @Override
    public int getStarted() {
        return 0;
    }

    @Override
    public int getLastSessionRefresh() {
        return 0;
    }

    @Override
    public void setLastSessionRefresh(int seconds) {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public boolean isOffline() {
        return false;
    }

    @Override
    public Map<String, AuthenticatedClientSessionModel> getAuthenticatedClientSessions() {
        return Map.of();
    }

    @Override
    public void removeAuthenticatedClientSessions(Collection<String> clients) {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public String getNote(String name) {
        return null;
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
        return Map.of();
    }

    @Override
    public State getState() {
        return State.LOGGED_OUT;
    }

    @Override
    public void setState(State state) {
        throw new UnsupportedOperationException("it has ended");
    }

    @Override
    public void restartSession(
            RealmModel other,
            UserModel holder,
            String loginUsername,
            String ipAddress,
            String authMethod,
            boolean rememberMe,
            String brokerSessionId,
            String brokerUserId) {
        throw new UnsupportedOperationException("it has ended");
    }
}
