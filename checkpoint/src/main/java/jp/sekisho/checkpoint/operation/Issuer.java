package jp.sekisho.checkpoint.operation;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/** How the realm's tokens name it. */
public final class Issuer {

    private Issuer() {}

    /** Worked out once a request. */
    public static String of(KeycloakSession session, RealmModel realm) {
        String attribute = Issuer.class.getName() + ':' + realm.getId();
        String known = session.getAttribute(attribute, String.class);
        if (known == null) {
            known = Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName());
            session.setAttribute(attribute, known);
        }
        return known;
    }
}
