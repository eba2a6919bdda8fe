package jp.sekisho.checkpoint.operation;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/** The clients that customers of an app log in to: its own, and those that it declares. */
public final class FrontEnds {

    private static final String ATTRIBUTE = "sekisho.front-ends";

    private FrontEnds() {}

    /** @param app that asks about operations @param clientId of what the customer uses */
    public static boolean belong(ClientModel app, String clientId) {
        return all(app).anyMatch(clientId::equals);
    }

    /** Whether the customer of a session is logged in to one of them. */
    public static boolean loggedIn(RealmModel realm, ClientModel app, UserSessionModel userSession) {
        return all(app).map(realm::getClientByClientId)
                .filter(Objects::nonNull)
                .map(ClientModel::getId)
                .anyMatch(id -> userSession.getAuthenticatedClientSessionByClient(id) != null);
    }

    /** The app and its front ends, by client id. */
    public static Stream<String> all(ClientModel app) {
        return Stream.concat(
                Stream.of(app.getClientId()),
                Optional.ofNullable(app.getAttribute(ATTRIBUTE)).stream()
                        .flatMap(names -> Stream.of(names.strip().split("\\s+"))));
    }

    /** Whether what the customer uses is the app that asked, or belongs to it. */
    static boolean belong(RealmModel realm, String appId, ClientModel client) {
        return Optional.ofNullable(realm.getClientByClientId(appId))
                .filter(ClientModel::isEnabled)
                .filter(app -> belong(app, client.getClientId()))
                .isPresent();
    }
}
