// Who the customer is: OpenID Connect by redirect, code and PKCE (RFC 7636). Tokens are in memory only, and bound to a key of
// this page; what has to survive the way to the login page and back is no token, and of use only once.

import { Key, base64url, random } from "./key.js";

const PENDING = "sekisho-pages-login";
const LOGGED_OUT = "sekisho-pages-logged-out";
const EARLY = 10_000;

const taken = (key) => {
    const value = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return value;
};

/** The login page answered that nobody came in. */
export class Refused extends Error {}

export class Login {
    #realm;
    #client;
    #page;
    #key;
    #tokens = null;
    #refreshing = null;

    /** @param now the server's clock when the page came, in seconds */
    constructor(realm, client, page, now) {
        this.#realm = realm;
        this.#client = client;
        this.#page = page;
        this.#key = new Key(now);
    }

    /**
     * What the browser came with, if it comes from the login page: then there are tokens.
     *
     * @returns what became of an action that was asked for, and which view the customer came from; null for whoever
     *     comes from elsewhere
     */
    async arrive() {
        const query = new URLSearchParams(location.search);
        if (!query.has("state")) {
            return null;
        }
        history.replaceState(null, "", this.#page + location.hash);
        const pending = JSON.parse(taken(PENDING) ?? "{}");
        const issuer = query.get("iss") ?? this.#realm;
        if (pending.state !== query.get("state") || issuer !== this.#realm) {
            return null;
        }
        if (!query.has("code")) {
            throw new Refused(query.get("error"));
        }
        await this.#ask({
            grant_type: "authorization_code",
            code: query.get("code"),
            redirect_uri: this.#page,
            code_verifier: pending.verifier,
        });
        return { view: pending.view, action: query.get("kc_action"), status: query.get("kc_action_status") };
    }

    /** Whether the customer has just left: then he is not sent to the login page again by himself. */
    left() {
        return taken(LOGGED_OUT) !== null;
    }

    /**
     * Leaves for the login page.
     *
     * @param acr what must be shown there, whatever the risk
     * @param action what the customer wants to do there
     */
    async go({ acr, action, language } = {}) {
        const verifier = random();
        const state = random();
        sessionStorage.setItem(PENDING, JSON.stringify({ verifier, state, view: location.hash }));
        const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
        const query = new URLSearchParams({
            response_type: "code",
            scope: "openid",
            client_id: this.#client,
            redirect_uri: this.#page,
            state,
            code_challenge_method: "S256",
            code_challenge: base64url(challenge),
        });
        if (acr) {
            // Essential: a wish in acr_values could be ignored. No max_age: it would ask for everything anew.
            query.set("claims", JSON.stringify({ id_token: { acr: { essential: true, values: [acr] } } }));
        }
        if (action) {
            query.set("kc_action", action);
        }
        if (language) {
            query.set("ui_locales", language);
        }
        location.assign(`${this.#realm}/protocol/openid-connect/auth?${query}`);
        return new Promise(() => {});
    }

    leave() {
        sessionStorage.setItem(LOGGED_OUT, "yes");
        const query = new URLSearchParams({
            id_token_hint: this.#tokens?.id ?? "",
            client_id: this.#client,
            post_logout_redirect_uri: this.#page,
        });
        location.assign(`${this.#realm}/protocol/openid-connect/logout?${query}`);
    }

    /** The headers of a request of the customer's; leaves for the login page where there is no token to be had. */
    async headers(method, url) {
        const token = await this.#token();
        return { Authorization: `DPoP ${token}`, DPoP: await this.#key.proof(method, url, token) };
    }

    /** An access token that is good for a while. */
    async #token() {
        if (this.#tokens && performance.now() > this.#tokens.until - EARLY) {
            this.#refreshing ??= this.#ask({ grant_type: "refresh_token", refresh_token: this.#tokens.refresh })
                .catch(() => this.forget())
                .finally(() => (this.#refreshing = null));
            await this.#refreshing;
        }
        return this.#tokens ? this.#tokens.access : this.go();
    }

    forget() {
        this.#tokens = null;
    }

    async #ask(form) {
        const asked = performance.now();
        const url = `${this.#realm}/protocol/openid-connect/token`;
        const answer = await fetch(url, {
            method: "POST",
            headers: { DPoP: await this.#key.proof("POST", url) },
            body: new URLSearchParams({ client_id: this.#client, ...form }),
        });
        if (!answer.ok) {
            throw new Refused(`token endpoint: ${answer.status}`);
        }
        const tokens = await answer.json();
        this.#tokens = {
            access: tokens.access_token,
            refresh: tokens.refresh_token,
            id: tokens.id_token,
            until: asked + tokens.expires_in * 1000,
        };
    }
}
