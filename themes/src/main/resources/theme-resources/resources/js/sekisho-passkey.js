// Keycloak's own module talks to the authenticator, fills in the form and sends it, failures too.
import { authenticateByWebAuthn } from "./webauthnAuthenticate.js";

const button = document.getElementById("authenticateWebAuthnButton");
const { userIdentified, challenge, userVerification, rpId, createTimeout, unsupported } = button.dataset;

button.addEventListener(
    "click",
    () =>
        authenticateByWebAuthn({
            isUserIdentified: userIdentified === "true",
            challenge,
            userVerification,
            rpId,
            createTimeout: Number(createTimeout),
            errmsg: unsupported,
        }),
    { once: true },
);
