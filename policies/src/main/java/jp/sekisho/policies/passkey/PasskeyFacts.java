package jp.sekisho.policies.passkey;

/**
 * What a passkey's signature says of it.
 *
 * @param credential SHA-256 of the credential's id, hex
 * @param aaguid the model of the authenticator, as it says itself; zeros where it does not
 * @param userVerified whether the authenticator verified its user: by finger, face or PIN
 * @param backupEligible whether the passkey may be copied to other devices; else it is bound to one
 * @param backedUp whether it was copied
 * @param origin the page that the browser made it for
 */
public record PasskeyFacts(
        String credential,
        String aaguid,
        boolean userVerified,
        boolean backupEligible,
        boolean backedUp,
        String origin) {

    /** Whether it never leaves the device that it was made on. */
    public boolean deviceBound() {
        return !backupEligible;
    }
}
