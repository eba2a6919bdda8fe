package jp.sekisho.policies.freeze;

import jp.sekisho.policies.freeze.FreezePolicy.Credential;

/** What a customer binds before his account is thawed, in place of all that somebody else may have. Stored by name. */
// JP25-8
public enum Rebind {
    /** Only single operations were frozen, and the customer could log in all the time. */
    NOTHING,
    PASSKEY,
    PASSWORD,
    PASSWORD_AND_TOTP;

    /**
     * @param usual what the profile asks for
     * @param exempt whether officers exempted the customer from passkeys: he has none that he could bind
     * @param heldTotp whether he had an authenticator app, which is taken from him
     */
    public static Rebind of(Credential usual, boolean exempt, boolean heldTotp) {
        if (usual == Credential.PASSKEY && !exempt) {
            return PASSKEY;
        }
        return heldTotp ? PASSWORD_AND_TOTP : PASSWORD;
    }
}
