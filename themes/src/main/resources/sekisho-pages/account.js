// The account's routes, with the customer's token. Errors are problem documents (RFC 9457).

export class Problem extends Error {
    constructor(status, document) {
        super(document?.detail ?? `status ${status}`);
        this.status = status;
        this.code = String(document?.type ?? "").replace("urn:sekisho:problem:", "");
        /** What a login must reach, where that is the problem. */
        this.acr = this.message.match(/urn:sekisho:acr:[a-z-]+/)?.[0];
    }
}

export class Account {
    #base;
    #login;

    constructor(realm, login) {
        this.#base = `${realm}/sekisho/account/`;
        this.#login = login;
    }

    get(route) {
        return this.#call("GET", route);
    }

    put(route, body) {
        return this.#call("PUT", route, body);
    }

    post(route, body) {
        return this.#call("POST", route, body);
    }

    delete(route) {
        return this.#call("DELETE", route);
    }

    /** Whether this server has such a route, of those that can be read. */
    async has(route) {
        const url = this.#base + route;
        return (await fetch(url, { headers: await this.#login.headers("GET", url) })).status !== 404;
    }

    async #call(method, route, body) {
        const url = this.#base + route;
        const headers = { ...(await this.#login.headers(method, url)), Accept: "application/json" };
        if (body !== undefined) {
            headers["Content-Type"] = "application/json";
        }
        const answer = await fetch(url, {
            method,
            headers,
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        if (answer.status === 401) {
            // The session has ended: by the customer elsewhere, by its time, or by a freeze.
            this.#login.forget();
            return this.#login.go();
        }
        const json = /\bjson\b/.test(answer.headers.get("Content-Type") ?? "");
        const document = json ? await answer.json() : null;
        if (!answer.ok) {
            throw new Problem(answer.status, document);
        }
        return document;
    }
}
