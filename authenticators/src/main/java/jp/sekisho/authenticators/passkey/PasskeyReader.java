package jp.sekisho.authenticators.passkey;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.CollectedClientDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.policies.passkey.PasskeyFacts;

/** Reads what Keycloak verified and does not keep: the flags of the authenticator, and where the browser was. */
// JP25-1
public final class PasskeyReader {

    private final AuthenticatorDataConverter authenticatorData;
    private final AttestationObjectConverter attestationObject;
    private final CollectedClientDataConverter clientData;

    public PasskeyReader(ObjectConverter converter) {
        this.authenticatorData = new AuthenticatorDataConverter(converter);
        this.attestationObject = new AttestationObjectConverter(converter);
        this.clientData = new CollectedClientDataConverter(converter);
    }

    /** Of a passkey that was verified. @param aaguid as it was registered with */
    public PasskeyFacts shown(byte[] credentialId, String aaguid, byte[] data, byte[] clientDataJson) {
        return facts(credentialId, aaguid, authenticatorData.convert(data), clientDataJson);
    }

    /** Of a passkey that was just registered. */
    PasskeyFacts registered(byte[] attestation, byte[] clientDataJson) {
        AuthenticatorData<?> data = attestationObject.convert(attestation).getAuthenticatorData();
        AttestedCredentialData credential = data.getAttestedCredentialData();
        return facts(credential.getCredentialId(), credential.getAaguid().toString(), data, clientDataJson);
    }

    private PasskeyFacts facts(byte[] credentialId, String aaguid, AuthenticatorData<?> data, byte[] clientDataJson) {
        return new PasskeyFacts(
                Passkeys.digest(credentialId),
                aaguid,
                data.isFlagUV(),
                data.isFlagBE(),
                data.isFlagBS(),
                clientData.convert(clientDataJson).getOrigin().toString());
    }
}
