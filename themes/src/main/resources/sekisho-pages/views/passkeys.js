import { html, nothing } from "../lit-html.js";

// Both are done where the customer shows himself first: at the login.
const add = (app) => app.login.go({ acr: app.profile.stepUp, action: "webauthn-register-passwordless" });

// Several may have no name: the time tells them apart.
const name = (app, { label, authenticator, createdAt }) =>
    label ?? app.say("passkeys-unnamed", authenticator ?? app.say("passkeys-one"), app.words.time(createdAt));

const remove = async (app, passkey) => {
    const wanted = await app.confirm({
        title: app.say("passkeys-remove-title", name(app, passkey)),
        lines: app.words.counted("passkeys-remove"),
        yes: app.say("passkeys-remove-yes"),
        danger: true,
    });
    if (wanted) {
        await app.login.go({ acr: app.profile.stepUp, action: `delete_credential:${passkey.id}` });
    }
};

const card = (app, passkey) =>
    html`<li class="card">
        <h2>${name(app, passkey)}</h2>
        <dl>
            <dt>${app.say("passkeys-since")}</dt>
            <dd>${app.words.time(passkey.createdAt)}</dd>
            ${passkey.provisionalUntil
                ? html`<dt>${app.say("passkeys-provisional")}</dt>
                      <dd>${app.words.time(passkey.provisionalUntil)}</dd>`
                : nothing}
        </dl>
        <div class="buttons">
            <button
                class="button danger remove"
                aria-label=${app.say("passkeys-remove-label", name(app, passkey))}
                @click=${() => remove(app, passkey)}
            >
                ${app.say("passkeys-remove")}
            </button>
        </div>
    </li>`;

export default {
    id: "passkeys",
    load: (app) => app.account.get("passkeys"),
    draw: (app, { passkeys }) =>
        html`<p>${app.say("passkeys-text")}</p>
            ${passkeys.length === 0 ? html`<p id="none">${app.say("passkeys-none")}</p>` : nothing}
            <ul class="cards" id="passkey-list">
                ${passkeys.map((passkey) => card(app, passkey))}
            </ul>
            <p>
                <button id="add" class="button primary" @click=${() => add(app)}>${app.say("passkeys-add")}</button>
            </p>`,
};
