package jp.sekisho.authenticators.operation;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Gesture;
import org.keycloak.WebAuthnConstants;
import org.keycloak.common.util.Base64Url;
import org.keycloak.models.credential.dto.WebAuthnCredentialData;

/** A passkey's signature as a browser posts it, which Keycloak verifies and does not keep. */
// JP25-11, JP25-12
record PostedGesture(String credentialId, String clientDataJson, String authenticatorData, String signature) {

    /** Of each part: an authenticator says less, and whoever made his own fills the log with no more. */
    private static final int LONGEST = 4096;

    static PostedGesture of(MultivaluedMap<String, String> form) {
        return new PostedGesture(
                text(form, WebAuthnConstants.CREDENTIAL_ID),
                text(form, WebAuthnConstants.CLIENT_DATA_JSON),
                text(form, WebAuthnConstants.AUTHENTICATOR_DATA),
                text(form, WebAuthnConstants.SIGNATURE));
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        String sent = form.getFirst(name);
        return sent == null ? "" : sent;
    }

    /** Whether it may be looked at at all. */
    boolean kept() {
        return Stream.of(clientDataJson, authenticatorData, signature).allMatch(part -> part.length() <= LONGEST);
    }

    /**
     * Once it was verified.
     *
     * @param nonce of the page that it answers
     * @param bound the customer's passkeys
     */
    Gesture verified(String nonce, Stream<WebAuthnCredentialData> bound) {
        byte[] id = Base64Url.decode(credentialId);
        String publicKey = bound.filter(
                        data -> Arrays.equals(Base64.getMimeDecoder().decode(data.getCredentialId()), id))
                .map(WebAuthnCredentialData::getCredentialPublicKey)
                .findFirst()
                .orElseThrow();
        return new Gesture(
                nonce,
                asVerified(clientDataJson),
                asVerified(authenticatorData),
                asVerified(signature),
                asVerified(publicKey));
    }

    /** Keycloak reads more than one way to write the same. */
    private static String asVerified(String encoded) {
        return Base64Url.encode(Base64Url.decode(encoded));
    }
}
