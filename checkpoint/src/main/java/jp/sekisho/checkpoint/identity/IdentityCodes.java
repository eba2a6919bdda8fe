package jp.sekisho.checkpoint.identity;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One-time codes that go to the registered address; none are issued yet. */
// FFAJ-1.1-S2
public final class IdentityCodes {

    private IdentityCodes() {}

    public static IdentityCodes of(KeycloakSession session, RealmModel realm) {
        return new IdentityCodes();
    }

    /** How it ended. */
    public enum Redemption {
        REDEEMED,
        WRONG,
        NONE
    }

    public Redemption redeem(String customer, String typed) {
        return Redemption.NONE;
    }
}
