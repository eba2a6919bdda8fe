package jp.sekisho.checkpoint.notice;

import java.util.UUID;
import org.keycloak.models.KeycloakSession;

/**
 * What sets the change of a credential apart from another one: who binds a credential right after its customer did must not
 * hide behind that notice. In one request it is one change, whoever tells of it.
 */
// JP25-9
public final class CredentialChange {

    private CredentialChange() {}

    /** @param factor the code that a notice names it by */
    public static String subject(KeycloakSession session, String userId, String factor) {
        String attribute = CredentialChange.class.getName() + ':' + userId + ':' + factor;
        String known = session.getAttribute(attribute, String.class);
        if (known == null) {
            known = factor + ' ' + UUID.randomUUID();
            session.setAttribute(attribute, known);
        }
        return known;
    }
}
