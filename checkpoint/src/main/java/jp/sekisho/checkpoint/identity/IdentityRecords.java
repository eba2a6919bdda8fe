package jp.sekisho.checkpoint.identity;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whose identity the firm has verified. */
public final class IdentityRecords {

    private IdentityRecords() {}

    public static IdentityRecords of(KeycloakSession session, RealmModel realm) {
        return new IdentityRecords();
    }

    public boolean verified(String pseudonym) {
        return false;
    }
}
