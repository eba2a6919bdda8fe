// Proof of possession (RFC 9449): tokens are bound to a key that this page makes and that nobody can take out of the browser,
// so that a token that is stolen serves nowhere else.

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

const bytes = (text) => new TextEncoder().encode(text);

export const base64url = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");

export const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const part = (value) => base64url(bytes(JSON.stringify(value)));

export class Key {
    #now;
    #pair = crypto.subtle.generateKey(CURVE, false, ["sign"]);

    /** @param now the server's clock when the page came, in seconds: a customer's own may be wrong */
    constructor(now) {
        const came = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
        this.#now = () => Math.floor(now + (performance.now() - came) / 1000);
    }

    /** For one request. @param token that goes with it; none where one is asked for */
    async proof(method, url, token) {
        const { privateKey, publicKey } = await this.#pair;
        const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
        const claims = { jti: random(), htm: method, htu: url.replace(/[?#].*/, ""), iat: this.#now() };
        if (token) {
            claims.ath = base64url(await crypto.subtle.digest("SHA-256", bytes(token)));
        }
        const signed = `${part({ typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } })}.${part(claims)}`;
        return `${signed}.${base64url(await crypto.subtle.sign(SIGNING, privateKey, bytes(signed)))}`;
    }
}
