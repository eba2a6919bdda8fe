// The browser offers passkeys in the field of the name, where it can. The button ends the offer and asks at once.
import { initAuthenticate } from "./passkeysConditionalAuth.js";

const { userIdentified, challenge, userVerification, rpId, createTimeout, mediation, attachment, unsupported } =
    document.getElementById("authenticateWebAuthnButton").dataset;

initAuthenticate({
    isUserIdentified: userIdentified === "true",
    challenge,
    userVerification,
    rpId,
    createTimeout: Number(createTimeout),
    mediation,
    authenticatorAttachment: attachment,
    errmsg: unsupported,
});
